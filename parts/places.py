"""Where things are kept on this machine, and under which account PostgreSQL runs when we are root."""

import hashlib
import os
import pwd
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import TypedDict

from parts.refusal import PartRefused

ACCOUNTS = ("guichet", "postgres", "nobody")


class Identity(TypedDict, total=False):
    """Keywords of `subprocess.run`."""

    user: int
    group: int
    extra_groups: list[str | int]


@dataclass(frozen=True, slots=True)
class Account:
    """An existing unprivileged account of the machine."""

    name: str
    uid: int
    gid: int

    def reaches(self, folder: Path) -> bool:
        """Whether this account may enter `folder`: every folder above must let it through."""
        enter = ["/bin/sh", "-c", 'cd -- "$1" 2>/dev/null', "sh", str(folder)]
        return subprocess.run(enter, cwd="/", check=False, **self.identity()).returncode == 0

    def identity(self) -> Identity:
        """What makes `subprocess` run a program as this account and with none of our groups."""
        return {"user": self.uid, "group": self.gid, "extra_groups": []}


def cache_dir() -> Path:
    """Where built parts are kept: `$GUICHET_CACHE`, or `guichet` in the user's cache folder."""
    if given := os.environ.get("GUICHET_CACHE"):
        return Path(given).absolute()
    base = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(base).absolute() / "guichet"


def default_data_dir() -> Path:
    """Where the data of this installation lives when nobody says: `.guichet` in the current folder.

    PostgreSQL refuses to run as root; when its account may not enter the current folder (a clone under
    /root), the data goes to /var/lib/guichet, in a folder named after the current one.
    """
    if given := os.environ.get("GUICHET_DATA_DIR"):
        return Path(given).absolute()
    here = Path.cwd()
    account = unprivileged_account()
    if account is None or account.reaches(here):
        return here / ".guichet"
    mark = hashlib.sha256(str(here).encode()).hexdigest()[:8]
    return Path("/var/lib/guichet") / f"{here.name}-{mark}"


def unprivileged_account() -> Account | None:
    """The account PostgreSQL runs under: None when we are not root, so that it runs as ourselves.

    `$GUICHET_ACCOUNT` names it; otherwise the first that exists of guichet, postgres, nobody. Raises PartRefused.
    """
    if os.geteuid() != 0:
        return None
    asked = os.environ.get("GUICHET_ACCOUNT")
    for name in (asked,) if asked else ACCOUNTS:
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        if entry.pw_uid != 0:
            return Account(name=name, uid=entry.pw_uid, gid=entry.pw_gid)
    raise PartRefused(
        "PostgreSQL refuse de tourner en root et aucun compte ordinaire n'a été trouvé "
        f"({asked or ', '.join(ACCOUNTS)}). Créez-en un (useradd --system guichet) ou relancez sans être root."
    )
