"""Every French sentence that the catalogues must translate, with the file that says it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import chain
from typing import get_args

from catalogue.departement import ROOT
from domain.acknowledgement import EFFECTS
from domain.explanation import DUE
from domain.plan import Step
from domain.words import ACTS, STATUS
from web.said import SAID
from web.wording.code import in_code, in_problems, in_templates
from web.wording.procedures import in_forms, in_plans

Domain = str
MARKED = ("api", "catalogue", "domain", "web", "workers")
"""Rooms whose Python says sentences, or marks them by `N_`."""
TABLES = {
    "web/said.py": tuple(SAID.values()),
    "domain/words.py": (*STATUS.values(), *ACTS.values()),
    "domain/steps/": tuple(step.label for step in get_args(Step)),
    "domain/explanation.py": tuple(DUE.values()),
    "domain/acknowledgement.py": tuple(EFFECTS.values()),
}
"""Sentences kept by code: the domain knows no language, and marks none."""


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence, its plural when it counts something, and the first file that says it."""

    text: str
    plural: str
    where: str


@cache
def sentences() -> dict[Domain, tuple[Said, ...]]:
    """The sentences of each domain, each once, in the order of their sources; `pages` is read before `forms`."""
    code = (read(ROOT / room) for room in MARKED for read in (in_code, in_problems))
    pages = _once(chain(in_templates(ROOT / "web/templates"), *code, _tables()))
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
