"""How a command finds the installation that `guichet up` runs on this machine, when its environment names none."""

import json
import os
from collections.abc import Iterator, Mapping, MutableMapping
from contextlib import contextmanager
from pathlib import Path

from parts.places import default_data_dir
from storage.engine.secret_files import SUFFIX

_FILE = "running.json"
_SERVED = frozenset({"APP_DATABASE_URL", "WORKER_DATABASE_URL", "OPERATOR_DATABASE_URL"})
_OWN = {
    "api": frozenset({"APP_DATABASE_URL"}),
    "worker": frozenset({"WORKER_DATABASE_URL"}),
    "migrate": frozenset({"DATABASE_URL"}),
    "pg-service": frozenset({"DATABASE_URL"}),
}
"""By which addresses of the database those commands are known; every other one serves as a role, never as the owner."""
_ADDRESSES = _SERVED.union(*_OWN.values())


@contextmanager
def published(data_dir: Path, environment: Mapping[str, str]) -> Iterator[None]:
    """While this lasts, `guichet` commands of the same user reach what runs on `data_dir`; the file is 0600."""
    draft, file = data_dir / f".{_FILE}", data_dir / _FILE
    draft.unlink(missing_ok=True)
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as out:
        json.dump({"pid": os.getpid(), "environment": dict(environment)}, out)
    draft.replace(file)
    try:
        yield
    finally:
        file.unlink(missing_ok=True)


def adopt(environment: MutableMapping[str, str], command: str = "") -> None:
    """Complete `environment` with the settings of what runs here, unless it already names a database.

    A command that serves adopts its own role's address and no other; who migrates or backs up adopts the owner's.
    """
    if any(environment.get(name + suffix) for name in _ADDRESSES for suffix in ("", SUFFIX)):
        return
    try:
        running = json.loads((default_data_dir() / _FILE).read_text())
    except (OSError, ValueError):
        return
    if alive(running["pid"]):
        untold = _ADDRESSES - _OWN.get(command, _SERVED)
        for name, value in running["environment"].items():
            if name not in untold:
                environment.setdefault(name, value)


def alive(pid: int) -> bool:
    """Whether the process that published the file still runs: a killed one leaves it behind."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
