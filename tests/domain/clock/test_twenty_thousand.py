"""At least 20 000 drawn histories whose delay ends face the second opinion and the laws; the count is asserted.

The seed is printed on failure: GUICHET_SEED draws the same histories again. `make test-long` draws ten times as many.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise, product
from random import Random
from typing import get_args

import pytest

from benchmarks.histories import histories
from domain.calendar import UNITS, Delay
from domain.clock.reckoning import reckon
from domain.clock.second_opinion import audit
from domain.clock.terms import Clock, Fact, FactKind, Interval, Reckoning, Silence, Start
from tests.domain.clock.by_days import told
from tests.long import LONG

SEED = int(os.environ.get("GUICHET_SEED", "20261125"))
COMPARED = 20_000 * (10 if LONG else 1)
NEVER = date.max
STOPS: tuple[FactKind, ...] = ("suspended", "resumed")
PIECES: tuple[FactKind, ...] = ("pieces_requested", "pieces_provided")


@dataclass(frozen=True, slots=True)
class Told:
    """A clock, its history, what the first opinion makes of it, and a number for more chance."""

    number: int
    clock: Clock
    facts: tuple[Fact, ...]
    reckoning: Reckoning

    @property
    def ends(self) -> bool:
        return self.reckoning.expires is not None


@pytest.fixture(scope="module")
def every() -> tuple[Told, ...]:
    """Histories drawn until enough of them have a due date; the others (stopped, not started) are kept too."""
    return tuple(_drawn())


def _drawn() -> Iterator[Told]:
    ending = 0
    for number, (clock, facts) in enumerate(histories(SEED)):
        one = Told(number, clock, facts, reckon(clock, facts))
        yield one
        ending += one.ends
        if ending == COMPARED:
            return


def test_the_second_opinion_agrees_on_twenty_thousand_due_dates(every: tuple[Told, ...]) -> None:
    """Each is counted; none disagrees."""
    compared = 0
    for one in every:
        assert audit(one.clock, one.facts, one.reckoning) == (), _again(one)
        compared += one.ends
    assert compared >= COMPARED >= 20_000


def test_every_kind_of_clock_and_of_history_was_compared(every: tuple[Told, ...]) -> None:
    """All effects × starts × units × francs × whose; stops, extensions, requests that overlap, transmissions."""
    ending = [one for one in every if one.ends]
    clocks = Counter((c.silence, c.start, c.delay.unit, c.delay.franc, c.whose) for c in (one.clock for one in ending))
    whose = ("administration", "resident")
    assert clocks.keys() == set(product(get_args(Silence), get_args(Start), UNITS, (False, True), whose))
    kinds = Counter(kind for one in ending for kind in {fact.kind for fact in one.facts})
    assert min(kinds[kind] for kind in get_args(FactKind)) >= COMPARED // 20
    assert sum(map(_requests_overlap, ending)) >= COMPARED // 20
    assert sum(any(not i.running for i in one.reckoning.ledger) for one in ending) >= COMPARED // 10
    assert sum(any(not i.counts and i.running for i in one.reckoning.ledger) for one in ending) >= COMPARED // 50


def test_a_clerk_who_counts_days_agrees(every: tuple[Told, ...]) -> None:
    """The third opinion is slow: one history in forty, in ten in `make test-long`."""
    for one in every[:: 10 if LONG else 40]:
        clerk, last = told(one.clock, one.facts)
        assert (clerk.started, last) == (one.reckoning.started, one.reckoning.expires), _again(one)


def test_the_order_in_which_facts_are_told_does_not_matter(every: tuple[Told, ...]) -> None:
    """Days in any order; and, within a day, facts of which none has to do with the other."""
    for one in every[::2]:
        facts = _told_otherwise(one)
        other = reckon(one.clock, facts)
        assert _dates(other) == _dates(one.reckoning), _again(one)


def test_pauses_add_up(every: tuple[Told, ...]) -> None:
    """The end is the delay of the last start, plus every day since on which it did not run."""
    for one in every:
        if not one.ends or one.clock.whose == "resident" or any(fact.kind == "extended" for fact in one.facts):
            continue
        last = _last_delay(one.reckoning.ledger)
        stopped = sum((i.end - i.start).days for i in last if not i.running and i.end)
        assert one.reckoning.expires is not None
        due = one.clock.delay.last_day(last[0].start)
        assert (one.reckoning.expires - due).days == stopped, _again(one)


def test_silence_never_comes_earlier_than_the_text_allows(every: tuple[Told, ...]) -> None:
    for one in every:
        if one.reckoning.started is not None and one.reckoning.expires is not None:
            assert one.reckoning.expires >= one.clock.delay.last_day(one.reckoning.started), _again(one)


def test_a_longer_delay_never_ends_earlier(every: tuple[Told, ...]) -> None:
    """One more of its unit, or one day more for being « franc »."""
    for one in every[::2]:
        delay = one.clock.delay
        more = Delay.of(delay.unit, delay.count + 1, franc=delay.franc)
        longer = more if one.number % 4 else Delay.of(delay.unit, delay.count, franc=True)
        later = reckon(replace(one.clock, delay=longer), one.facts).expires or NEVER
        assert (one.reckoning.expires or NEVER) <= later, _again(one)


def _again(one: Told) -> str:
    return f"GUICHET_SEED={SEED}, history {one.number}: {one.clock} {one.facts}"


def _dates(reckoning: Reckoning) -> tuple[date | None, date | None, date | None]:
    return reckoning.started, reckoning.expires, reckoning.born


def _requests_overlap(one: Told) -> bool:
    kinds = [fact.kind for fact in one.facts if fact.kind in PIECES]
    return any(pair == ("pieces_requested", "pieces_requested") for pair in pairwise(kinds))


def _last_delay(ledger: Sequence[Interval]) -> Sequence[Interval]:
    """The ledger from the last start of a whole delay: after what ran, stopped or waited for nothing."""
    for_nothing = [n for n, i in enumerate(ledger) if not i.counts and (i.running or "L114-5 al. 2" in i.article)]
    return ledger[for_nothing[-1] + 1 :] if for_nothing else ledger


def _told_otherwise(one: Told) -> list[Fact]:
    random = Random(one.number)  # noqa: S311 (repeatable draws)
    facts = list(one.facts)
    for n in range(len(facts) - 1):
        if facts[n].on == facts[n + 1].on and _independent(facts[n].kind, facts[n + 1].kind):
            facts[n], facts[n + 1] = facts[n + 1], facts[n]
    days = sorted({fact.on for fact in facts})
    random.shuffle(days)
    return [fact for day in days for fact in facts if fact.on == day]


def _independent(one: FactKind, other: FactKind) -> bool:
    """A file declared complete answers a request of that day, and a request asks again of a complete file."""
    pair = {one, other}
    families: tuple[tuple[FactKind, ...], ...] = (STOPS, (*PIECES, "complete"), ("extended",), ("filed",))
    return "filed" not in pair and not any(pair <= set(family) for family in families)
