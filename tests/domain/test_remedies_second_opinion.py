"""Remedies hold to a second opinion that shares no code with them, over generated histories."""

from __future__ import annotations

import ast
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from hypothesis import event as seen
from hypothesis import given
from hypothesis import strategies as st

from domain.calendar import Delay, Instant, civil, midnight
from domain.command import Command
from domain.contest import ConcludeAppeal, LodgeAppeal
from domain.dossier import Dossier
from domain.event import Event
from domain.kernel import act
from domain.plan import Appeal, Plan
from domain.refusals import Refused
from domain.remedies import remedies
from domain.silence import Settle
from domain.steps.completeness import Completeness
from domain.steps.decision import Decide, Decision
from domain.steps.notice import Notice, Notify
from domain.steps.vote import Vote
from tests.domain.remedies_second_opinion import opinion
from tests.domain.telling import Telling, plan, when
from tests.domain.telling_grants import WAYS
from tests.long import draws

ONE = UUID(int=31)
PRIOR = Appeal(
    kind="rapo", title="Recours préalable", before="le président", within=Delay(months=2), mandatory_first=True
)
MORE: dict[str, dict[str, Any]] = {
    "deux voies": {"appeals": WAYS},
    "préalable": {"appeals": (PRIOR, WAYS[1])},
    "assemblée": {"appeals": WAYS, "steps": (Completeness(), Vote(), Decision(), Notice())},
}
PLANS = {
    (name, stop): plan("rejection", start="filed", stopped_by=stop, months=2, **more)
    for name, more in MORE.items()
    for stop in ("decision", "notification")
}
ACTS = ("attendre", "refuser", "accorder", "notifier", "contester", "rejeter", "faire droit", "se taire")


def _command(name: str, at: Instant) -> Command:
    answers = {"rejeter": "refused", "faire droit": "granted", "se taire": "implied_rejection"}
    if name in answers:
        ended = midnight(civil(at)) if name == "se taire" else at
        return ConcludeAppeal(appeal=ONE, conclusion=answers[name], ended=ended)  # type: ignore[arg-type] # a Conclusion
    known: dict[str, Command] = {
        "attendre": Settle(),
        "refuser": Decide(outcome="non", reasons_law="Texte.", reasons_fact="Fait."),
        "accorder": Decide(outcome="oui"),
        "notifier": Notify(),
        "contester": LodgeAppeal(appeal=ONE, of="gracieux", filed=at),
    }
    return known[name]


@draws(400)
@given(
    st.sampled_from(sorted(PLANS)),
    st.integers(0, 400),
    st.lists(st.tuples(st.sampled_from(ACTS), st.integers(0, 75)), max_size=9),
)
def test_every_way_and_its_last_day_are_those_of_the_second_opinion(
    of: tuple[str, str], start: int, acts: list[tuple[str, int]]
) -> None:
    at = when("2026-06-01") + timedelta(days=start)
    told = Telling(PLANS[of]).file(at.isoformat())
    _agree(told.dossier, told.events, at)
    dossier, events = told.dossier, list(told.events)
    for name, days in acts:
        at += timedelta(days=days)
        dossier, happened = _tried(dossier, name, at)
        for rank, each in enumerate(happened):
            if each.kind == "appeal_lodged":
                _held(PLANS[of], [*events, *happened[:rank]], each)
        events += happened
        _agree(dossier, events, at)


def test_the_second_opinion_imports_nothing_of_ours() -> None:
    tree = ast.parse((Path(__file__).parent / "remedies_second_opinion.py").read_text(encoding="utf-8"))
    found = {n.module for n in ast.walk(tree) if isinstance(n, ast.ImportFrom)}
    assert found == {"__future__", "collections.abc", "datetime", "typing", "zoneinfo"}


@pytest.mark.parametrize("name", MORE)
def test_each_kind_of_plan_reaches_an_open_way(name: str) -> None:
    """Or the histories would prove little."""
    told = Telling(PLANS[name, "decision"]).file("2026-11-02").wait("2027-01-04")
    assert "open" in {way.state for way in remedies(told.dossier, when("2027-01-04"))}


def _tried(dossier: Dossier, name: str, at: Instant) -> tuple[Dossier, tuple[Event, ...]]:
    try:
        after, happened = act(dossier, _command(name, at), at)
    except Refused:
        after, happened = act(dossier, Settle(), at)
    return after, happened


def _held(of: Plan, before: list[Event], lodged: Any) -> None:
    """In time: the way was open on that day, as the second opinion has it."""
    (state, _) = opinion(of, before, civil(lodged.effective))[lodged.of]
    assert lodged.in_time == (state == "open")


def _agree(dossier: Dossier, events: list[Event], at: Instant) -> None:
    for later in (0, 30, 61, 63, 400):
        day = at + timedelta(days=later)
        found = {way.kind: (way.state, way.until.isoformat() if way.until else None) for way in remedies(dossier, day)}
        assert found == opinion(dossier.plan, events, civil(day))
        for state, _ in found.values():
            seen(state)
