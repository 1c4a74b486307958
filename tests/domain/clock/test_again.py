"""A clock run again under other terms, from its ledger alone: the dates that the facts give, or it says it cannot."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import assume, event, given
from hypothesis import strategies as st

from domain.calendar import Delay
from domain.clock.again import AFTER_THE_END, OTHER_EFFECT, OTHER_START, Unseen, reckon_again
from domain.clock.reckoning import reckon
from domain.clock.terms import BadHistory, Clock, Fact, Silence
from tests.domain.clock.histories import clocks, delays, histories
from tests.domain.clock.telling import day, facts
from tests.long import draws

Story = tuple[Clock, tuple[Fact, ...], Delay | None]


@st.composite
def stories(draw: st.DrawFn) -> Story:
    """A clock and facts that the kernel could write: pieces move a clock that runs, and one length prolongs it."""
    clock, told = replace(draw(clocks), whose="administration"), draw(histories)
    extension = draw(st.none() | delays)
    kept: list[Fact] = []
    asked = False
    for fact in told:
        if fact.kind == "pieces_requested" and reckon(clock, kept).started is None:
            continue
        if (fact.kind == "pieces_provided" and not asked) or (fact.kind == "extended" and extension is None):
            continue
        asked = fact.kind == "pieces_requested" or (asked and fact.kind != "pieces_provided")
        kept.append(replace(fact, by=extension) if fact.kind == "extended" else fact)
    return clock, tuple(kept), extension


@draws(300)
@given(stories(), delays, st.sampled_from(["acceptance", "rejection", "provisional", "none"]), st.integers(0, 200))
def test_the_dates_are_those_of_the_facts_or_it_says_that_it_cannot_see(
    story: Story, delay: Delay, silence: Silence, later: int
) -> None:
    """Whatever the delay and the effect of silence of the candidate, on any day from the last fact on."""
    clock, told, extension = story
    other = replace(clock, delay=delay, silence=silence)
    on = max(fact.on for fact in told) + timedelta(days=later)
    held = reckon(clock, told)
    assume(held.started is not None)

    again = reckon_again(held, clock, other, on, extension)

    if isinstance(again, Unseen):
        event(again.why)
        return
    event("seen")
    exact = reckon(other, told)
    assert (again.started, again.expires, again.born) == (exact.started, exact.expires, exact.born)


@draws(150)
@given(stories(), delays)
def test_a_delay_alone_is_always_seen_while_nothing_prolonged_it_and_it_still_runs(story: Story, delay: Delay) -> None:
    """The ledger suffices: stops and annulments are all in it."""
    clock, told, _ = story
    held = reckon(clock, told)
    on = max(fact.on for fact in told)
    assume(held.started is not None and not any(fact.kind == "extended" for fact in told))
    assume(held.expires is None or on <= held.expires)

    again = reckon_again(held, clock, replace(clock, delay=delay), on)

    assert not isinstance(again, Unseen)
    assert again.expires == reckon(replace(clock, delay=delay), told).expires


def test_every_history_that_the_test_makes_is_possible() -> None:
    """A generator that made impossible histories would prove nothing."""

    @draws(60)
    @given(stories())
    def reckoned(story: Story) -> None:
        clock, told, _ = story
        try:
            reckon(clock, told)
        except BadHistory as bad:
            raise AssertionError(bad.sentence) from bad

    reckoned()


TWO = Clock(Delay(months=2), "complete", silence="rejection")
THREE = replace(TWO, delay=Delay(months=3))
STOPPED = ("2026-11-23 filed", "2026-11-23 complete", "2026-12-01 pieces_requested 2026-12-31",
           "2026-12-15 pieces_provided")  # fmt: skip


def test_a_stop_is_counted_again() -> None:
    """Fourteen days of waiting for pieces, after two months or after three."""
    held = reckon(TWO, facts(*STOPPED))

    again = reckon_again(held, TWO, THREE, day("2026-12-20"))

    assert held.expires == date(2027, 2, 6)
    assert not isinstance(again, Unseen)
    assert again.expires == date(2027, 3, 9)


def test_what_the_ledger_cannot_say_is_said() -> None:
    """Another start, another way for pieces to stop the delay, facts later than the end that was known."""
    held = reckon(TWO, facts(*STOPPED))

    assert reckon_again(held, TWO, replace(TWO, start="filed"), day("2026-12-20")) is OTHER_START
    assert reckon_again(held, TWO, replace(TWO, silence="acceptance"), day("2026-12-20")) is OTHER_EFFECT
    assert reckon_again(held, TWO, THREE, day("2027-02-07")) is AFTER_THE_END
