"""Acts that belong to no step: file, take, write, withdraw, suspend, take over."""

from __future__ import annotations

from dataclasses import replace
from functools import reduce
from typing import TYPE_CHECKING

from domain.amended import CancelDecision, Rectify, amend
from domain.attestation import RequestAttestation, request_attestation
from domain.blank import is_blank
from domain.calendar import Instant, civil
from domain.ceased import CeaseDocument, cease
from domain.clock_history import annuls
from domain.commands import (
    Command,
    File,
    ReceiveAsCompetent,
    Resume,
    SendMessage,
    Settle,
    Suspend,
    Take,
    TakeOver,
    Withdraw,
)
from domain.contest import ConcludeAppeal, LodgeAppeal, contest
from domain.correction import CorrectDate, correct_date, reopens
from domain.days_in_words import day_in_figures
from domain.evolve import evolve
from domain.happened import Event, Events
from domain.lengthened import Resumed, Suspended
from domain.refusals import Refused
from domain.renunciation import HOW, Renounce, renounce
from domain.request_events import Filed, MessageSent, ReceivedByCompetent, Taken, TakenOver, Withdrawn
from domain.revocation import GiveObservations, IntendRevocation, Revoke
from domain.revoking import revoke
from domain.silence import SilenceVoided
from domain.steps.base import not_now
from domain.steps.completeness import Completeness
from domain.steps.completeness_events import Completed
from domain.steps.transmission import Transmit, transmit
from domain.worded import Sentence, Verbatim

if TYPE_CHECKING:
    from domain.dossier import Dossier
    from domain.plan import Plan
    from domain.silence import SilenceState


def decide_always(dossier: Dossier, command: Command, at: Instant) -> Events:
    """The events of an act that no step owns. Raises Refused."""
    when = command.effective or at
    match command:
        case File():
            return _with_request(dossier, _file(dossier, command, when, at), at)
        case Settle():
            return ()
        case SendMessage():
            return (_message(command, at),)
        case Take():
            return _take(dossier, command, at)
        case Withdraw():
            return (_withdraw(dossier, command, when),)
        case TakeOver():
            return _take_over(dossier, at)
        case Suspend() | Resume():
            return (_suspension(dossier, command, at),)
        case ReceiveAsCompetent():
            return _received_by_competent(dossier, command, when)
        case _:
            return _elsewhere(dossier, command, at)


def _file(dossier: Dossier, command: File, when: Instant, at: Instant) -> Events:
    if dossier.filed is not None:
        raise not_now("La demande est déjà déposée.")
    if command.competent is not None and command.competent < when:
        raise Refused("effective_too_early", "L'autorité compétente ne peut avoir reçu la demande avant son dépôt.")
    if command.competent is not None and command.competent > at:
        raise Refused("effective_in_future", "La date donnée est dans le futur.")
    plan = dossier.plan
    known = {piece.key for piece in plan.pieces}
    unknown = sorted(set(command.pieces) - known)
    if unknown:
        raise Refused(
            "unknown_piece", Sentence("La démarche ne connaît pas la pièce « {piece} ».", piece=Verbatim(unknown[0]))
        )
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
        events.append(ReceivedByCompetent(effective=competent, article="CRPA L114-3"))
    complete = _complete_at(plan, when, competent)
    if complete and all(piece.key in command.pieces for piece in plan.pieces if piece.required_for(command.form)):
        events.append(Completed(effective=complete, article=", ".join(plan.clock.reference)))
    return tuple(events)


def _complete_at(plan: Plan, filed: Instant, competent: Instant | None) -> Instant | None:
    """From when a complete file counts as such: where silence accepts, once the competent authority has it (L114-3)."""
    return competent if annuls(plan.clock) else filed


def _with_request(dossier: Dossier, filed: Events, at: Instant) -> Events:
    """What is missing is asked for in the acknowledgement, which leaves at `at` (CRPA R112-11-4)."""
    step = dossier.plan.step_of("completeness")
    if not isinstance(step, Completeness):
        return filed
    return filed + step.in_receipt(reduce(evolve, filed, dossier), at)


def _message(command: SendMessage, at: Instant) -> MessageSent:
    if is_blank(command.text):
        raise Refused("empty_message", "Le message est vide.", what_to_do="Écrivez un texte.")
    return MessageSent(effective=at, sender=command.sender, text=command.text)


def _take(dossier: Dossier, command: Take, at: Instant) -> Events:
    if dossier.agent == command.agent:
        raise not_now("Vous avez déjà pris ce dossier.")
    return (Taken(effective=at, article="CRPA L111-2", agent=command.agent, agent_name=command.agent_name),)


def _withdraw(dossier: Dossier, command: Withdraw, when: Instant) -> Withdrawn:
    if dossier.decision is not None:
        what_to_do = HOW if dossier.decision.favourable else ""
        raise not_now("La décision est signée : la demande ne peut plus être retirée.", what_to_do=what_to_do)
    silence = dossier.silence
    if silence is not None and when >= silence.since:
        raise _answered_by(silence)
    return Withdrawn(effective=when, reason=command.reason, channel=command.channel, evidence=command.evidence)


def _answered_by(silence: SilenceState) -> Refused:
    """Why a request that silence has answered cannot be withdrawn: a right would go, or nothing is left to withdraw."""
    day = day_in_figures(civil(silence.since))
    if silence.effect == "rejection":
        return not_now(
            Sentence("La demande est rejetée par le silence depuis le {day} : il n'y a plus rien à retirer.", day=day),
            article="CRPA L231-4",
            what_to_do="Vous pouvez contester ce rejet, ou n'en rien faire.",
        )
    return not_now(
        Sentence("Le silence a déjà accordé la demande, depuis le {day} : elle ne peut plus être retirée.", day=day),
        what_to_do=HOW,
    )


def _take_over(dossier: Dossier, at: Instant) -> Events:
    if dossier.came_by not in {None, "assisted"}:
        raise not_now("Aucun médiateur ne tient ce dossier : il est déjà à votre nom.")
    if dossier.taken_over is not None:
        raise not_now("Vous avez déjà repris ce dossier.")
    return (TakenOver(effective=at),)


def _suspension(dossier: Dossier, command: Suspend | Resume, at: Instant) -> Suspended | Resumed:
    if isinstance(command, Resume):
        if not dossier.suspended:
            raise not_now("La procédure n'est pas suspendue.")
        if dossier.decision is not None:
            raise not_now("La décision est signée : il n'y a plus rien à reprendre.", article="CRPA R113-6")
        return Resumed(effective=at, article="CRPA R113-6")
    if dossier.suspended or dossier.decision is not None or dossier.silence is not None:
        raise not_now("La procédure ne peut pas être suspendue maintenant.", article="CRPA R113-6")
    if is_blank(command.reasons):
        raise Refused("reasons_missing", "La suspension doit être motivée.", article="CRPA R113-6")
    return Suspended(effective=at, article="CRPA R113-6", reasons=command.reasons)


def _elsewhere(dossier: Dossier, command: Command, at: Instant) -> Events:
    """What files of their own decide."""
    match command:
        case Transmit():
            return transmit(dossier, command, at)
        case RequestAttestation():
            return request_attestation(dossier, command, at)
        case Renounce():
            return renounce(dossier, command, at)
        case CeaseDocument():
            return _cease(dossier, command, at)
        case CorrectDate():
            return _correct_date(dossier, command, at)
        case LodgeAppeal() | ConcludeAppeal():
            return contest(dossier, command, at)
        case CancelDecision() | Rectify():
            return amend(dossier, command, at)
        case IntendRevocation() | GiveObservations() | Revoke():
            return revoke(dossier, command, at)
        case _:
            raise not_now("Cette démarche ne prévoit pas cet acte.")


def _correct_date(dossier: Dossier, command: CorrectDate, at: Instant) -> Events:
    """The right date; a proposal received later than was thought may still be answered."""
    corrected = correct_date(dossier, command, at)
    if not reopens(dossier, corrected, at):
        return (corrected,)
    article, cause = corrected.article, dossier.seq + 1
    return (corrected, SilenceVoided(effective=at, cause=cause, article=article, of="proposal", corrected=True))


def _cease(dossier: Dossier, command: CeaseDocument, at: Instant) -> Events:
    """A document is no more; the piece that it alone answered is asked for anew."""
    ceased, step = cease(dossier, command, at), dossier.plan.step_of("completeness")
    request = step.asked_anew(evolve(dossier, ceased), ceased, at) if isinstance(step, Completeness) else None
    return (ceased,) if request is None else (replace(ceased, asked_anew=True), request)


def _received_by_competent(dossier: Dossier, command: ReceiveAsCompetent, when: Instant) -> Events:
    if dossier.competent is not None:
        raise not_now("L'autorité compétente a déjà reçu la demande.", article="CRPA L114-3")
    received: list[Event] = [
        ReceivedByCompetent(effective=when, article="CRPA L114-3", channel=command.channel, evidence=command.evidence)
    ]
    if dossier.complete is None and not dossier.owed():
        received.append(Completed(effective=when, article=", ".join(dossier.plan.clock.reference)))
    return tuple(received)
