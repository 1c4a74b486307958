"""A clock run again under other terms, from what its ledger alone still says (no journal opened).

The facts are rebuilt from the ledger's intervals, held to give that very ledger again under the terms that wrote it,
then reckoned under the other ones. Where the ledger does not hold what the other terms need, the answer says so.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from domain.calendar import A_DAY, Delay
from domain.clock.history import PIECES_ANNUL, annuls
from domain.clock.reckoning import reckon
from domain.clock.terms import BadHistory, Clock, Fact, FactKind, Interval, Reckoning
from domain.sentence import N_

_STARTED_BY: dict[str, FactKind] = {
    "complete": "complete",
    "acknowledged": "acknowledged",
    "competent": "received_by_competent",
}


@dataclass(frozen=True, slots=True)
class Unseen:
    """The ledger does not say it; `why` is a French sentence."""

    why: str


OTHER_START = Unseen(N_("Le départ du délai change : le registre ne dit pas le jour du nouveau départ."))
OTHER_EFFECT = Unseen(
    N_(
        "L'effet du silence change la façon dont les pièces demandées arrêtent le délai : "
        "le registre n'en dit pas assez."
    )
)
A_RESIDENT_S = Unseen(
    N_("Le délai est celui de la personne, reporté au jour ouvrable : le registre n'en dit pas assez.")
)
AFTER_THE_END = Unseen(N_("Le délai a expiré : ce qui s'est passé depuis n'est pas dans le registre."))
NOT_PROVED = Unseen(N_("Le registre ne suffit pas à retrouver sa propre date (prolongation ou fait non inscrit)."))


def reckon_again(
    held: Reckoning, under: Clock, other: Clock, on: date, extension: Delay | None = None
) -> Reckoning | Unseen:
    """What the facts behind `held`, reckoned under `under` and all known on the day `on`, give under `other`.

    `extension` is the only length by which `under` admits that a delay be prolonged. Causes are not kept.
    """
    if _same(under, other):
        return held
    if under.start != other.start:
        return OTHER_START
    if held.started is None:
        return held
    if annuls(under) != annuls(other):
        return OTHER_EFFECT
    if "resident" in (under.whose, other.whose):
        return A_RESIDENT_S
    again = _plain(held, under, other)
    return _seen(held, again if again is not None else _rebuilt(held, under, other, extension), on)


def _same(under: Clock, other: Clock) -> bool:
    """Whether the two give the same dates, whatever the facts."""
    if (under.delay, under.start, under.whose) != (other.delay, other.start, other.whose):
        return False
    return under.silence == other.silence or (
        annuls(under) == annuls(other) and (under.silence == "none") == (other.silence == "none")
    )


def _seen(held: Reckoning, again: Reckoning | Unseen, on: date) -> Reckoning | Unseen:
    """What happened after the end that was known may matter before an end that comes later."""
    if isinstance(again, Unseen) or held.expires is None or on <= held.expires:
        return again
    later = again.expires is None or again.expires > held.expires
    return AFTER_THE_END if later else again


def _plain(held: Reckoning, under: Clock, other: Clock) -> Reckoning | None:
    """Most ledgers: one interval that runs from the start to the end."""
    if len(held.ledger) != 1 or held.started is None or held.expires is None:
        return None
    (only,) = held.ledger
    if not (only.running and only.counts) or last_day(under.delay, held.started) != held.expires:
        return None
    expires = last_day(other.delay, held.started)
    born = None if other.silence == "none" else expires
    return Reckoning(held.started, expires, born, (Interval(only.start, expires + A_DAY, True, True, 0, ""),))


@lru_cache(maxsize=65536)
def last_day(delay: Delay, start: date) -> date:
    """`delay.last_day(start)`, remembered: dossiers share their days."""
    return delay.last_day(start)


def _rebuilt(held: Reckoning, under: Clock, other: Clock, extension: Delay | None) -> Reckoning | Unseen:
    facts = tuple(_facts(held, under, extension))
    try:
        if _shape(reckon(under, facts)) != _shape(held):
            return NOT_PROVED
        again = reckon(other, facts)
    except BadHistory:
        return NOT_PROVED
    # While the clock is stopped, no end shows whether the delay was prolonged.
    perhaps_longer = held.expires is None and extension is not None
    return NOT_PROVED if perhaps_longer and again.expires is not None else again


def _shape(reckoning: Reckoning) -> tuple[object, ...]:
    days = tuple((i.start, i.end, i.running, i.counts) for i in reckoning.ledger)
    return reckoning.started, reckoning.expires, days


def _facts(held: Reckoning, under: Clock, extension: Delay | None) -> Iterator[Fact]:
    """Facts that leave the same ledger: every stop is told as a suspension, every annulment as pieces asked for."""
    started = held.started
    if started is None:
        return
    yield Fact(started, "filed")
    if under.start in _STARTED_BY:
        yield Fact(started, _STARTED_BY[under.start])
    before: Interval | None = None
    for interval in held.ledger:
        yield from _between(before, interval, extension)
        if not interval.running:
            yield from _stopped(interval)
        before = interval


def _between(before: Interval | None, interval: Interval, extension: Delay | None) -> Iterator[Fact]:
    """Two intervals that both run: pieces asked for and given the same day, or a prolongation."""
    if before is None or not (before.running and interval.running):
        return
    day = interval.start
    if before.counts != interval.counts or interval.article == PIECES_ANNUL != before.article:
        yield from (Fact(day, "pieces_requested", until=day), Fact(day, "pieces_provided"))
    elif extension is not None:
        yield Fact(day, "extended", by=extension)


def _stopped(interval: Interval) -> Iterator[Fact]:
    if interval.article == PIECES_ANNUL:
        yield Fact(interval.start, "pieces_requested", until=interval.start)
        if interval.end is not None:
            yield Fact(interval.end, "pieces_provided")
        return
    yield Fact(interval.start, "suspended")
    if interval.end is not None:
        yield Fact(interval.end, "resumed")
