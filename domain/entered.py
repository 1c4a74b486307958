"""Which dates of a dossier somebody entered by hand, and between which instants each may be."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Literal

from domain.calendar import Instant, civil, midnight
from domain.days_in_words import day_in_figures
from domain.dossier import Dossier
from domain.refusals import Refused, not_now
from domain.sentence import N_, Sentence, Verbatim
from domain.states import Arrival, PaymentState
from domain.steps.deemed_acknowledgement import follow

Of = Literal["filing", "piece", "proposal", "decision", "payment"]
Which = tuple[Of, str]
"""A date, and the key of its piece or of its part where there are several."""
ESTABLISHED = frozenset({"online", "assisted", "system"})
"""Ways to file whose date nobody entered."""
OURS = N_("Cette date a été établie par le guichet lui-même : elle ne se corrige pas.")
BEFORE = N_("La date donnée précède ce qui a été reçu ce jour-là.")
TOO_EARLY: dict[Of, str] = {"payment": N_("Un paiement ne peut être fait avant d'avoir été ordonné.")}


def every(dossier: Dossier) -> Iterator[Which]:
    """Every date that may have been entered, the last to happen first."""
    yield from (("payment", each.part) for each in reversed(dossier.payments))
    yield from (("decision", ""), ("proposal", ""))
    yield from (("piece", key) for key in dossier.received)
    yield ("filing", "")


def entered(dossier: Dossier, which: Which) -> Instant:
    """The date that stands, when somebody entered it. Raises Refused."""
    of, key = which
    if of == "piece":
        return _arrived(dossier, key)
    decision, proposal = dossier.decision, dossier.proposal
    subject = {"proposal": proposal, "decision": decision}.get(of)
    notice = dossier.notice_of(subject.seq) if subject is not None else None
    payment = _payment(dossier, key)
    stands: dict[Of, Instant | None] = {
        "filing": dossier.filed,
        "proposal": proposal.received if proposal is not None else None,
        "decision": decision.notified if decision is not None else None,
        "payment": payment.paid if payment is not None else None,
    }
    found = stands[of]
    if found is None:
        raise not_now("Cette date n'est pas encore enregistrée : il n'y a rien à corriger.")
    by_notice = notice is not None and not notice.pending and found in {notice.read, notice.available}
    if by_notice or (of == "filing" and dossier.came_by in ESTABLISHED):
        raise not_now(OURS)
    return found


def refuse_out_of_bounds(dossier: Dossier, which: Which, on: Instant, at: Instant) -> None:
    """The date comes after what it is the reception of, and before what followed it. Raises Refused."""
    of, key = which
    if of == "piece":
        _refuse_for_a_piece(dossier, dossier.arrivals[key], on)
        return
    earliest, latest = _bounds(dossier, which, at)
    if earliest is not None and on < earliest:
        raise Refused("effective_too_early", TOO_EARLY.get(of, BEFORE))
    if on > latest:
        raise Refused(
            "effective_in_future",
            Sentence(
                "La date donnée vient après un acte du {day}, qui suppose cette réception.",
                day=day_in_figures(civil(latest)),
            ),
        )


def _arrived(dossier: Dossier, key: str) -> Instant:
    """When that piece last arrived, by post or by hand. Raises Refused."""
    if dossier.plan.piece(key) is None:
        raise Refused(
            "unknown_piece",
            Sentence("La démarche ne connaît pas la pièce « {piece} ».", piece=Verbatim(key)),
            what_to_do="Dites de quelle pièce la date est à corriger.",
        )
    found, arrival, revoked = dossier.received.get(key), dossier.arrivals.get(key), dossier.revocation
    if found is None and key in dossier.pieces:
        raise not_now(
            "Cette pièce est arrivée avec la demande : elle en a la date.",
            what_to_do="Corrigez la date de réception de la demande.",
        )
    if found is None:
        raise not_now("Cette date n'est pas encore enregistrée : il n'y a rien à corriger.")
    if arrival is None:
        raise not_now("Le guichet ne retenait pas encore par quelle voie une pièce arrive : la date de celle-ci reste.")
    if not arrival.by_hand:
        raise not_now("Cette pièce a été donnée en ligne : le guichet en a lui-même établi la date.")
    if revoked is not None and arrival.seq < revoked.seq:
        raise not_now("La décision a été retirée depuis : les délais ne dépendent plus de la date de cette pièce.")
    return found


def _refuse_for_a_piece(dossier: Dossier, arrival: Arrival, on: Instant) -> None:
    if dossier.filed is not None and on < dossier.filed:
        raise Refused("effective_too_early", "La date donnée précède le dépôt de la demande.")
    if on > arrival.entered:
        raise Refused(
            "effective_in_future",
            Sentence(
                "La date donnée vient après le {day}, jour où la pièce a été enregistrée.",
                day=day_in_figures(civil(arrival.entered)),
            ),
        )


def _payment(dossier: Dossier, part: str) -> PaymentState | None:
    return next((each for each in dossier.payments if each.part == part), None)


def _bounds(dossier: Dossier, which: Which, at: Instant) -> tuple[Instant | None, Instant]:
    proposal, decision, payment = dossier.proposal, dossier.decision, _payment(dossier, which[1])
    if which[0] == "payment" and payment is not None:
        return payment.ordered, at
    if which[0] == "decision" and decision is not None:
        return decision.signed, at
    if which[0] == "proposal" and proposal is not None:
        return proposal.sent, proposal.answered if proposal.answer is not None and proposal.answered else at
    followed = [_end_of(each.fact.on) for each in dossier.facts if each.fact.kind not in follow(dossier)]
    signed = [decision.signed] if decision is not None else []
    asked = [proposal.sent] if proposal is not None else []
    assessed = [dossier.assessed] if dossier.assessed is not None else []
    return None, min([at, *followed, *signed, *asked, *assessed])


def _end_of(day: date) -> Instant:
    """Its last instant: what happened that day may have come before, or after, a fact of the same day."""
    return midnight(day + timedelta(days=1)) - timedelta(microseconds=1)
