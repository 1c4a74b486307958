"""Where the delay starts from the acknowledgement, what a corrected date does to the one that the law gives.

A choice of this product, which no text makes: the law's acknowledgement follows a corrected date until something that
counts for the delay is entered after the file was complete; a correction that would move it then is refused, and so is
one by which the law would have acknowledged before the authority did.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from domain.calendar import A_DAY, Delay, Instant, civil, midnight
from domain.days_in_words import day_in_figures
from domain.dossier import Dossier
from domain.due import Due
from domain.refusals import not_now
from domain.sentence import N_, Sentence
from domain.step import steps_of
from domain.steps.receptions import completions

DUE = "acknowledgement_due"
CAME_WITH_IT = frozenset({"filed", "received_by_competent", "complete"})
"""Facts of the clock that the receptions themselves date."""
CROSSED = N_(
    "Le délai part de l'accusé de réception. Avec cette date, il serait réputé donné le {day}. "
    "Or des actes qui comptent dans le délai sont déjà enregistrés."
)
INSTEAD = N_(
    "Laissez la date enregistrée et écrivez la bonne dans un message au dossier. Décidez avant que le délai finisse, "
    "compté de l'une et de l'autre date."
)


def moves(before: Dossier, after: Dossier, at: Instant) -> bool:
    """Whether that correction gives another day to the law's acknowledgement, or makes the law give one by now.

    Raises Refused where acts entered since depend on it.
    """
    given = before.acknowledged
    if given is None and after.owed():
        return False
    others = [new for old, new in zip(_last_days(before), _last_days(after), strict=True) if new != old]
    moved = next((new for new in others if by_law(before) or midnight(new + A_DAY) <= (given or at)), None)
    if moved is not None and _counted(before):
        raise not_now(Sentence(CROSSED, day=day_in_figures(moved)), article=_article(before), what_to_do=INSTEAD)
    return moved is not None


def by_law(dossier: Dossier) -> bool:
    """Whether the acknowledgement that stands is the law's, on the last day for the authority's."""
    return any(dossier.acknowledged == midnight(last) for last in _last_days(dossier)[-1:])


def follow(dossier: Dossier) -> frozenset[str]:
    """The facts of the clock that follow a corrected date."""
    return CAME_WITH_IT | ({"acknowledged"} if by_law(dossier) else frozenset())


def withdrawn(dossier: Dossier) -> Dossier:
    """Without its acknowledgement."""
    facts = tuple(each for each in dossier.facts if each.fact.kind != "acknowledged")
    return replace(dossier, acknowledged=None, facts=facts)


def due(dossier: Dossier, at: Instant) -> tuple[Due, ...]:
    """The law's acknowledgement, where its day has come."""
    dues = (each for step in steps_of(dossier.plan) for each in step.dues(dossier))
    return tuple(each for each in dues if each.kind == DUE and each.at <= at)


def _last_days(dossier: Dossier) -> tuple[date, ...]:
    """The last day to acknowledge a file each time it was complete, until it was; none where no delay starts so."""
    within: Delay | None = getattr(dossier.plan.step_of("completeness"), "acknowledge_within", None)
    if dossier.plan.clock.start != "acknowledged" or within is None:
        return ()
    given = next((each.seq for each in dossier.facts if each.fact.kind == "acknowledged"), dossier.seq)
    return tuple(within.last_day(civil(complete)) for complete in completions(dossier, given))


def _counted(dossier: Dossier) -> bool:
    """Whether something else that counts for the delay was entered once the file was complete, or ended the request."""
    since = next((each.seq for each in dossier.rests if each.completes), 0)
    facts = (each.seq for each in dossier.facts if each.fact.kind not in follow(dossier))
    entries = (*facts, *(each.seq for each in dossier.requests), *(each.seq for each in dossier.rests))
    ends = (dossier.withdrawn, dossier.renounced, dossier.transmission, dossier.revocation)
    return any(seq > since for seq in entries) or any(each is not None for each in ends)


def _article(dossier: Dossier) -> str:
    step = dossier.plan.step_of("completeness")
    return step.article if step is not None else ""
