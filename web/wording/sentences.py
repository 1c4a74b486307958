"""Every French sentence that the catalogues must translate, with the file that says it."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import chain

from api.http.validation_messages import ADDRESS, ANOTHER, MESSAGES
from api.sign_in.identity import SPACES
from catalogue import form_diff
from catalogue.departement import ROOT
from domain import words
from domain.calendar import WORDS as LENGTHS
from domain.contest import CONCLUSIONS
from domain.explained.clock import COUNTED, WITHOUT_STOP
from domain.futures import plan_words
from domain.futures.forecast import UNSEEN
from domain.migration_events import GROUNDS
from domain.step_kinds import STEPS
from web.wording.code import in_code, in_refusals, in_templates
from web.wording.procedures import in_forms, in_plans

Domain = str
MARKED = ("api", "catalogue", "domain", "letters", "storage", "web", "workers")
"""Rooms whose Python says sentences, or marks them by `N_`."""
TABLES = {
    "domain/futures/plan_words.py": tuple(
        text
        for table in (plan_words.FIELDS, plan_words.HASHES, plan_words.WITHIN, plan_words.IS, plan_words.VALUES)
        for text in table.values()
    ),
    "catalogue/form_diff.py": tuple(form_diff.WORDS.values()),
    "domain/words.py": tuple(words.STATUS.values()),
    "domain/steps/": tuple(step.label for step in STEPS.values()),
    "domain/explained/clock.py": (*COUNTED.values(), *WITHOUT_STOP.values()),
    "domain/contest.py": tuple(CONCLUSIONS.values()),
    "domain/migration_events.py": tuple(GROUNDS.values()),
    "api/sign_in/identity.py": tuple(SPACES.values()),
    "api/http/validation_messages.py": (*MESSAGES.values(), ADDRESS, ANOTHER),
    "domain/futures/forecast.py": UNSEEN,
}
"""Sentences kept by code: the domain knows no language, and marks none."""


@dataclass(frozen=True, slots=True)
class SourceSentence:
    """A sentence, its plural when it counts something, and the first file that says it."""

    text: str
    plural: str
    where: str


@cache
def sentences() -> dict[Domain, tuple[SourceSentence, ...]]:
    """The sentences of each domain, each once, in the order of their sources; `pages` is read before `forms`."""
    code = (read(ROOT / room) for room in MARKED for read in (in_code, in_refusals))
    pages = _once(chain(in_templates(ROOT / "web/templates"), *code, _tables()))
    forms = _once(chain(in_forms(), in_plans()))
    return {"pages": tuple(pages.values()), "forms": tuple(forms[text] for text in forms if text not in pages)}


def _tables() -> Iterator[tuple[str, str, str]]:
    yield from ((text, "", file) for file, texts in TABLES.items() for text in texts)
    yield from ((one, many, "domain/calendar.py") for one, many in LENGTHS.values())


def _once(found: Iterator[tuple[str, str, str]]) -> dict[str, SourceSentence]:
    kept: dict[str, SourceSentence] = {}
    for text, plural, where in found:
        known = kept.get(text)
        if known is None or (plural and not known.plural):
            kept[text] = SourceSentence(text, plural, known.where if known else where)
    return kept
