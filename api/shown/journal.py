"""What happened, who did it, and why each date: the journal, the messages and the explanation as they are shown."""

from collections.abc import Sequence
from datetime import date, datetime

from api.http.inputs import Out, SentenceOut
from domain.before_notification import WAITING, article_for, held_back
from domain.derivation import Recorded, Viewer
from domain.dossier import Dossier
from domain.explained.explanation import explain
from domain.request_events import MessageSent
from domain.written import written


class WrittenOut(Out):
    """A text that somebody wrote in an act, and what it is."""

    label: SentenceOut
    text: str


class EntryOut(Out):
    """One entry of the journal. `at` is its legal instant, `on` the civil day whose date it bears,
    `recorded_at` when it was written down; `by` who acted.

    `written`: what was written in the act for this audience, the evidence of a fact entered later too.
    """

    entry: int
    kind: str
    at: datetime
    on: date
    recorded_at: datetime
    by: SentenceOut
    sentence: SentenceOut
    article: str
    written: tuple[WrittenOut, ...]


class MessageOut(Out):
    """One message, with the name of who wrote it."""

    entry: int
    at: datetime
    sender: str
    by: str
    text: str


class LineOut(Out):
    """One date or status and its derivation: its rule, its article, and the journal's `entry` that it comes from.

    `at` is an instant or a civil day, `on` the civil day whose date it bears; `until`, the end of an interval of the
    ledger (excluded; null when open).
    """

    about: str
    key: str
    at: datetime | date
    on: date
    sentence: SentenceOut
    rule: SentenceOut
    article: str
    entry: int
    until: date | None


def shown_journal(entries: Sequence[Recorded], dossier: Dossier, viewer: Viewer) -> list[EntryOut]:
    """The entries that this audience may read, oldest first."""
    return [
        EntryOut.showing(
            one,
            entry=one.seq,
            kind=one.event.kind,
            at=one.event.effective,
            on=one.event.dated,
            sentence=WAITING if held_back(one.event, dossier, viewer) else one.event.in_french(dossier.plan),
            article=article_for(one.event, dossier, viewer),
            written=tuple(WrittenOut.showing(each) for each in written(one.event, dossier, viewer)),
        )
        for one in entries
        if viewer == "agent" or not one.event.agents_only
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
    return [LineOut.showing(line, entry=line.seq) for line in explain(entries, dossier, viewer)]
