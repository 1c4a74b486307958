"""Guides in the reader's language: `translations/<code>/guides/<procedure>.md`, written like the French one."""

from functools import lru_cache
from pathlib import Path

from catalogue.guides import Guide, guide, read
from web.site.languages import CATALOGUES, FRENCH, Code


@lru_cache(maxsize=256)
def guide_in(code: Code, procedure: str) -> Guide:
    """The guide of a procedure; the French one, which says so, where nobody translated it. Raises FileNotFoundError."""
    file = guide_file(code, procedure)
    return read(file, code) if code != FRENCH and file.exists() else guide(procedure)


def guide_file(code: Code, procedure: str) -> Path:
    """Where the translation of a guide is, or would be."""
    return CATALOGUES / code / "guides" / f"{procedure}.md"
