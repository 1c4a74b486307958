"""What may still be done against a decision, before whom, and until which day: for the decision's page and letter."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from domain.appeal_period import (
    JUDGE,
    Attackable,
    Period,
    against_the_present,
    attackable,
    period_of,
)
from domain.calendar import Instant, civil
from domain.citations import cited
from domain.days_in_words import day_in_words
from domain.dossier import Dossier
from domain.plan import Appeal
from domain.sentence import Sentence
from domain.states import AppealState

State = Literal["open", "waits", "pending", "over"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Remedy:
    """One way to contest, as it stands on a day.

    `open` until `until` (None: nothing runs out yet); `waits` for another way that must come first; `pending`, lodged
    and not answered; `over`. The sentence says from which day its time counts.
    """

    kind: str
    title: str
    before: str
    state: State
    until: date | None
    sentence: Sentence
    article: str


def remedies(dossier: Dossier, at: Instant) -> tuple[Remedy, ...]:
    """Every way that the plan knows, in the order in which they are taken; none while nothing can be attacked."""
    found = attackable(dossier)
    if found is None:
        return ()
    ways = sorted(dossier.plan.appeals, key=lambda way: not way.mandatory_first)
    return tuple(_remedy(dossier, way, found, civil(at)) for way in ways)


def _remedy(dossier: Dossier, way: Appeal, found: Attackable, today: date) -> Remedy:
    appeals = against_the_present(dossier)
    own = next((each for each in appeals if each.of == way.kind), None)
    if own is not None:
        return _lodged(way, own)
    pending = next((each for each in appeals if each.in_time and each.ended is None), None)
    if way.kind in JUDGE and pending is not None:
        return _made(way, "waits", None, Sentence("Le délai repartira en entier à la réponse au recours en cours."))
    first = next((each for each in dossier.plan.appeals if each.mandatory_first and each.kind != way.kind), None)
    if first is not None and not any(each.of == first.kind for each in appeals):
        return _made(
            way, "waits", None, Sentence("Il ne peut être fait qu'après ce recours : {title}.", title=first.title)
        )
    return _timed(way, period_of(dossier, way, found), today)


def _timed(way: Appeal, period: Period, today: date) -> Remedy:
    until, why = period.until, period.why
    if until is None:
        return _made(way, "open", None, Sentence("Vous pouvez le faire. {why}", why=why), period.article)
    said = {"day": day_in_words(until), "why": why}
    if period.over(today):
        return _made(way, "over", until, Sentence("Le délai est passé depuis le {day}. {why}", **said), period.article)
    return _made(way, "open", until, Sentence("Vous pouvez le faire jusqu'au {day}. {why}", **said), period.article)


def _lodged(way: Appeal, own: AppealState) -> Remedy:
    day = day_in_words(civil(own.lodged))
    if own.answered is None:
        return _made(way, "pending", None, Sentence("Fait le {day} ; la réponse est attendue.", day=day))
    answered = day_in_words(own.answered)
    return _made(way, "over", None, Sentence("Fait le {day} ; répondu le {answered}.", day=day, answered=answered))


def _made(way: Appeal, state: State, until: date | None, sentence: Sentence, counts_by: str = "") -> Remedy:
    """`counts_by` is the text that says from which day it counts, where the way's own do not."""
    texts = (*way.reference, counts_by) if counts_by and counts_by not in way.reference else way.reference
    article = cited(texts, way.confidence)
    return Remedy(
        kind=way.kind, title=way.title, before=way.before, state=state, until=until, sentence=sentence, article=article
    )
