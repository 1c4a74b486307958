"""What happened, who did it, and why each date: the journal, the messages and the explanation as they are shown."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from api.inputs import Out
from api.shown.outcome import decision_reached
from domain.dossier import Dossier
from domain.events import Decided, Event, MessageSent
from domain.explanation import AGENTS_ONLY, Recorded, Viewer, explain
from domain.sentences import sentence

WAITING = "Une décision est signée. Elle vous sera notifiée."


class EntryOut(Out):
    """One entry of the journal. `at` is its legal instant, `recorded_at` when it was written down; `by` who acted."""

    entry: int
    kind: str
    at: datetime
    recorded_at: datetime
    by: str
    sentence: str
    article: str


class MessageOut(Out):
    """One message, with the name of who wrote it."""

    entry: int
    at: datetime
    sender: str
    by: str
    text: str


class LineOut(Out):
    """One date or status and its derivation; `at` is an instant or a civil day, `entry` is 0 when it looks ahead."""

    about: str
    key: str
    at: datetime | date
    sentence: str
    rule: str
    article: str
    entry: int


def shown_journal(entries: Sequence[Recorded], dossier: Dossier, viewer: Viewer) -> list[EntryOut]:
    """The entries that this audience may read, oldest first."""
    return [
        EntryOut(
            entry=one.seq,
            kind=one.event.kind,
            at=one.event.effective,
            recorded_at=one.recorded_at,
            by=one.actor or "la loi",
            sentence=WAITING if held_back(one.event, dossier, viewer) else sentence(one.event, dossier.plan),
            article=one.event.article,
        )
        for one in entries
        if viewer == "agent" or one.event.kind not in AGENTS_ONLY
    ]


def shown_messages(entries: Sequence[Recorded]) -> list[MessageOut]:
    """Every message, oldest first."""
    return [
        MessageOut(entry=one.seq, at=one.event.effective, sender=one.event.sender, by=one.actor, text=one.event.text)
        for one in entries
        if isinstance(one.event, MessageSent)
    ]


def shown_explanation(entries: Sequence[Recorded], dossier: Dossier, viewer: Viewer) -> list[LineOut]:
    """Every date and status of the dossier, each tied to its event, its rule and its article."""
    held = {one.seq for one in entries if held_back(one.event, dossier, viewer)}
    return [
        LineOut(
            about=line.about,
            key=line.key,
            at=line.at,
            sentence=WAITING if line.seq in held and line.about != "interval" else line.sentence,
            rule=line.rule,
            article=line.article,
            entry=line.seq,
        )
        for line in explain(entries, dossier, viewer)
    ]


def held_back(event: Event, dossier: Dossier, viewer: Viewer) -> bool:
    """What a decision says reaches the person by its notification, not before (CRPA L221-8)."""
    return viewer != "agent" and isinstance(event, Decided) and not decision_reached(dossier)
