"""Every text that somebody writes in an act appears in some answer, for some audience, or says why it does not."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields
from datetime import UTC, date, datetime
from types import UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints
from uuid import UUID

import pytest

from api.shown.journal import shown_journal, shown_messages
from domain.calendar import Delay
from domain.derivation import Recorded, Viewer
from domain.dossier import Dossier
from domain.event import Event
from domain.events import KINDS
from domain.kernel import fold
from domain.rectification import DecisionCancelled
from domain.request_events import Filed
from domain.serial import PLAN
from domain.steps.completeness_events import PiecesRequested, RequestedPiece
from domain.steps.decision_events import Decided
from domain.steps.notice_events import Notified
from domain.steps.opinion import OpinionGiven
from domain.steps.visa import VisaRefused
from tests.domain.telling import plan, when

EVENTS = tuple(KINDS.values())
AUDIENCES: tuple[Viewer, ...] = ("agent", "resident", "mediator")
NOON = when("2026-12-01")
OF_A_KIND = {"amount": "12.50", "plan": PLAN.dump_json(plan()).decode()}
"""Texts that are read as something else."""


def made(kind: type[Any]) -> tuple[Event, dict[str, str]]:
    """An event of that type, and what stands in each of its texts."""
    hints = get_type_hints(kind)
    texts = {
        each.name: OF_A_KIND.get(each.name, f"écrit dans {each.name}")
        for each in fields(kind)
        if hints[each.name] is str and each.name != "kind"
    }
    values = {each.name: _value(hints[each.name]) for each in fields(kind) if each.name not in {*texts, "kind"}}
    return kind(**values, **texts), texts


def _value(hint: Any) -> Any:
    origin, inside = get_origin(hint), get_args(hint)
    if origin in {Union, UnionType}:
        return _value(inside[0])
    if origin is Literal:
        return inside[0]
    if origin is tuple:
        return (RequestedPiece(key="photo", reason="écrit pour la photo"),) if inside[0] is RequestedPiece else ()
    plain = {datetime: NOON, date: date(2026, 12, 1), UUID: UUID(int=1), int: 1, bool: True, Delay: Delay(days=1)}
    return plain.get(hint, {})


def answers(event: Event, viewer: Viewer) -> str:
    """All that this audience reads of a dossier whose decision was notified, and in which this happened."""
    first = Filed(effective=NOON, form={})
    decided = Decided(effective=NOON, outcome="oui", favourable=True)
    told: tuple[Event, ...] = (first, decided, event, Notified(effective=NOON, target=2))
    if isinstance(event, Decided):
        told = (first, event, Notified(effective=NOON, target=2))
    dossier: Dossier = fold(plan(), told)
    entries = [Recorded(seq=seq, event=one, recorded_at=NOON, actor="Anna") for seq, one in enumerate(told, start=1)]
    journal = [entry.model_dump_json() for entry in shown_journal(entries, dossier, viewer)]
    return " ".join(journal + [message.model_dump_json() for message in shown_messages(entries)])


def unread(kind: type[Event]) -> Iterator[str]:
    """The texts of an event that nobody is shown, and that do not say why."""
    event, texts = made(kind)
    shown = " ".join(answers(event, viewer) for viewer in AUDIENCES)
    for name, text in texts.items():
        excused = name in kind.shown() and kind.shown()[name].elsewhere
        if not excused and text not in shown and not (name == "amount" and "12,50" in shown):
            yield f"{event.kind}.{name}"


@pytest.mark.parametrize("kind", EVENTS, ids=[kind.__name__ for kind in EVENTS])
def test_every_text_has_a_reader(kind: type[Event]) -> None:
    assert list(unread(kind)) == []


def test_the_reason_of_each_piece_asked_for_is_read() -> None:
    event, _ = made(PiecesRequested)
    assert all("écrit pour la photo" in answers(event, viewer) for viewer in AUDIENCES)


def test_what_is_the_service_s_own_is_not_shown_to_the_person() -> None:
    """An opinion, a refused visa, a decision cancelled before anybody was told."""
    own = [(kind, name) for kind in EVENTS for name, each in kind.shown().items() if each.readers == "agents"]
    assert {OpinionGiven, VisaRefused, DecisionCancelled} <= {kind for kind, _ in own}
    for kind, name in own:
        event, texts = made(kind)
        assert texts[name] in answers(event, "agent")
        assert texts[name] not in answers(event, "resident")


def test_the_reasons_of_a_decision_wait_for_its_notification() -> None:
    decided = Decided(effective=NOON, outcome="oui", favourable=True, reasons_fact="Secret jusque-là.")
    entries = [Recorded(seq=2, event=decided, recorded_at=datetime(2026, 12, 1, tzinfo=UTC))]
    dossier = fold(plan(), (Filed(effective=NOON, form={}), decided))
    assert "Secret" not in shown_journal(entries, dossier, "resident")[0].model_dump_json()
    assert "Secret" in shown_journal(entries, dossier, "agent")[0].model_dump_json()
