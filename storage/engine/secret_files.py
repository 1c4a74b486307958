"""Secrets given by files or descriptors, so that they are not in the environment of every process that we start.

`<VARIABLE>_FILE` names what holds the value: a file (`/run/secrets/master_key`), or a descriptor (`/dev/fd/3`).
"""

import os
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Final

SUFFIX: Final = "_FILE"


class SecretUnreadable(ValueError):
    """The file of a secret does not read; the message names it, never what it holds."""


def read_from(environment: Mapping[str, str], secrets: Collection[str]) -> dict[str, str]:
    """The value of each secret that a file holds. A variable given as well wins. Raises SecretUnreadable."""
    named = {name: environment[name + SUFFIX] for name in secrets if environment.get(name + SUFFIX)}
    return {name: _content(name, file) for name, file in named.items() if name not in environment}


def _content(name: str, file: str) -> str:
    try:
        return Path(file).read_text("utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise SecretUnreadable(f"{name}{SUFFIX} : {file} ne se lit pas ({type(error).__name__}).") from error


def written_to(folder: Path, secrets: Mapping[str, str]) -> dict[str, str]:
    """Write each secret to a file that its owner alone reads; the variables that name the files."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    folder.chmod(0o700)
    for name, value in secrets.items():
        draft = folder / f".{name}.{os.getpid()}"
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as out:
            out.write(value)
        draft.replace(folder / name)
    return {name + SUFFIX: str(folder / name) for name in secrets}
