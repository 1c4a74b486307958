"""A dossier's imagined future as it is shown: what is known, then what is imagined, and where that leads."""

from datetime import date, datetime
from typing import Literal

from api.http.inputs import Out, SentenceOut
from api.shown.clock import ClockOut, DueOut, shown_due
from api.shown.journal import LineOut, shown_explanation
from domain.calendar import Instant
from domain.derivation import Recorded, Viewer
from domain.dossier import Dossier
from domain.futures.simulation import Story, Told
from domain.words import status_label


class FutureLineOut(Out):
    """One line of the story. `basis`: `journal` (written), `settled` (made by the law, to be written), `imagined`.

    `entry` is its number in the journal, real or imagined; `minimal` says what was made up for an act that left it out.
    """

    basis: Literal["journal", "settled", "imagined"]
    at: datetime
    on: date
    kind: str
    who: SentenceOut
    sentence: SentenceOut
    article: str
    status: str
    entry: int
    refused: bool
    minimal: SentenceOut

    @classmethod
    def of(cls, line: Told) -> "FutureLineOut":
        """The line as it is told."""
        return cls.showing(line, on=line.dated, entry=line.seq)


class ForkOut(Out):
    """The story from `now` to `until`, and how the dossier stands at its end: status, next due, clock and ledger.

    `ledger` says each interval of the clock as a sentence. Nothing of what is imagined is recorded.
    """

    reference: str
    procedure: str
    procedure_title: str
    now: datetime
    until: datetime
    lines: list[FutureLineOut]
    status: str
    status_label: str
    closed: bool
    next: DueOut | None
    clock: ClockOut
    ledger: list[LineOut]


def shown_fork(told: Story, viewer: Viewer, *, reference: str, now: Instant, until: Instant) -> ForkOut:
    """The fork as this audience reads it. Raises ValueError before filing."""
    dossier = told.dossier
    return ForkOut(
        reference=reference,
        procedure=dossier.plan.procedure,
        procedure_title=dossier.plan.title,
        now=now,
        until=until,
        lines=[FutureLineOut.of(line) for line in told.lines if viewer == "agent" or not line.agents_only],
        status=dossier.status,
        status_label=status_label(dossier.status),
        closed=dossier.closed,
        next=shown_due(dossier),
        clock=ClockOut.of(dossier),
        ledger=_ledger(told, dossier, viewer),
    )


def _ledger(told: Story, dossier: Dossier, viewer: Viewer) -> list[LineOut]:
    entries = [
        Recorded(seq=seq, event=event, recorded_at=event.effective) for seq, event in enumerate(told.events, start=1)
    ]
    return [line for line in shown_explanation(entries, dossier, viewer) if line.about == "interval"]
