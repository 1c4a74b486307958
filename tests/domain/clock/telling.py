"""Clocks told in a line each: the facts, and the dates and rows they lead to."""

from __future__ import annotations

from datetime import date
from typing import Any

from domain.calendar import Delay
from domain.clock.reckoning import reckon
from domain.clock.terms import Clock, Fact, Reckoning, Silence, Start

TWO, THREE = Delay(months=2), Delay(months=3)
ASKED = ("2026-11-23 filed", "2026-12-01 pieces_requested 2026-12-31", "2026-12-15 pieces_provided")


def day(text: str) -> date:
    return date.fromisoformat(text)


def facts(*told: str) -> list[Fact]:
    """« 2026-12-01 pieces_requested 2026-12-31 » and so on; an extension's length is in months, or days with « d »."""
    return [_fact(*line.split()) for line in told]


def _fact(on: str, kind: Any, more: str = "") -> Fact:
    if kind == "extended":
        by = Delay(days=int(more[:-1])) if more.endswith("d") else Delay(months=int(more))
        return Fact(day(on), kind, by=by)
    return Fact(day(on), kind, day(more) if more else None)


def ends(silence: Silence, delay: Delay, start: Start, *told: str, **more: Any) -> tuple[str | None, str | None]:
    reckoning = reckon(Clock(delay, start, silence=silence, **more), facts(*told))
    return text(reckoning.expires), text(reckoning.born)


def text(when: date | None) -> str | None:
    return when.isoformat() if when else None


def rows(reckoning: Reckoning) -> list[tuple[str | None, str | None, bool, bool, int, str]]:
    return [(text(i.start), text(i.end), i.running, i.counts, i.cause, i.article) for i in reckoning.ledger]
