"""From which day each way to contest the present decision counts, and until when it is open (docs/law/delais.md)."""

from dataclasses import dataclass
from datetime import date

from domain.calendar import civil, ended_by
from domain.days_in_words import day_in_words
from domain.dossier import Dossier
from domain.plan import Appeal, Plan
from domain.sentence import N_, Sentence
from domain.states import AppealState

JUDGE = frozenset({"tribunal-administratif", "tribunal-judiciaire"})
NOBODY_BARRED = N_("Aucun délai ne court contre vous tant qu'aucune décision expresse ne vous est notifiée.")
NOTIFIED = N_("jour de la notification de la décision")
REVOKED = N_("jour de la notification du retrait")
REJECTED = N_("date du rejet par le silence")
DEEMED = N_("jour où la demande est réputée refusée")
ANSWERED = N_("jour de la réponse au recours")


@dataclass(frozen=True, slots=True, kw_only=True)
class Attackable:
    """What may be attacked: the day `since` which that counts, what that day is, and the text that says so."""

    since: date
    day: str
    article: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """The time to take one way. `until` is None while nothing runs out (CJA R421-3); `why` says what it counts from."""

    until: date | None
    why: Sentence
    article: str

    def over(self, today: date) -> bool:
        """Whether it has run out."""
        return self.until is not None and today > self.until


def attackable(dossier: Dossier) -> Attackable | None:
    """The present decision, as an appeal finds it; None while there is nothing to attack.

    An express decision counts from its notification (CJA R421-1), an implied one from its date (R421-2); a request
    deemed refused, by its silent or negative answer to the proposal, from that day (CASF R232-7).
    """
    if dossier.deemed_refused:
        return _deemed(dossier)
    decision, implied = dossier.decision, implied_rejection(dossier)
    if decision is not None and decision.notified is not None and not dossier.overtaken():
        return Attackable(since=civil(decision.notified), day=NOTIFIED, article="CJA R421-1")
    if implied is not None:
        return implied
    taken = dossier.revocation
    if decision is None and dossier.silence is None and taken is not None and taken.notified is not None:
        return Attackable(since=civil(taken.notified), day=REVOKED, article="CJA R421-1")
    return None


def implied_rejection(dossier: Dossier) -> Attackable | None:
    """The rejection that silence made, whatever was decided since."""
    silence = dossier.silence
    if silence is None or silence.effect != "rejection":
        return None
    return Attackable(since=silence.dated, day=REJECTED, article="CJA R421-2")


def period_of(dossier: Dossier, way: Appeal, found: Attackable) -> Period:
    """The time to take that way against the present decision.

    A refusal notified once the rejection by silence may no longer be attacked only confirms it: nothing is open again
    (CJA R421-2). Where an assembly or another collegial body decides, silence bars nobody (CJA R421-3).
    """
    implied, decision = implied_rejection(dossier), dossier.decision
    if implied is None or decision is None or decision.favourable or found == implied:
        return _running(dossier, way, found)
    first = _running(dossier, way, implied)
    if not first.over(found.since):
        return _running(dossier, way, found)
    why = Sentence(
        "Le refus notifié le {day} confirme le rejet par le silence et ne rouvre pas le délai.",
        day=day_in_words(found.since),
    )
    return Period(until=first.until, why=why, article="CJA R421-2")


def confirms(dossier: Dossier, today: date) -> date | None:
    """The date of the rejection by silence that a refusal notified today, or already, would only confirm."""
    implied = implied_rejection(dossier)
    if implied is None or not dossier.plan.appeals or (dossier.decision is not None and dossier.decision.favourable):
        return None
    told = dossier.decision.notified if dossier.decision is not None else None
    day = civil(told) if told is not None else today
    over = all(_running(dossier, way, implied).over(day) for way in dossier.plan.appeals)
    return implied.since if over else None


def by_an_assembly(plan: Plan) -> bool:
    """Whether an assembly decides, by its vote."""
    return plan.step_of("vote") is not None


def counted(way: Appeal, found: Attackable) -> Period:
    """The way's own delay, from that day."""
    why = Sentence(
        "Le délai de {delay} court du {since}, {what}.",
        delay=way.within.in_words(),
        since=day_in_words(found.since),
        what=found.day,
    )
    # The code of administrative justice counts the court's time; the other ways have texts of their own.
    article = found.article if way.kind in JUDGE or not found.article.startswith("CJA") else ""
    return Period(until=way.within.for_a_resident(found.since), why=why, article=article)


def against_the_present(dossier: Dossier) -> tuple[AppealState, ...]:
    """The appeals against what stands now: a withdrawal opens its own, whatever was lodged before it."""
    since = dossier.revocation.seq if dossier.revocation is not None else 0
    return tuple(each for each in dossier.appeals if each.seq > since)


def _running(dossier: Dossier, way: Appeal, found: Attackable) -> Period:
    """An appeal in time interrupts the court's period, which runs again, whole, from its answer (CRPA L411-2)."""
    if found.day == REJECTED and by_an_assembly(dossier.plan):
        return Period(until=None, why=Sentence(NOBODY_BARRED), article="CJA R421-3")
    interrupting = [each for each in against_the_present(dossier) if each.in_time and way.kind in JUDGE]
    if any(each.answered is None for each in interrupting):
        why = Sentence("Le délai repartira en entier à la réponse au recours en cours.")
        return Period(until=None, why=why, article="CRPA L411-2")
    last = max((each.answered for each in interrupting if each.answered is not None), default=found.since)
    return counted(way, found if last <= found.since else Attackable(since=last, day=ANSWERED, article="CRPA L411-2"))


def _deemed(dossier: Dossier) -> Attackable | None:
    proposal = dossier.proposal
    if proposal is None or proposal.answered is None:
        return None
    day = ended_by(proposal.answered) if proposal.silent else civil(proposal.answered)
    return Attackable(since=day, day=DEEMED, article="CASF R232-7")
