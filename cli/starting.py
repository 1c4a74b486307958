"""Starting the whole product on one machine: the parts that nobody gave, the migrations, the API and the worker."""

import asyncio
import os
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from urllib.error import URLError
from urllib.parse import urlsplit
from urllib.request import urlopen

from cli.entrance import Entrance, entrance
from cli.identity_providers import Providers, providers
from cli.story.identities import EVERYBODY
from migrations.upgrade import upgrade
from parts import embedded
from parts.obtain import Progress
from parts.ports import reserve, usual_or_free
from parts.refusal import PartRefused
from parts.supervisor import Part, Supervisor
from storage.engine.fitness import unfit
from storage.engine.secret_files import written_to
from storage.engine.settings import Mode, Served, Settings, secret_variables
from storage.objects.store import object_store

USUAL_PORT = 8000
HOST = "127.0.0.1"
LOOPBACKS = {HOST, "localhost", "::1"}
_REPLACED_BY: dict[embedded.Wanted, str] = {
    "postgres": "DATABASE_URL",
    "temporal": "TEMPORAL_ADDRESS",
    "s3": "S3_ENDPOINT_URL",
}
_PATIENCE = 60.0
NOBODY = Providers({}, ())


@dataclass(frozen=True, slots=True)
class Up:
    """The product, up: where it answers, with which settings, and what holds it."""

    address: str
    settings: Settings
    running: embedded.Running


def bring_up(
    data_dir: Path,
    *,
    port: int | None,
    mode: Mode,
    on_progress: Progress,
    host: str = HOST,
    tls: bool = False,
    smtp_url: str = "",
) -> Up:
    """Start everything on `data_dir`; e-mails go to a folder there, or to `smtp_url`.

    Raises PartRefused, with everything stopped again.
    """
    given = {name: os.environ[name] for name in environment_names() if name in os.environ}
    want = [part for part, variable in _REPLACED_BY.items() if not given.get(variable)]
    chosen = port_for(port, host)
    running = embedded.start(data_dir, want=want, on_progress=on_progress)
    try:
        door = entrance(data_dir, host, tls=tls)
        address = given.get("PUBLIC_URL") or door.address(chosen)
        said = {"PUBLIC_URL": address} | running.environment | given | {"GUICHET_MODE": mode}
        said |= {"SMTP_URL": smtp_url} if smtp_url else {}
        said["GUICHET_ONLY_HERE"] = str({host, urlsplit(said["PUBLIC_URL"]).hostname} <= LOOPBACKS)
        strangers = demonstrated(data_dir, door, address) if mode == "demonstration" else NOBODY
        settings = _fit(Settings.of(strangers.environment | said))
        began = time.monotonic()
        upgrade(settings)
        asyncio.run(object_store(settings).prepare())
        on_progress("migrations", f"base et seaux à jour en {time.monotonic() - began:.1f} s")
        for part in (*strangers.parts, *processes(settings, chosen, door, data_dir / "secrets")):
            running.supervisor.start(part)
        await_answer(running.supervisor, f"{door.at_hand(chosen)}/health/live")
    except BaseException:
        running.stop()
        raise
    return Up(address=door.at_hand(chosen), settings=settings, running=running)


def _fit(settings: Settings) -> Settings:
    if wrong := unfit(settings):
        raise PartRefused("\n".join([*wrong, "Pour un essai : « guichet up --demonstration »."]))
    return settings


def demonstrated(data_dir: Path, door: Entrance, address: str) -> Providers:
    """The demonstration's OpenID providers."""
    return providers(data_dir, door, address, EVERYBODY, own_environment())


def environment_names() -> tuple[str, ...]:
    """Every variable that a settings field reads."""
    fields = Settings.model_fields.items()
    return tuple(str(field.validation_alias or name.upper()) for name, field in fields)


def port_for(asked: int | None, host: str = HOST) -> int:
    """The asked port, or the usual one, or a free one. Raises PartRefused when the asked one is taken."""
    if asked is None:
        return usual_or_free(USUAL_PORT, host)
    if not reserve(asked, host):
        raise PartRefused(f"Le port {asked} est pris. Choisissez-en un autre (--port), ou aucun.")
    return asked


def processes(settings: Settings, port: int, door: Entrance, secrets: Path) -> tuple[Part, ...]:
    """The API and the worker, as parts to hold above those they use; neither has the owner's address."""
    for former in secrets.glob("[!.]*"):
        if former.is_file():
            former.unlink()  # of a version that gave everything to both
    guichet = (sys.executable, "-m", "cli")
    tls = () if door.tls is None else ("--certificate", str(door.tls.certificate), "--key", str(door.tls.key))
    api = (*guichet, "api", "--host", door.host, "--port", str(port), *tls)
    return (
        Part(name="api", argv=api, env=serving(settings, "app", secrets), tier=2),
        Part(name="worker", argv=(*guichet, "worker"), env=serving(settings, "worker", secrets), tier=2, patience=15.0),
    )


def serving(settings: Settings, role: Served, secrets: Path) -> dict[str, str]:
    """The environment of a process that serves as `role`; its secrets are in files, not around it."""
    served = settings.served_as(role)
    said = own_environment() | served.environment()
    environment = {name: value for name, value in said.items() if name not in secret_variables()}
    return environment | written_to(secrets / role, served.secrets())


def own_environment() -> dict[str, str]:
    """Our environment for processes of ours, which must find this code wherever they start."""
    root = str(Path(__file__).resolve().parent.parent)
    path = os.pathsep.join(filter(None, (root, os.environ.get("PYTHONPATH"))))
    return dict(os.environ) | {"PYTHONPATH": path}


def await_answer(supervisor: Supervisor, url: str) -> None:
    """Wait until the API answers. Raises PartRefused with the end of its log when it does not."""
    until = time.monotonic() + _PATIENCE
    while not answers(url):
        state = supervisor.states()["api"]
        if time.monotonic() > until or state.restarts > 2:
            raise PartRefused(f"L'API ne répond pas. Fin de son journal :\n{supervisor.last_lines('api')}")
        time.sleep(0.05)


def answers(url: str) -> bool:
    """Whether a GET is answered 200."""
    try:
        with urlopen(url, timeout=2) as answer:  # noqa: S310 (an address of ours, on the loopback)
            return bool(answer.status == 200)
    except (URLError, OSError):
        return False
