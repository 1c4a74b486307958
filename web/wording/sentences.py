"""Every French sentence that the catalogues must translate, with the file that says it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import chain

from catalogue.departement import ROOT
from domain.words import ACTS, STATUS
from web.said import SAID
from web.wording.code import in_code, in_templates
from web.wording.procedures import in_forms, in_plans

Domain = str
MARKED = ("api", "catalogue", "domain", "web")
"""Rooms whose Python says sentences, or marks them by `N_`."""
TABLES = {
    "web/said.py": tuple(SAID.values()),
    "domain/words.py": (*STATUS.values(), *ACTS.values()),
}
"""Sentences kept by code, where a room may not mark them."""


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence, its plural when it counts something, and the first file that says it."""

    text: str
    plural: str
    where: str


@cache
def sentences() -> dict[Domain, tuple[Said, ...]]:
    """The sentences of each domain, each once, in the order of their sources; `pages` is read before `forms`."""
    pages = _once(chain(in_templates(ROOT / "web/templates"), *(in_code(ROOT / room) for room in MARKED), _tables()))
    forms = _once(chain(in_forms(), in_plans()))
    return {"pages": tuple(pages.values()), "forms": tuple(forms[text] for text in forms if text not in pages)}


def _tables() -> Iterator[tuple[str, str, str]]:
    return ((text, "", file) for file, texts in TABLES.items() for text in texts)


def _once(found: Iterator[tuple[str, str, str]]) -> dict[str, Said]:
    kept: dict[str, Said] = {}
    for text, plural, where in found:
        known = kept.get(text)
        if known is None or (plural and not known.plural):
            kept[text] = Said(text, plural, known.where if known else where)
    return kept
