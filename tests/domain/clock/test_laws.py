"""Laws of the legal clock, over histories that could have happened, which Hypothesis makes small when one fails.

`test_twenty_thousand_clocks.py` holds many more to the second opinion, cheaply.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from random import Random

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from domain.calendar import Delay
from domain.clock.reckoning import reckon
from domain.clock.second_opinion import audit
from domain.clock.terms import Clock, Fact
from tests.domain.clock.by_days import told
from tests.domain.clock.histories import clocks, histories
from tests.long import draws

NEVER = date.max


def over_histories(examples: int) -> settings:
    return draws(examples, suppress_health_check=[HealthCheck.too_slow], database=None)


@over_histories(400)
@given(clocks, histories)
def test_the_ledger_alone_leads_to_the_same_due_date(clock: Clock, facts: tuple[Fact, ...]) -> None:
    """The audit, which walks days from the ledger, finds no fault in any reckoning."""
    assert audit(clock, facts, reckon(clock, facts)) == ()


@over_histories(150)
@given(clocks, histories)
def test_a_clerk_who_counts_days_finds_the_same_end_and_the_same_stops(clock: Clock, facts: tuple[Fact, ...]) -> None:
    reckoning = reckon(clock, facts)
    clerk, last = told(clock, facts)
    assert (reckoning.started, reckoning.expires) == (clerk.started, last)
    if last is not None and clerk.departure is not None:
        stopped = {
            interval.start + timedelta(days=n)
            for interval in reckoning.ledger
            if not interval.running and interval.end and interval.start >= clerk.departure
            for n in range((interval.end - interval.start).days)
        }
        assert stopped == set(clerk.stopped_days)


@over_histories(120)
@given(clocks, histories, st.randoms(use_true_random=False))
def test_the_order_in_which_days_are_told_does_not_matter(
    clock: Clock, facts: tuple[Fact, ...], random: Random
) -> None:
    """Facts apply by date: telling the days in another order changes nothing but the indices."""
    days = sorted({fact.on for fact in facts})
    random.shuffle(days)
    told_otherwise = [fact for day in days for fact in facts if fact.on == day]
    first, second = reckon(clock, facts), reckon(clock, told_otherwise)
    assert (first.started, first.expires, first.born) == (second.started, second.expires, second.born)
    for one, other in zip(first.ledger, second.ledger, strict=True):
        assert replace(one, cause=0) == replace(other, cause=0)
        assert facts[one.cause] == told_otherwise[other.cause]


@over_histories(120)
@given(clocks, histories)
def test_silence_never_comes_earlier_than_the_text_allows(clock: Clock, facts: tuple[Fact, ...]) -> None:
    reckoning = reckon(clock, facts)
    if reckoning.started is not None and reckoning.expires is not None:
        assert reckoning.expires >= clock.delay.last_day(reckoning.started)
        assert reckoning.ledger[-1].end == reckoning.expires + timedelta(days=1)


@over_histories(120)
@given(clocks, histories)
def test_a_longer_delay_never_ends_earlier(clock: Clock, facts: tuple[Fact, ...]) -> None:
    delay = clock.delay
    longer = replace(clock, delay=Delay.of(delay.unit, delay.count + 1, franc=delay.franc))
    assert (reckon(clock, facts).expires or NEVER) <= (reckon(longer, facts).expires or NEVER)


@over_histories(120)
@given(clocks, histories)
def test_pauses_add_up(clock: Clock, facts: tuple[Fact, ...]) -> None:
    """Where pieces stop the clock, the end is the delay plus every day on which it did not run."""
    stopping = replace(clock, silence="rejection", whose="administration")
    facts = tuple(fact for fact in facts if fact.kind != "extended")
    reckoning = reckon(stopping, facts)
    if reckoning.started is not None and reckoning.expires is not None:
        stops = [i for i in reckoning.ledger if not i.running]
        stopped = sum(((i.end - i.start for i in stops if i.end)), timedelta())
        assert reckoning.expires == stopping.delay.last_day(reckoning.started) + stopped


@over_histories(100)
@given(clocks, st.integers(0, 30), st.integers(0, 20), st.integers(0, 20))
def test_two_suspensions_end_to_end_are_one(clock: Clock, after: int, first: int, second: int) -> None:
    clock = replace(clock, start="filed")
    filed = date(2026, 11, 23)
    begins = filed + timedelta(days=after)
    middle = begins + timedelta(days=first)
    end = middle + timedelta(days=second)
    whole = [Fact(filed, "filed"), Fact(begins, "suspended"), Fact(end, "resumed")]
    halves = [*whole[:2], Fact(middle, "resumed"), Fact(middle, "suspended"), whole[2]]
    assert reckon(clock, whole).expires == reckon(clock, halves).expires
