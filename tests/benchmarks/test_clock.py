"""The bench of the two opinions counts what it compares, and can see a disagreement."""

from __future__ import annotations

import pytest

from benchmarks import clock
from benchmarks.clock import compare
from domain.clock.reckoning import reckon


def test_every_history_is_compared_once() -> None:
    found = compare(500, seed=3, processes=2)
    assert (found.count, found.disagreements) == (500, ())
    assert 300 < found.due < 500
    assert "0 désaccord" in found.row()
    assert "graine 3" in found.row()


def test_a_disagreement_is_counted_and_says_how_to_see_it_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """A clock that forgets every extension."""
    monkeypatch.setattr(
        clock, "reckon", lambda terms, facts: reckon(terms, [fact for fact in facts if fact.kind != "extended"])
    )
    due, disagreements = clock._compared((3, 400))
    assert due > 300
    assert disagreements
    assert all("graine 3, histoire" in one for one in disagreements)
