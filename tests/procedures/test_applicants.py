"""Applicants made from each form are admitted by both validators, filed on awkward days, and brought to each end."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from datetime import UTC, date, datetime, time
from functools import cache
from typing import Any

import pytest
from hypothesis import HealthCheck, event, given
from hypothesis import strategies as st

from catalogue.checks.ways import Move, Way, Ways, explore, filed, follow
from catalogue.examples import example, forms_of
from catalogue.forms import Form, form
from catalogue.loader import catalogue
from catalogue.rules import rules
from domain.amounts import InvalidFacts, NotEntitled, NoValueYet
from domain.calendar import PARIS, civil
from domain.clock.second_opinion import audit
from domain.futures.simulation import tell
from domain.plan import Plan
from tests.catalogue.applicants import applicants
from tests.catalogue.second_validator import second
from tests.long import draws

SLUGS = catalogue().slugs()
# Each goes to every end, so thirty are many.
EACH = draws(30, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
AWKWARD = [
    "2028-02-29", "2027-02-28", "2026-12-31", "2027-01-01", "2027-05-01", "2027-03-29", "2027-07-14", "2026-08-31",
]  # fmt: skip
DAYS = st.sampled_from(AWKWARD).map(date.fromisoformat) | st.dates(date(2026, 1, 1), date(2028, 12, 31))
TIMES = st.sampled_from([time(0, 0), time(12, 0), time(23, 59, 59)])


WRITTEN = [(slug, name) for slug in SLUGS for key, name in forms_of(catalogue().plan(slug)).items() if key != "form"]


@pytest.mark.parametrize(("slug", "name"), WRITTEN)
@EACH
@given(data=st.data())
def test_what_the_service_writes_is_admitted_by_both_validators(slug: str, name: str, data: st.DataObject) -> None:
    """Boundaries, optional answers given or not, conditions both ways."""
    _admitted(form(slug, name), data.draw(applicants(form(slug, name))))


@pytest.mark.parametrize("slug", SLUGS)
@EACH
@given(data=st.data())
def test_each_applicant_goes_to_each_end(slug: str, data: st.DataObject) -> None:
    """Admitted by both validators; then silence, and each outcome down to a closed dossier, dates agreed twice."""
    plan = catalogue().plan(slug)
    answer = data.draw(applicants(form(slug, f"v{plan.form}")))
    _admitted(form(slug, f"v{plan.form}"), answer)
    at = datetime.combine(data.draw(DAYS), data.draw(TIMES), PARIS).astimezone(UTC)
    required = [piece.key for piece in plan.pieces if piece.required_for(answer)]
    given_first = data.draw(st.sets(st.sampled_from(required))) if required else set()
    event("complete" if len(given_first) == len(required) else "incomplete")
    begun = filed(plan, answer, at, pieces=sorted(given_first))
    _left_alone(plan, begun, complete=len(given_first) == len(required))
    for moves in _ends(slug):
        way = _completed(begun)
        for move in moves:
            way = follow(way, _written(slug, move, data))
        assert way.dossier.closed, [move.act for move in moves]
        _agreed(way)
        _computed(slug, way)


def _admitted(asked: Form, answer: dict[str, Any]) -> None:
    assert asked.errors(answer) == ()
    assert second(asked.schema).is_valid(answer), answer


def _left_alone(plan: Plan, begun: Way, *, complete: bool) -> None:
    """Nobody acts: where silence has an effect, it takes it once the request is complete."""
    told = tell(plan, begun.acts)
    assert not any(line.refused for line in told.lines)
    if complete and plan.clock.silence != "none":
        assert told.dossier.silence is not None
        assert told.dossier.silence.effect == plan.clock.silence


def _completed(way: Way) -> Way:
    """What is missing given, piece after piece."""
    while way.dossier.owed():
        way = follow(way, Move(act="provide_piece"))
    return way


@cache
def _ways(slug: str) -> Ways:
    return explore(catalogue().plan(slug), example(slug))


@cache
def _ends(slug: str) -> tuple[tuple[Move, ...], ...]:
    """The shortest moves from a complete filing to each outcome, and to the silence of the person."""
    found = _ways(slug)
    ends: dict[str, tuple[Move, ...]] = {}
    for way in found.found:
        if way.dossier.closed and "provide_piece" not in {move.act for move in way.moves}:
            ends.setdefault(way.decided or way.dossier.status, way.moves)
    assert {outcome.key for outcome in found.plan.outcomes} <= ends.keys() or "transmitted" in ends
    return tuple(ends.values())


def _written(slug: str, move: Move, data: st.DataObject) -> Move:
    """The move, with what an agent would write in the step's form."""
    step = next((each for each in catalogue().plan(slug).steps if move.act in each.acts), None)
    name = getattr(step, "form", "")
    field = {"assess": "findings", "propose": "content"}.get(move.act)
    if not name or field is None:
        return move
    return replace(move, data={**move.data, field: data.draw(applicants(form(slug, f"{name}.v1")))})


def _agreed(way: Way) -> None:
    dossier = way.dossier
    assert audit(dossier.plan.clock, [dated.fact for dated in dossier.facts], dossier.reckoning()) == ()


def _computed(slug: str, way: Way) -> None:
    """The rules give amounts, or say which article gives none; nothing else."""
    known, dossier = rules(slug), way.dossier
    if known is None or dossier.proposal is None:
        return
    facts: dict[str, Any] = known.facts_of(dossier.form, dossier.findings, dossier.proposal.content)
    with suppress(InvalidFacts, NotEntitled, NoValueYet):
        amounts = known.amounts(facts, civil(way.at))
        assert all(value >= 0 for value in amounts.values.values())
