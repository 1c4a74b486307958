"""What the tests of accessibility found, as `make accessibility` last wrote it; the statement page tells it so."""

from datetime import date
from functools import lru_cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict

FILE = Path(__file__).parent.parent / "accessibility.json"


class Results(BaseModel):
    """One run: which tool, on what, what it found. `pages` counts each page in each language at each width."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    on: date
    axe: str
    tags: tuple[str, ...]
    routes: int
    pages: int
    languages: tuple[str, ...]
    widths: tuple[int, ...]
    violations: int


@lru_cache(maxsize=1)
def results() -> Results | None:
    """The last results; None when nothing was ever measured."""
    if not FILE.exists():
        return None
    return Results.model_validate_json(FILE.read_text(encoding="utf-8"))
