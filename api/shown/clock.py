"""The law's time as it is shown: the clock, its ledger, and what comes next if nobody acts."""

from datetime import date, datetime

from api.http.inputs import Out, SentenceOut
from domain.days_in_words import day_in_words
from domain.dossier import Dossier
from domain.due import Due
from domain.explained.explanation import due_sentence
from domain.kernel import next_due
from domain.last_useful_day import last_useful_days


class IntervalOut(Out):
    """Civil days from `start` to `end` (excluded; null when open); `cause` is the entry that opened it."""

    start: date
    end: date | None
    running: bool
    counts: bool
    cause: int
    article: str


class ClockOut(Out):
    """The delay, its ends, and the ledger that proves them. `born` dates what silence decides: the last day."""

    delay: SentenceOut
    silence: str
    stopped_by: str
    started: date | None
    expires: date | None
    born: date | None
    articles: tuple[str, ...]
    ledger: tuple[IntervalOut, ...]

    @classmethod
    def of(cls, dossier: Dossier) -> "ClockOut":
        """The clock of a filed dossier."""
        clock, reckoning = dossier.plan.clock, dossier.reckoning()
        return cls.showing(
            reckoning,
            delay=clock.delay.in_words(),
            silence=clock.silence,
            stopped_by=clock.stopped_by,
            articles=clock.reference,
            ledger=tuple(IntervalOut.showing(one, cause=dossier.cause(one.cause)) for one in reckoning.ledger),
        )


class DueOut(Out):
    """What happens next if nobody acts, when, and under which article; `on` is the date that it will bear."""

    kind: str
    at: datetime
    on: date
    sentence: SentenceOut
    article: str

    @classmethod
    def of(cls, due: Due) -> "DueOut":
        """The due as a person reads it."""
        return cls.showing(due, on=due.dated, sentence=due_sentence(due))


class LastUsefulDayOut(Out):
    """The last civil day on which a decision may leave by `channel` and still be in time."""

    channel: str
    day: date
    in_words: str
    why: SentenceOut


def shown_due(dossier: Dossier) -> DueOut | None:
    """What comes next, or None when nothing does by itself."""
    due = next_due(dossier)
    return None if due is None else DueOut.of(due)


def shown_last_days(dossier: Dossier) -> tuple[LastUsefulDayOut, ...]:
    """The last useful day of notification, channel by channel."""
    return tuple(LastUsefulDayOut.showing(one, in_words=day_in_words(one.day)) for one in last_useful_days(dossier))
