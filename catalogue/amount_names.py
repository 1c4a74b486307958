"""`amounts.toml`: how pages name each amount that a procedure's rules compute."""

import tomllib
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from catalogue.loader import PROCEDURES

FILE = "amounts.toml"


@lru_cache(maxsize=64)
def amount_names(procedure: str) -> Mapping[str, str]:
    """Each amount by its key in `rules.py`, in the order in which pages show them; empty without a file."""
    return read(PROCEDURES / procedure)


def read(folder: Path) -> dict[str, str]:
    """What the folder of a procedure says. Raises TOMLDecodeError."""
    file = folder / FILE
    return tomllib.loads(file.read_text(encoding="utf-8")) if file.exists() else {}
