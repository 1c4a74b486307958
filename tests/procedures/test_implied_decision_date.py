"""Wherever silence took effect, its decision bears the last day of the delay, and every place says that same day.

CE 03/12/2018, n° 417292 (docs/law/delais.md): an act of that day is in time until midnight.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import uuid4

import pytest

from api.shown.clock import ClockOut, DueOut
from api.shown.fork import FutureLineOut
from api.shown.journal import shown_explanation, shown_journal
from api.shown.outcome import shown_outcome
from catalogue.cases import Case, cases, story
from catalogue.languages import Words
from catalogue.letter_sources import context
from catalogue.loader import catalogue
from domain.acknowledgement import acknowledge
from domain.appeal_period import attackable
from domain.calendar import Instant, civil, end_of
from domain.clock.second_opinion import audit
from domain.days_in_words import day_in_words
from domain.derivation import Recorded
from domain.dossier import Dossier
from domain.event import Events
from domain.futures.forecast import Running, foreseen
from domain.futures.simulation import Told
from domain.kernel import fold, next_due, settle
from domain.remedies import remedies
from domain.silence import SilenceTookEffect
from web.site.timeline import timeline

A_MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Implied:
    """One implied decision: the journal up to it, the state before and after, and its line as a story tells it."""

    name: str
    events: Events
    before: Dossier
    after: Dossier
    line: Told

    @property
    def day(self) -> date:
        """The last day of the delay."""
        expires = self.before.reckoning().expires
        assert expires is not None
        return expires

    @property
    def at(self) -> Instant:
        """The instant that the journal keeps."""
        return self.events[-1].effective


def implied() -> Iterator[Implied]:
    """Every implied decision of every case of every procedure."""
    for slug in catalogue().slugs():
        for case in cases(slug):
            plan, told = catalogue().plan(slug), None
            told = story(plan, case)
            for rank, event in enumerate(told.events, start=1):
                if isinstance(event, SilenceTookEffect):
                    before, after = (fold(plan, told.events[:n]) for n in (rank - 1, rank))
                    line = next(each for each in told.lines if each.seq == rank and not each.refused)
                    yield Implied(f"{slug}/{case.name}", told.events[:rank], before, after, line)


EVERY = list(implied())


def test_the_cases_reach_the_three_effects_of_silence() -> None:
    """Or the others would prove little."""
    assert {one.after.silence.effect for one in EVERY if one.after.silence} == {
        "acceptance", "rejection", "provisional",
    }  # fmt: skip
    assert len({one.name.partition("/")[0] for one in EVERY}) >= 12


@pytest.mark.parametrize("one", EVERY, ids=lambda one: one.name)
def test_until_midnight_nothing_has_happened_and_at_midnight_it_has(one: Implied) -> None:
    """Also where the clocks change that night: midnight is Paris's."""
    assert one.at == end_of(one.day)
    assert civil(one.at - A_MINUTE) == one.day
    assert settle(one.before, one.at - A_MINUTE) == ()
    assert settle(one.before, one.at)[0] == one.events[-1]


@pytest.mark.parametrize("one", EVERY, ids=lambda one: one.name)
def test_every_place_that_shows_its_date_shows_the_last_day(one: Implied) -> None:
    assert set(_shown(one)) == {one.day}, list(_shown(one))
    facts = [dated.fact for dated in one.after.facts]
    assert audit(one.after.plan.clock, facts, one.after.reckoning()) == ()


@pytest.mark.parametrize("one", EVERY, ids=lambda one: one.name)
def test_every_sentence_about_it_says_that_day_at_midnight(one: Implied) -> None:
    entries = [Recorded(seq=n, event=e, recorded_at=e.effective) for n, e in enumerate(one.events, start=1)]
    midnight = f"{day_in_words(one.day)} à minuit"
    told = shown_explanation(entries, one.after, "agent")
    about = [line for line in told if (line.about, line.entry) in {("event", one.after.seq), ("status", one.after.seq)}]
    assert about
    assert all(midnight in line.sentence for line in (*about, *(line for line in told if line.key == "born")))
    due = next_due(one.before)
    assert due is not None
    assert midnight in DueOut.of(due).sentence
    assert Words("fr").moment(one.at, one.day) == midnight
    assert Words("en").moment(one.at, one.day).endswith(f"{one.day.year}, 24:00")


def _shown(one: Implied) -> Iterator[date | None]:
    """The date as the API, the letters, the pages, a fork, a forecast and the appeals know it."""
    dossier, silence = one.after, one.after.silence
    assert silence is not None
    yield silence.dated
    yield ClockOut.of(dossier).born
    yield acknowledge(one.before, "2027-000001").implied_on
    yield shown_outcome(dossier, one.at, everything=True)["silence"].since_on
    entries = [Recorded(seq=n, event=e, recorded_at=e.effective) for n, e in enumerate(one.events, start=1)]
    yield shown_journal(entries, dossier, "resident")[-1].on
    line = FutureLineOut.of(one.line)
    yield line.on
    yield timeline([line], ClockOut.of(dossier).ledger).days[0].on
    said = context(dossier, one.events[-1], "2027-000001", "Anna Le Goff")
    yield from (said[name] for name in ("le", "silence_le", "naissance", "expire"))
    due = next_due(one.before)
    assert due is not None
    yield DueOut.of(due).on
    yield _foreseen(one)
    if silence.effect == "rejection" and dossier.decision is None:
        found = attackable(dossier)
        yield found.since if found is not None else None


def _foreseen(one: Implied) -> date | None:
    due, clock = next_due(one.before), one.before.plan.clock
    assert due is not None
    found = foreseen(
        Running(
            dossier=uuid4(), reference="2027-000001", procedure=one.before.plan.procedure, status=one.before.status,
            silence=clock.silence, expires=one.day, due_at=due.at, due_kind=due.kind,
        )
    )  # fmt: skip
    return found.dated if found is not None else None


@pytest.mark.parametrize(
    ("filed", "born", "until"),
    [("2017-06-23", "2017-08-23", "2017-10-24"), ("2027-03-01", "2027-05-01", "2027-07-02")],
)
def test_an_appeal_runs_from_that_day(filed: str, born: str, until: str) -> None:
    """The dates of the decision that says so (CE 417292); then from 1 May, two clear months: Friday 2 July 2027."""
    plan = catalogue().plan("permission-voirie")
    told = story(plan, Case(name="essai", title="personne n'agit", filed=filed))

    assert told.dossier.reckoning().born == date.fromisoformat(born)
    ways = remedies(told.dossier, end_of(date.fromisoformat(until)) - A_MINUTE)
    assert {(way.state, way.until) for way in ways} == {("open", date.fromisoformat(until))}
    assert {way.state for way in remedies(told.dossier, end_of(date.fromisoformat(until)))} == {"over"}
