"""Histories that cannot have happened, and clocks kept as JSON."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import TypeAdapter

from domain.clock.reckoning import reckon
from domain.clock.terms import BadHistory, Clock, Fact, Reckoning
from tests.domain.clock.telling import ASKED, THREE, TWO, day, facts


@pytest.mark.parametrize(
    ("told", "field", "words"),
    [
        ((), "events", "manque le dépôt"),
        (("2026-11-23 complete",), "events[0].on", "précède le dépôt"),
        (("2026-11-23 filed", "2026-11-24 filed"), "events[1].kind", "qu'une fois"),
        (("2026-11-23 filed", "2026-11-22 complete"), "events[1].on", "précède le dépôt"),
        (("2026-11-23 complete", "2026-11-23 filed"), "events[0].on", "précède le dépôt"),
        (("2026-11-23 filed", "2026-11-24 pieces_provided"), "events[1].kind", "sans demande"),
        ((*ASKED, "2026-12-16 pieces_provided"), "events[3].kind", "sans demande"),
        (("2026-11-23 filed", "2026-11-24 pieces_requested"), "events[1].until", "jusqu'à quand"),
        (("2026-11-23 filed", "2026-11-24 pieces_requested 2026-11-23"), "events[1].until", "avant la demande"),
        (("2026-11-23 filed", "2026-11-24 resumed"), "events[1].kind", "sans avoir été suspendue"),
    ],
)
def test_a_history_that_cannot_be_names_its_field(told: tuple[str, ...], field: str, words: str) -> None:
    with pytest.raises(BadHistory, match=words) as caught:
        reckon(Clock(TWO, "filed", silence="rejection"), facts(*told))
    assert caught.value.field == field
    assert f"« {field} »" in caught.value.message_fr


def test_an_extension_says_how_long() -> None:
    with pytest.raises(BadHistory, match="dit de combien"):
        reckon(Clock(TWO, "filed", silence="none"), [*facts("2026-11-23 filed"), Fact(day("2026-12-01"), "extended")])


def test_clocks_facts_and_reckonings_survive_json() -> None:
    clock = Clock(THREE, "complete", "notification", silence="acceptance", reference=("CASF L421-6",), confidence="B")
    told = facts(*ASKED, "2026-12-20 extended 1")
    for kind, value in ((Clock, clock), (list[Fact], told), (Reckoning, reckon(clock, told))):
        adapter: TypeAdapter[Any] = TypeAdapter(kind)
        assert adapter.validate_json(adapter.dump_json(value)) == value
