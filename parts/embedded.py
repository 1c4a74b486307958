"""The real parts on one machine: got, started side by side, held, and told apart from what the caller already has."""

import signal
import time
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, Protocol

from parts.keyring import master_key
from parts.objectstore import ObjectStore
from parts.obtain import Progress, quietly
from parts.places import unprivileged_account
from parts.postgresql import PostgreSQL
from parts.refusal import PartRefused
from parts.supervisor import Part, State, Supervisor
from parts.temporal import Temporal
from storage.engine.master_key import MasterKey

Wanted = Literal["postgres", "temporal", "s3"]
EVERYTHING: tuple[Wanted, ...] = ("postgres", "temporal", "s3")

_ATTEMPTS = 3
_PROBE_EVERY = 0.05


class EmbeddedPart(Protocol):
    """What each part tells of itself."""

    name: str
    patience: float

    def prepare(self) -> Part: ...
    def is_ready(self) -> bool: ...
    def bootstrap(self) -> dict[str, str]: ...


@dataclass(frozen=True, slots=True)
class Running:
    """Parts that run, and the settings by which a process reaches them."""

    environment: dict[str, str]
    supervisor: Supervisor
    parts: dict[Wanted, EmbeddedPart]

    def kill(self, part: Wanted, number: signal.Signals = signal.SIGKILL, *, hold: bool = True) -> None:
        """Kill a part; with `hold` it stays down until `start`, else its supervisor brings it back."""
        self.supervisor.kill(self.parts[part].name, number, hold=hold)

    def start(self, part: Wanted) -> None:
        """Start a part that was killed, at the same address, and wait until it answers."""
        self.supervisor.again(self.parts[part].name)
        _await(self.supervisor, self.parts[part], dies=False)

    def await_ready(self, part: Wanted) -> None:
        """Wait until a part answers. Raises PartRefused when it does not."""
        _await(self.supervisor, self.parts[part], dies=False)

    def states(self) -> dict[str, State]:
        """How each process is now."""
        return self.supervisor.states()

    def stop(self, *, quick: bool = False) -> None:
        """Stop everything in order; `quick` kills, for data that will be thrown away."""
        self.supervisor.close(quick=quick)


def start(
    data_dir: Path,
    *,
    want: Iterable[Wanted] = EVERYTHING,
    on_progress: Progress = quietly,
    time_skipping: bool = False,
    postgres_settings: dict[str, str] | None = None,
) -> Running:
    """Start the wanted parts on `data_dir`, which keeps their data, logs and secrets; it is created if absent.

    Raises PartRefused, with everything stopped again, when one cannot be had or started.
    """
    data_dir = data_dir.absolute()
    make_data_dir(data_dir)
    key = master_key(data_dir)
    mail = data_dir / "mail"
    mail.mkdir(mode=0o700, exist_ok=True)
    known: dict[Wanted, EmbeddedPart] = {
        "postgres": PostgreSQL(data_dir, MasterKey.from_text(key), postgres_settings),
        "temporal": Temporal(data_dir, time_skipping=time_skipping, on_progress=on_progress),
        "s3": ObjectStore(data_dir, on_progress=on_progress),
    }
    parts = {name: known[name] for name in want}
    environment = {"GUICHET_MASTER_KEY": key, "MAIL_FOLDER": str(mail)}
    supervisor = Supervisor(data_dir)
    try:
        with ThreadPoolExecutor(max_workers=max(1, len(parts))) as pool:
            for said in pool.map(lambda part: _start(supervisor, part, on_progress), parts.values()):
                environment |= said
    except BaseException:
        supervisor.close(quick=True)
        raise
    return Running(environment=environment, supervisor=supervisor, parts=parts)


def make_data_dir(data_dir: Path) -> None:
    """The data folder, closed to others; as root, open to the passage of PostgreSQL's account."""
    if not data_dir.exists():
        data_dir.mkdir(parents=True)
        data_dir.chmod(0o700 if unprivileged_account() is None else 0o711)


def _start(supervisor: Supervisor, part: EmbeddedPart, on_progress: Progress) -> dict[str, str]:
    """Start one part; another try, on other ports, when it dies before it answers."""
    began = time.monotonic()
    for attempt in range(1, _ATTEMPTS + 1):
        supervisor.start(part.prepare(), keep=False)
        try:
            _await(supervisor, part)
        except PartRefused:
            if attempt == _ATTEMPTS:
                raise
        else:
            break
    environment = part.bootstrap()
    supervisor.keep(part.name)
    on_progress(part.name, f"prêt en {time.monotonic() - began:.1f} s")
    return environment


def _await(supervisor: Supervisor, part: EmbeddedPart, *, dies: bool = True) -> None:
    until = time.monotonic() + part.patience
    while not part.is_ready():
        state = supervisor.states()[part.name]
        if (dies and not state.alive) or time.monotonic() > until:
            why = (
                f"s'est arrêté (code {state.code})" if not state.alive else f"ne répond pas après {part.patience:.0f} s"
            )
            raise PartRefused(f"« {part.name} » {why}. Fin de son journal :\n{supervisor.last_lines(part.name)}")
        time.sleep(_PROBE_EVERY)
