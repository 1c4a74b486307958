"""Sentences in forms and in plans, those of published versions too: dossiers follow them for years.

Left in French, which prevails: reasons of ranks, authorities, references.
"""

import json
from collections.abc import Iterator

from catalogue.amount_names import FILE as AMOUNTS
from catalogue.amount_names import amount_names
from catalogue.departement import ROOT
from catalogue.eligibility import FILE as ELIGIBILITY
from catalogue.eligibility import eligibility
from catalogue.forms import FORMS
from catalogue.loader import catalogue
from catalogue.schemas import Schema, subschemas
from domain.plan import Plan
from domain.steps.payment import Payment

WORDS = ("title", "description", "x-recommended")


def in_forms() -> Iterator[tuple[str, str, str]]:
    """Titles, descriptions, answers and advice of every form, each in the order of its questions."""
    for file in sorted(FORMS.glob("*/*.json")):
        where = file.relative_to(ROOT).as_posix()
        schema: Schema = json.loads(file.read_text(encoding="utf-8"))
        for _, inner in subschemas(schema):
            yield from ((inner[word], "", where) for word in WORDS if isinstance(inner.get(word), str))


def in_plans() -> Iterator[tuple[str, str, str]]:
    """What procedures, their pieces, outcomes, appeals, payments, amounts, questions and queue columns are called."""
    shelf = catalogue()
    for slug in shelf.slugs():
        where = f"procedures/{slug}/procedure.toml"
        for plan in (shelf.plan(slug), *shelf.published(slug)):
            yield from ((text, "", where) for text in _words_of(plan) if text)
        yield from ((name, "", f"procedures/{slug}/{AMOUNTS}") for name in amount_names(slug).values())
        for one in eligibility(slug).questions:
            said = (one.question, one.otherwise, one.unsure)
            yield from ((text, "", f"procedures/{slug}/{ELIGIBILITY}") for text in said if text)


def _words_of(plan: Plan) -> Iterator[str]:
    yield plan.title
    for piece in plan.pieces:
        yield from (piece.title, piece.description)
    yield from (outcome.title for outcome in plan.outcomes)
    yield from (appeal.title for appeal in plan.appeals)
    yield from (column.title for column in plan.queue_fields)
    yield from (column.reason for column in plan.queue_fields)
    payment = plan.step_of("payment")
    yield from (part.title for part in payment.parts) if isinstance(payment, Payment) else ()
