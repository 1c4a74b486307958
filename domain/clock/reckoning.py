"""The legal clock: from dated facts to the day silence becomes a decision (docs/clock.md).

A clock is fed by facts only. `reckon` gives the last day of the delay, the date of the
implied decision born at its end, and the ledger of intervals that proves both; `domain/clock/second_opinion.py`
recomputes the first from the last, by other means.
"""

from collections.abc import Sequence

from domain.clock.history import PIECES_ANNUL, Departure, History, read
from domain.clock.ledger import intervals, run
from domain.clock.terms import (
    BadHistory,
    Clock,
    Fact,
    FactKind,
    Interval,
    Reckoning,
    Silence,
    Start,
)
from domain.effects_of_silence import SILENCES

__all__ = [
    "BadHistory",
    "Clock",
    "Fact",
    "FactKind",
    "Interval",
    "Reckoning",
    "Silence",
    "Start",
    "reckon",
]


def reckon(clock: Clock, facts: Sequence[Fact]) -> Reckoning:
    """Apply `facts` by date, then in the order given, and say when the delay ends.

    Raises BadHistory for facts that cannot be, naming the field: no filing or two, a fact before
    it, pieces provided that nobody asked for, a resumption without a suspension.
    """
    history = read(clock, facts)
    departure = _departure(clock, history)
    if departure is None:
        return Reckoning(None, None, None, ())
    started = departure.on
    article = _article(clock)
    ledger: list[Interval] = []
    outcome = run(clock, departure, history.stops, history.extensions)
    for annulment in history.annulments:
        if annulment.end is not None and annulment.end <= departure.on:
            continue
        if outcome.expires is not None and annulment.start > outcome.expires:
            break
        begins = max(annulment.start, departure.on)
        ledger += intervals(outcome, article, annulled_on=begins)
        if annulment.end != begins:
            ledger.append(Interval(begins, annulment.end, False, False, annulment.cause, PIECES_ANNUL))
        if annulment.end is None:
            return Reckoning(started, None, None, tuple(ledger))
        departure, article = Departure(annulment.end, annulment.closer), PIECES_ANNUL
        outcome = run(clock, departure, history.stops, history.extensions)
    ledger += intervals(outcome, article)
    expires = outcome.expires
    born = None if clock.silence == "none" else expires
    return Reckoning(started, expires, born, tuple(ledger))


def _departure(clock: Clock, history: History) -> Departure | None:
    """The fact that starts the clock, or None while it has not happened.

    Without a « complete » fact, the file is complete when the answer to the last request arrives;
    a request made once silence has decided is no longer one.
    """
    if history.departure is not None or clock.start != "complete":
        return history.departure
    for departure, asked_again in history.answers:
        if asked_again is None:
            return departure
        if asked_again <= clock.delay.last_day(departure.on):
            continue  # nothing shortens a delay: it was still running
        expires = run(clock, departure, history.stops, history.extensions).expires
        if expires is not None and asked_again > expires:
            return departure
    return None


def _article(clock: Clock) -> str:
    if clock.reference:
        return ", ".join(clock.reference)
    return "CRPA L114-3" if clock.start == "competent" else SILENCES[clock.silence].article
