"""A request reaches the counter: complete or not, first received elsewhere or not (CRPA R112-11-1, L114-3)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import reduce
from typing import Annotated, Any, Literal
from uuid import UUID

from domain.act_fields import Says
from domain.actors import AGENTS, PERSONS, SYSTEMS, ActorKind
from domain.calendar import Instant
from domain.clock.history import annuls
from domain.command import Command
from domain.dossier import Dossier
from domain.event import Event, Events
from domain.evolve import evolve
from domain.plan import Plan
from domain.refusals import Refused, not_now
from domain.request_events import Filed, ReceivedByCompetent
from domain.sentence import N_, Sentence, Verbatim
from domain.steps.completeness import Completeness
from domain.steps.completeness_events import Completed

ELSEWHERE = "CRPA L114-3"


@dataclass(frozen=True, slots=True, kw_only=True)
class File(Command):
    """File the request; the form has been validated against the plan's form. An agent enters a paper filing.

    `initially` names the administration that first received it, when that was not the competent one (CRPA L114-3);
    `competent` is then when the competent one did, None while that is not known.
    """

    by = PERSONS | SYSTEMS | AGENTS
    label = N_("Déposer la demande")
    may_be_late = True

    form: Mapping[str, Any]
    pieces: Mapping[str, tuple[UUID, ...]] = field(default_factory=dict)
    electronic_notice: bool = False
    initially: Annotated[str, Says(N_("Laquelle"), ELSEWHERE)] = ""
    competent: Annotated[Instant | None, Says(N_("Jour et heure où nous l'avons reçu"))] = None
    effective: Annotated[Instant | None, Says(N_("Jour et heure de réception"), N_("À l'heure de Paris."))] = None
    confirmed: Annotated[bool, Says(N_("Cette date a plus d'un an : je l'ai vérifiée, et la confirme"))] = False
    kind: Literal["file"] = "file"

    def happens(self, dossier: Dossier, at: Instant) -> Events:
        """What is missing is asked for in the acknowledgement, which leaves at `at` (CRPA R112-11-4)."""
        filed, step = _filed(dossier, self, at), dossier.plan.step_of("completeness")
        if not isinstance(step, Completeness):
            return filed
        return filed + step.in_receipt(reduce(evolve, filed, dossier), at)

    @classmethod
    def probe(cls, dossier: Dossier, by: ActorKind) -> None:
        """A dossier that is shown is filed."""
        del dossier, by

    @classmethod
    def fork_defaults(cls, dossier: Dossier, given: Mapping[str, Any], by: ActorKind, at: Instant) -> Mapping[str, Any]:
        """By the same form."""
        del given, by, at
        return {"form": dossier.form}


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiveAsCompetent(Command):
    """Record the reception by the competent authority (CRPA L114-3)."""

    by = AGENTS
    label = N_("Enregistrer la réception par l'autorité compétente")
    may_be_late = True

    kind: Literal["receive_as_competent"] = "receive_as_competent"

    def happens(self, dossier: Dossier, at: Instant) -> Events:
        """Once; a file that was complete before is so from then, one whose last piece came later from that piece."""
        if dossier.competent is not None:
            raise not_now("L'autorité compétente a déjà reçu la demande.", article=ELSEWHERE)
        when = self.effective or at
        received: list[Event] = [
            ReceivedByCompetent(effective=when, article=ELSEWHERE, channel=self.channel, evidence=self.evidence)
        ]
        if dossier.complete is None and not dossier.owed():
            keys = tuple(sorted(key for key in dossier.received if dossier.requires(key)))
            last = max([when, *(dossier.received[key] for key in keys)])
            received.append(Completed(effective=last, article=", ".join(dossier.plan.clock.reference), rests_on=keys))
        return tuple(received)


def _filed(dossier: Dossier, command: File, at: Instant) -> Events:
    plan, when = dossier.plan, command.effective or at
    _refuse(dossier, command, when, at)
    events: list[Event] = [
        Filed(
            effective=when,
            article="CRPA R112-11-1",
            form=command.form,
            pieces=command.pieces,
            electronic_notice=command.electronic_notice,
            channel=command.channel,
            evidence=command.evidence,
            initially=command.initially,
            came_by=command.channel,
        )
    ]
    competent = command.competent if command.initially else when
    if competent is not None:
        events.append(ReceivedByCompetent(effective=competent, article=ELSEWHERE))
    complete = _complete_at(plan, when, competent)
    if complete and all(piece.key in command.pieces for piece in plan.pieces if piece.required_for(command.form)):
        events.append(Completed(effective=complete, article=", ".join(plan.clock.reference)))
    return tuple(events)


def _refuse(dossier: Dossier, command: File, when: Instant, at: Instant) -> None:
    if dossier.filed is not None:
        raise not_now("La demande est déjà déposée.")
    if command.competent is not None and command.competent < when:
        raise Refused("effective_too_early", "L'autorité compétente ne peut avoir reçu la demande avant son dépôt.")
    if command.competent is not None and command.competent > at:
        raise Refused("effective_in_future", "La date donnée est dans le futur.")
    unknown = sorted(set(command.pieces) - {piece.key for piece in dossier.plan.pieces})
    if unknown:
        raise Refused(
            "unknown_piece", Sentence("La démarche ne connaît pas la pièce « {piece} ».", piece=Verbatim(unknown[0]))
        )


def _complete_at(plan: Plan, filed: Instant, competent: Instant | None) -> Instant | None:
    """From when a complete file counts as such: where silence accepts, once the competent authority has it (L114-3)."""
    return competent if annuls(plan.clock) else filed
