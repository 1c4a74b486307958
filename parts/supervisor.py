"""Our end of the keeper: orders to start, kill and stop parts, and the certainty that none outlives us."""

import contextlib
import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from parts.places import Account
from parts.refusal import PartRefused

_KEEPER = Path(__file__).with_name("keeper.py")
_LOG_LIMIT = 50_000_000
_LAST_LINES = 15
_GONE = "Le gardien des services n'est plus là : tout est arrêté, relancez."


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A process to hold: its command, environment, account, and how it likes to be stopped.

    Parts of a higher `tier` use those of a lower one, and are stopped before them. `patience` is in seconds.
    """

    name: str
    argv: tuple[str, ...]
    env: Mapping[str, str]
    account: Account | None = None
    stop_signal: signal.Signals = signal.SIGTERM
    death_signal: signal.Signals = signal.SIGKILL
    patience: float = 10.0
    tier: int = 0


@dataclass(frozen=True, slots=True)
class State:
    """How a part is: its process, whether it lives, its exit code, how often it was started again."""

    pid: int
    alive: bool
    code: int | None
    restarts: int


class Supervisor:
    """Starts and holds parts through one keeper process; used from any thread."""

    def __init__(self, data_dir: Path) -> None:
        self.data_dir = data_dir
        self.logs = data_dir / "logs"
        self.logs.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._turn = threading.Lock()
        self._keeper = subprocess.Popen(
            [sys.executable, "-I", "-S", str(_KEEPER), str(data_dir)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            start_new_session=True,
        )
        try:
            self._hear()
        except PartRefused:
            self._forget()
            raise

    def start(self, part: Part, *, keep: bool = True) -> None:
        """Start a part; `keep` starts it again whenever it dies."""
        log = self._log(part.name)
        if log.exists() and log.stat().st_size > _LOG_LIMIT:
            log.replace(log.with_suffix(".1.log"))
        spec = {
            "argv": part.argv,
            "env": dict(part.env),
            "cwd": str(self.data_dir),
            "log": str(log),
            "uid": part.account.uid if part.account else None,
            "gid": part.account.gid if part.account else None,
            "stop_signal": int(part.stop_signal),
            "death_signal": int(part.death_signal),
            "patience": part.patience,
            "tier": part.tier,
        }
        self._order("start", name=part.name, spec=spec)
        if keep:
            self.keep(part.name)

    def keep(self, name: str) -> None:
        """From now on, start this part again whenever it dies."""
        self._order("keep", name=name)

    def kill(self, name: str, number: signal.Signals = signal.SIGKILL, *, hold: bool = True) -> None:
        """Send a signal to a part. With `hold` it stays down until `again`; else it comes back by itself."""
        self._order("kill", name=name, signal=int(number), hold=hold)

    def again(self, name: str) -> None:
        """Start a part that was killed, as it was."""
        self._order("again", name=name, keep=True)

    def stop(self, name: str) -> None:
        """Stop a part in good order and forget it."""
        self._order("stop", name=name)

    def states(self) -> dict[str, State]:
        """How each part is now."""
        return {name: State(**state) for name, state in self._order("state").items()}

    def last_lines(self, name: str) -> str:
        """The end of a part's log, indented, for an error message."""
        log = self._log(name)
        text = log.read_text(errors="replace") if log.exists() else ""
        return "\n".join(f"  {line}" for line in text.splitlines()[-_LAST_LINES:])

    def close(self, *, quick: bool = False) -> None:
        """Stop every part, then the keeper. `quick` kills them: for data that will be thrown away."""
        with contextlib.suppress(PartRefused):  # a keeper that was killed has taken the parts with it
            self._order("quit", quick=quick)
        self._forget()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        self.close()

    def _forget(self) -> None:
        """Close our end, which tells the keeper to leave, and wait for it."""
        for pipe in (self._keeper.stdin, self._keeper.stdout):
            if pipe is not None:
                with contextlib.suppress(BrokenPipeError):
                    pipe.close()
        self._keeper.wait()

    def _log(self, name: str) -> Path:
        return self.logs / f"{name}.log"

    def _order(self, do: str, **details: Any) -> dict[str, Any]:
        with self._turn:
            if self._keeper.stdin is None:
                raise PartRefused("Le gardien des services n'a pas d'entrée.")
            try:
                self._keeper.stdin.write(json.dumps({"do": do, **details}).encode() + b"\n")
                self._keeper.stdin.flush()
            except (BrokenPipeError, ValueError):
                raise PartRefused(_GONE) from None
            return self._hear()

    def _hear(self) -> dict[str, Any]:
        line = self._keeper.stdout.readline() if self._keeper.stdout else b""
        if not line:
            raise PartRefused(_GONE)
        answer = json.loads(line)
        if answer.get("error") == "busy":
            raise PartRefused(
                f"Un autre Guichet tourne déjà sur {self.data_dir}. Arrêtez-le, ou choisissez un autre --data-dir."
            )
        if "error" in answer:
            raise PartRefused(f"Un service n'a pas pu être lancé : {answer['error']}")
        parts: dict[str, Any] = answer["parts"]
        return parts


def child_environment() -> dict[str, str]:
    """Our environment without what is ours alone: what a part needs to find libraries, locale, temporary folder."""
    kept = ("PATH", "HOME", "LANG", "LC_ALL", "TMPDIR", "TZDIR", "LD_LIBRARY_PATH", "SSL_CERT_FILE")
    return {name: os.environ[name] for name in kept if name in os.environ}
