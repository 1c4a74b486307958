"""The audit catches a reckoning that is wrong, and says in French what is."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from domain.calendar import Delay
from domain.clock import Clock, Fact, Interval, Reckoning, Silence, reckon
from domain.clock_audit import BadLedger, audit, due_from_ledger
from tests.domain.histories_of_clocks import clocks, histories

A_DAY = timedelta(days=1)
SILENCES: tuple[Silence, ...] = ("acceptance", "rejection", "provisional", "none")
CLOCK = Clock(Delay(months=2), "filed", silence="rejection")
FACTS = (
    Fact(date(2026, 11, 23), "filed"),
    Fact(date(2026, 12, 1), "pieces_requested", date(2026, 12, 31)),
    Fact(date(2026, 12, 15), "pieces_provided"),
)
GOOD = reckon(CLOCK, FACTS)


def test_the_worked_ledger_is_sound() -> None:
    assert due_from_ledger(GOOD.ledger, CLOCK.delay, CLOCK.silence) == date(2027, 2, 6)
    assert audit(CLOCK, FACTS, GOOD) == ()


@settings(max_examples=500, deadline=None, suppress_health_check=[HealthCheck.filter_too_much])
@given(clocks, histories, st.sampled_from([-1, 1]))
def test_any_due_date_moved_by_a_day_is_caught(clock: Clock, facts: tuple[Fact, ...], by: int) -> None:
    reckoning = reckon(clock, facts)
    assume(reckoning.expires is not None)
    assert reckoning.expires is not None
    assert audit(clock, facts, replace(reckoning, expires=reckoning.expires + by * A_DAY))


@settings(max_examples=500, deadline=None)
@given(st.sampled_from(SILENCES), st.integers(0, 20), st.integers(1, 40))
def test_a_ledger_whose_stop_is_a_day_longer_is_caught(silence: Silence, after: int, length: int) -> None:
    clock = Clock(Delay(months=1), "filed", silence=silence)
    filed = date(2026, 11, 23)
    begins = filed + after * A_DAY
    facts = (Fact(filed, "filed"), Fact(begins, "suspended"), Fact(begins + length * A_DAY, "resumed"))
    reckoning = reckon(clock, facts)
    *before, stop, then = reckoning.ledger
    assert not stop.running
    longer = (*before, replace(stop, end=then.start + A_DAY), replace(then, start=then.start + A_DAY))
    assert audit(clock, facts, reckoning) == ()
    assert audit(clock, facts, replace(reckoning, ledger=longer))


@pytest.mark.parametrize(
    ("broken", "words"),
    [
        (replace(GOOD, born=date(2027, 2, 8)), "naîtrait le 2027-02-07"),
        (replace(GOOD, born=None), "naîtrait le 2027-02-07"),
        (replace(GOOD, started=date(2026, 11, 22)), "commence le 2026-11-23"),
        (replace(GOOD, ledger=GOOD.ledger[::2]), "trou ou recouvrement"),
        (
            replace(GOOD, ledger=(*GOOD.ledger[:2], replace(GOOD.ledger[2], end=date(2027, 2, 6)))),
            "finit le 2027-02-06",
        ),
        (Reckoning(None, GOOD.expires, None, ()), "sans départ"),
    ],
)
def test_a_fault_is_told(broken: Reckoning, words: str) -> None:
    assert words in " ".join(audit(CLOCK, FACTS, broken))


def test_a_stop_that_counts_or_an_empty_interval_proves_nothing() -> None:
    first = Interval(date(2026, 11, 23), date(2026, 12, 1), False, True, 0, "CRPA R113-6")
    with pytest.raises(BadLedger, match="un arrêt compté"):
        due_from_ledger([first], CLOCK.delay, "rejection")
    with pytest.raises(BadLedger, match="intervalle vide"):
        due_from_ledger([replace(first, end=first.start)], CLOCK.delay, "rejection")
    with pytest.raises(BadLedger, match="sans nouveau départ"):
        due_from_ledger([replace(first, running=True, counts=False)], CLOCK.delay, "acceptance")
