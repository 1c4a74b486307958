"""The audit catches a reckoning that is wrong, and says in French what is."""

from __future__ import annotations

import ast
from dataclasses import is_dataclass, replace
from datetime import date, timedelta
from itertools import islice
from pathlib import Path

import pytest
from hypothesis import HealthCheck, assume, given
from hypothesis import strategies as st

import domain.clock.reckoning as clock_module
from benchmarks.histories import histories as drawn_histories
from domain import calendar
from domain.calendar import Delay
from domain.clock import history, ledger, second_opinion
from domain.clock.reckoning import reckon
from domain.clock.second_opinion import BadLedger, audit, due_from_ledger
from domain.clock.terms import Clock, Fact, Interval, Reckoning, Silence
from tests.domain.clock.histories import clocks, histories
from tests.long import draws

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


@draws(150, suppress_health_check=[HealthCheck.filter_too_much])
@given(clocks, histories, st.sampled_from([-1, 1]))
def test_any_due_date_moved_by_a_day_is_caught(clock: Clock, facts: tuple[Fact, ...], by: int) -> None:
    reckoning = reckon(clock, facts)
    assume(reckoning.expires is not None)
    assert reckoning.expires is not None
    assert audit(clock, facts, replace(reckoning, expires=reckoning.expires + by * A_DAY))


@draws(150)
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
        (replace(GOOD, born=date(2027, 2, 7)), "naîtrait le 2027-02-06"),
        (replace(GOOD, born=None), "naîtrait le 2027-02-06"),
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


def test_the_second_opinion_borrows_nothing_of_the_first(monkeypatch: pytest.MonkeyPatch) -> None:
    """With every function of the clock and of the calendar gone, holidays included, it gives the same answers.

    It knows their words alone: the dataclasses that it reads.
    """
    drawn = [(clock, facts, reckon(clock, facts)) for clock, facts in islice(drawn_histories(7), 500)]
    whole_day = {"timedelta", "datetime", "date"}
    for module in (calendar, ledger, history, clock_module):
        for name, thing in vars(module).items():
            if callable(thing) and name not in whole_day and not is_dataclass(thing) and not name.startswith("__"):
                monkeypatch.setattr(module, name, _gone)
    for name in ("last_day", "for_a_resident", "in_words", "unit", "count"):
        monkeypatch.setattr(Delay, name, property(_gone))

    assert all(audit(clock, facts, claimed) == () for clock, facts, claimed in drawn)
    assert sum(claimed.expires is not None for _, _, claimed in drawn) > 200
    with pytest.raises(AssertionError, match="borrowed"):
        reckon(CLOCK, FACTS)


def test_the_second_opinion_imports_words_alone() -> None:
    """Neither a library of holidays nor a function: the standard library, and the dataclasses of its arguments."""
    tree = ast.parse(Path(str(second_opinion.__file__)).read_text("utf-8"))
    imported = {
        (node.module, alias.name) for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) for alias in node.names
    }
    ours = {name for module, name in imported if module is not None and module.startswith("domain")}
    assert ours == {"Delay", "Clock", "Fact", "Interval", "Reckoning"}
    assert {module for module, _ in imported} <= {
        "__future__", "collections.abc", "datetime", "domain.calendar", "domain.clock.terms",
    }  # fmt: skip
    assert not [node for node in ast.walk(tree) if isinstance(node, ast.Import)]


def _gone(*_: object, **__: object) -> None:
    raise AssertionError("borrowed from the first opinion")
