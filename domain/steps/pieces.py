"""Pieces asked for and given, and the form corrected before it is examined: what each act on them makes happen."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from domain.calendar import Instant, civil
from domain.clock.history import annuls
from domain.days_in_words import day_in_figures
from domain.effects_of_silence import SILENCES
from domain.happened import Event, Events
from domain.refusals import Refused, not_now
from domain.steps.completeness_events import (
    Acknowledged,
    Completed,
    Corrected,
    PieceReceived,
    PiecesProvided,
    PiecesRequested,
    RequestedPiece,
)
from domain.steps.request_effect import moves_clock
from domain.worded import Sentence, Verbatim

if TYPE_CHECKING:
    from domain.dossier import Dossier
    from domain.steps.completeness import Completeness, Correct, ProvidePiece, RequestPieces


def ask(step: Completeness, dossier: Dossier, command: RequestPieces, at: Instant) -> PiecesRequested:
    """Ask for pieces of the plan, once each. Raises Refused."""
    refuse_when_settled(dossier, Sentence("Des pièces ne peuvent plus être demandées"))
    if not command.pieces:
        raise Refused("no_piece", "Aucune pièce n'est demandée.", what_to_do="Nommez au moins une pièce.")
    unknown = sorted(key for key in command.pieces if dossier.plan.piece(key) is None)
    if unknown:
        raise Refused(
            "unknown_piece",
            Sentence("La démarche ne connaît pas la pièce « {piece} ».", piece=Verbatim(unknown[0])),
            article="CRPA L114-5",
            what_to_do="Seules les pièces de la démarche peuvent être demandées.",
        )
    until = _until(step, dossier, command, civil(at))
    moves, why = moves_clock(dossier, command.pieces, civil(at), step.ask_within, step.article)
    pieces = tuple(
        RequestedPiece(key=key, reason=reason, reference=piece.reference)
        for key, reason in sorted(command.pieces.items())
        if (piece := dossier.plan.piece(key)) is not None
    )
    return PiecesRequested(
        effective=at,
        article=step.article,
        pieces=pieces,
        until=until,
        moves_clock=moves,
        why=why,
        replaces=True,
    )


def _until(step: Completeness, dossier: Dossier, command: RequestPieces, today: date) -> date:
    """The last day given: what was given for the same piece is never shortened. Raises Refused."""
    given = [request.until for request in dossier.awaiting() if set(request.keys) & set(command.pieces)]
    until = command.until or max([step.give.last_day(today), *given])
    if until <= today:
        raise Refused("until_too_early", "Le délai donné pour fournir les pièces doit finir après aujourd'hui.")
    if given and until < max(given):
        raise Refused(
            "until_too_early",
            Sentence(
                "Cette pièce est déjà demandée, jusqu'au {day} : le temps donné ne se raccourcit pas.",
                day=day_in_figures(max(given)),
            ),
            article=step.article,
            what_to_do="Donnez ce jour ou un jour plus lointain.",
        )
    return until


def acknowledge(step: Completeness, dossier: Dossier, at: Instant) -> Acknowledged:
    """A complete file, once. Raises Refused."""
    refuse_when_answered(dossier, Sentence("Le dossier ne peut plus faire l'objet d'un accusé de réception"))
    if dossier.acknowledged is not None:
        raise not_now("Le dossier complet a déjà fait l'objet d'un accusé de réception.")
    if dossier.complete is None or dossier.owed():
        raise not_now(
            "Le dossier n'est pas complet.",
            article=step.article,
            what_to_do="Demandez les pièces manquantes.",
        )
    return Acknowledged(effective=at, article=step.article)


def refuse_when_settled(dossier: Dossier, what: Sentence) -> None:
    """Nothing of a request is completed any more once it is decided, or granted by silence. Raises Refused."""
    if dossier.decision is not None or (dossier.silence is not None and dossier.silence.effect == "acceptance"):
        refuse_when_answered(dossier, what)


def refuse_when_answered(dossier: Dossier, what: Sentence) -> None:
    """Once the request has its answer, expressly or by silence. Raises Refused."""
    if dossier.decision is not None:
        raise not_now(Sentence("{what} : la décision est signée.", what=what))
    if dossier.silence is not None:
        day = day_in_figures(civil(dossier.silence.since))
        raise not_now(Sentence(SILENCES[dossier.silence.effect].since, what=what, day=day))


def receive(dossier: Dossier, command: ProvidePiece, at: Instant) -> Events:
    """One piece, and what it completes. Raises Refused."""
    refuse_when_settled(dossier, Sentence("Une pièce ne peut plus être ajoutée"))
    if dossier.plan.piece(command.piece) is None:
        raise Refused(
            "unknown_piece", Sentence("La démarche ne connaît pas la pièce « {piece} ».", piece=Verbatim(command.piece))
        )
    if not command.documents:
        raise Refused("no_document", "Aucun document n'est joint.", what_to_do="Envoyez d'abord le document.")
    given: list[Event] = [
        PieceReceived(
            effective=at,
            piece=command.piece,
            documents=command.documents,
            channel=command.channel,
            evidence=command.evidence,
        )
    ]
    received = {**dossier.received, command.piece: at}
    if _all_given(dossier, command.piece):
        asked = {key for request in dossier.requests for key in request.asked}
        given.append(PiecesProvided(effective=_last(received, asked, at), article="CRPA L114-5"))
    if dossier.complete is None and _competent(dossier) and not set(dossier.owed()) - {command.piece}:
        owed = {key for key in received if dossier.requires(key)}
        texts, last = ", ".join(dossier.plan.clock.reference), _last(received, owed, at)
        if annuls(dossier.plan.clock) and dossier.competent is not None:
            last = max(last, dossier.competent)
        given.append(Completed(effective=last, article=texts))
    return tuple(given)


def _competent(dossier: Dossier) -> bool:
    """Whether completing counts already: where silence accepts, only the competent authority's copy does (L114-3)."""
    return not annuls(dossier.plan.clock) or dossier.competent is not None


def _last(received: Mapping[str, Instant], keys: Collection[str], at: Instant) -> Instant:
    """When the last of those pieces arrived, whatever the order in which they were written down."""
    return max((received[key] for key in keys if key in received), default=at)


def _all_given(dossier: Dossier, piece: str) -> bool:
    """Whether, with `piece`, nothing is awaited that moved the clock; nothing at all where no request moved it."""
    requests = dossier.awaiting()
    moving = {key for r in requests if r.moves_clock for key in r.keys if dossier.requires(key)}
    awaited = moving or {key for request in requests for key in request.keys}
    return bool(awaited) and awaited <= {piece}


def correct(dossier: Dossier, command: Correct, at: Instant) -> Events:
    """Another form, and what it makes needless. Raises Refused."""
    refuse_when_answered(dossier, Sentence("Le formulaire ne peut plus être corrigé"))
    if dossier.agent is not None or dossier.assessed is not None:
        raise not_now(
            "L'examen de la demande a commencé : le formulaire ne peut plus être corrigé.",
            what_to_do="Écrivez un message au service.",
        )
    corrected: list[Event] = [Corrected(effective=at, form=command.form)]
    after = replace(dossier, form=command.form)
    if dossier.waits_for_pieces() and not after.waits_for_pieces():
        # What was asked for is not required of who answers so.
        corrected.append(PiecesProvided(effective=at, article="CRPA L114-5"))
    if dossier.complete is None and not after.owed():
        corrected.append(Completed(effective=at, article=", ".join(dossier.plan.clock.reference)))
    return tuple(corrected)
