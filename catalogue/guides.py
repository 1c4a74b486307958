"""Guides: a procedure in plain French, as Markdown; its title, its first sentences, its sections."""

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from catalogue.loader import PROCEDURES

_SECTION = re.compile(r"^## (.+)$", re.MULTILINE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Guide:
    """`title` and `summary` are text; `sections` pairs each heading with its Markdown; all in `language`."""

    title: str
    summary: str
    sections: tuple[tuple[str, str], ...]
    language: str = "fr"


@lru_cache(maxsize=64)
def guide(procedure: str) -> Guide:
    """The guide of a procedure, in French. Raises FileNotFoundError."""
    return read(PROCEDURES / procedure / "guide.md")


def read(file: Path, language: str = "fr") -> Guide:
    """The guide that a file writes. Raises FileNotFoundError."""
    head, *rest = _SECTION.split(file.read_text(encoding="utf-8"))
    title, _, summary = head.strip().partition("\n")
    sections = zip(rest[::2], rest[1::2], strict=True)
    return Guide(
        title=title.removeprefix("# ").strip(),
        summary=summary.strip(),
        sections=tuple((heading.strip(), body.strip()) for heading, body in sections),
        language=language,
    )
