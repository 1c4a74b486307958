"""Until which day a right that was given may be withdrawn, on which ground (CRPA L241-2, L242-1 to L242-5)."""

from dataclasses import dataclass
from datetime import date, timedelta

from domain.calendar import Delay, civil, midnight
from domain.dossier import Dossier
from domain.due import Due
from domain.revocation_events import LAPSES, RevocationLapsed
from domain.states import Ground, Taken

TO_WITHDRAW = Delay(months=4)
"""How long an illegal decision that gave a right may be withdrawn, from the day it was taken (CRPA L242-1, L242-3)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """What a ground asks: within `TO_WITHDRAW` or not, the person heard first or asking for it."""

    article: str
    timed: bool = False
    asked: bool = False


RULES: dict[Ground, Rule] = {
    "illegal": Rule(article="CRPA L242-1", timed=True),
    "fraud": Rule(article="CRPA L241-2"),
    "conditions": Rule(article="CRPA L242-2"),
    "asked": Rule(article="CRPA L242-3", timed=True, asked=True),
    "better": Rule(article="CRPA L242-4", asked=True),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Revocable:
    """A right that was given: by a decision or by silence, and the day from which `TO_WITHDRAW` counts."""

    taken: Taken
    since: date

    @property
    def until(self) -> date:
        """The last day on which an illegal one may be withdrawn."""
        return TO_WITHDRAW.last_day(self.since)


def revocable(dossier: Dossier) -> Revocable | None:
    """What there is to withdraw now; None when no right was given, or nobody has been told of it.

    An acceptance by silence bears the last day of its delay (docs/law/delais.md).
    """
    if dossier.withdrawn is not None or dossier.transmission is not None or dossier.renounced is not None:
        return None
    decision, silence = dossier.decision, dossier.silence
    if decision is not None and not decision.favourable and not dossier.overtaken():
        return None
    days = []
    taken: Taken = "silence"
    if silence is not None and silence.effect == "acceptance":
        days.append(silence.dated)
    if decision is not None and decision.favourable:
        told = decision.notified is not None or dossier.notice_of(decision.seq) is not None
        days += [civil(decision.signed)] if told else []
        taken = "decision" if told else taken
    return Revocable(taken=taken, since=min(days)) if days else None


def appealed(dossier: Dossier) -> bool:
    """Whether a mandatory appeal against it is pending: until it is answered, a withdrawal is possible (L242-5)."""
    first = {way.kind for way in dossier.plan.appeals if way.mandatory_first}
    return any(each.of in first and each.in_time and each.ended is None for each in dossier.appeals)


def lapses(dossier: Dossier) -> tuple[Due, ...]:
    """The end of a withdrawal that is only thought of: with `TO_WITHDRAW`, or as long after its letter.

    No text ends the second; but nobody is left for ever under a threat (à confirmer).
    """
    said, given = dossier.intended, revocable(dossier)
    if said is None:
        return ()
    rule, last = RULES[said.ground], TO_WITHDRAW.last_day(civil(said.since))
    if rule.timed and given is not None and not appealed(dossier):
        last = max(given.until, said.until)
    at = midnight(last + timedelta(days=1))
    lapsed = RevocationLapsed(effective=at, article=rule.article)
    return (Due(what=LAPSES, at=at, events=(lapsed,), article=rule.article, cause=said.seq),)
