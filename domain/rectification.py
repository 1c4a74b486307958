"""A signed decision put right: cancelled before it reached anybody, or its clerical error rectified after."""

from dataclasses import dataclass, replace
from typing import Annotated, ClassVar, Literal

from domain.act_fields import LONG, Says
from domain.actors import AGENTS
from domain.blank import is_blank
from domain.calendar import Instant
from domain.command import Command
from domain.dossier import Dossier
from domain.effect import Effect, email, letter, tell
from domain.event import THE_OFFICE, Event, Events, Shows
from domain.plan import Plan
from domain.refusals import Refused, not_now
from domain.sentence import N_, Sentence
from domain.states import DecisionState, Rectification

EFFECT = "CRPA L221-8"


@dataclass(frozen=True, slots=True, kw_only=True)
class CancelDecision(Command):
    """Cancel a decision signed by mistake, which nobody has been told; `reasons` are for the agents."""

    by = AGENTS
    label = N_("Annuler une décision signée et pas encore notifiée")
    signed = True
    when_closed = True

    reasons: Annotated[str, Says(N_("Ce qui a été signé par erreur"), most=LONG)]
    kind: Literal["cancel_decision"] = "cancel_decision"

    def happens(self, dossier: Dossier, at: Instant) -> Events:
        """Until somebody is told of it."""
        return (_cancelled(dossier, _signed(dossier), self, at),)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rectify(Command):
    """Rectify a clerical error: what was written, and what must be read instead. The decision stays what it is."""

    by = AGENTS
    label = N_("Rectifier une erreur de plume de la décision")
    signed = True
    when_closed = True
    writes = True

    error: Annotated[str, Says(N_("Ce qui est écrit par erreur"), most=LONG)]
    instead: Annotated[str, Says(N_("Ce qu'il faut lire"), most=LONG)]
    kind: Literal["rectify"] = "rectify"

    def happens(self, dossier: Dossier, at: Instant) -> Events:
        """Once the person has been told of it."""
        return (_rectified(dossier, _signed(dossier), self, at),)


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionCancelled(Event):
    """A signed decision that was not notified is no more: the request is still to be answered."""

    who: ClassVar[str] = THE_OFFICE
    follows: ClassVar[tuple[Effect, ...]] = (
        tell(
            "do_not_post",
            "une décision signée est annulée avant d'être notifiée : n'envoyez pas sa lettre. Si elle est déjà partie, "
            "dites-le à qui l'a signée.",
            "decision",
        ),
    )
    reasons: Annotated[str, Shows(N_("Ce qui a été signé par erreur"), "agents")]
    target: int
    kind: Literal["decision_cancelled"] = "decision_cancelled"

    def upon(self, dossier: Dossier) -> Dossier:
        """Nothing is signed."""
        if (decision := dossier.decision) is None:
            return dossier
        return replace(dossier, decision=None, cancelled=(*dossier.cancelled, decision))

    def in_french(self, plan: Plan) -> Sentence:
        """Not which one it was: nobody was told it."""
        del plan
        return Sentence("La décision signée est annulée avant d'être notifiée. La demande reste à l'examen.")


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionRectified(Event):
    """A clerical error of the decision `target` is put right; neither its sense nor any delay changes."""

    who: ClassVar[str] = THE_OFFICE
    follows: ClassVar[tuple[Effect, ...]] = (
        letter("rectification", N_("Rectification de la décision"), "decision", binding=True),
        email(
            "rectification",
            N_("Une erreur est rectifiée"),
            N_("Une lettre rectifie une erreur de plume. Elle ne change ni vos droits, ni vos délais."),
            "decision",
        ),
    )
    error: Annotated[str, Shows(N_("Il était écrit"))]
    instead: Annotated[str, Shows(N_("Il faut lire"))]
    target: int
    kind: Literal["decision_rectified"] = "decision_rectified"

    def upon(self, dossier: Dossier) -> Dossier:
        """The decision carries what must be read."""
        if (decision := dossier.decision) is None:
            return dossier
        made = Rectification(seq=dossier.seq, at=self.effective, error=self.error, instead=self.instead)
        return replace(dossier, decision=replace(decision, rectified=(*decision.rectified, made)))

    def in_french(self, plan: Plan) -> Sentence:
        """That it changes nothing else."""
        del plan
        return Sentence("Une erreur de plume de la décision est rectifiée : son sens et les délais ne changent pas.")


def _signed(dossier: Dossier) -> DecisionState:
    if dossier.decision is None or dossier.overtaken():
        raise not_now("Aucune décision n'est signée.")
    return dossier.decision


def _cancelled(dossier: Dossier, decision: DecisionState, command: CancelDecision, at: Instant) -> DecisionCancelled:
    if decision.notified is not None or dossier.notice_of(decision.seq) is not None:
        raise not_now(
            "La décision est notifiée, ou déjà à la disposition de la personne : elle ne peut plus être annulée ainsi.",
            article=EFFECT,
            what_to_do="Rectifiez son erreur de plume ou, si elle est favorable et illégale, retirez-la.",
        )
    due = dossier.silence_due()
    if dossier.plan.clock.stopped_by == "decision" and due is not None and due <= at and dossier.silence is None:
        # Cancelled now, it would let silence have decided in the past, and delays to contest run unknown to anybody.
        raise not_now(
            "Le délai est passé depuis sa signature : l'annuler ferait naître une décision du silence, dans le passé.",
            article=", ".join(dossier.plan.clock.reference),
            what_to_do="Notifiez-la ; une décision favorable et illégale se retire ensuite.",
        )
    if is_blank(command.reasons):
        raise Refused(
            "reasons_missing", "L'annulation dit pourquoi.", what_to_do="Écrivez ce qui a été signé par erreur."
        )
    return DecisionCancelled(effective=at, article=EFFECT, reasons=command.reasons, target=decision.seq)


def _rectified(dossier: Dossier, decision: DecisionState, command: Rectify, at: Instant) -> DecisionRectified:
    if decision.notified is None and dossier.notice_of(decision.seq) is None:
        raise not_now(
            "La décision n'est pas encore notifiée.", what_to_do="Annulez-la, puis signez-la à nouveau sans l'erreur."
        )
    if is_blank(command.error) or is_blank(command.instead):
        raise Refused("reasons_missing", "Écrivez ce qui a été écrit par erreur, et ce qu'il faut lire.")
    return DecisionRectified(effective=at, error=command.error, instead=command.instead, target=decision.seq)
