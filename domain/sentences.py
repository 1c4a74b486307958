"""Each event as one French sentence that a citizen understands; the article is told apart."""

from __future__ import annotations

from domain.calendar import civil
from domain.days_in_words import day_in_words
from domain.events import (
    Acknowledged,
    Assessed,
    Completed,
    Corrected,
    Decided,
    Event,
    Extended,
    Filed,
    MessageSent,
    NoticeAvailable,
    NoticeDeemed,
    NoticeRead,
    Notified,
    PieceReceived,
    PiecesLapsed,
    PiecesProvided,
    PiecesRequested,
    ProposalAnswered,
    ProposalReceived,
    ProposalSilent,
    Proposed,
    ReceivedByCompetent,
    Resumed,
    SilenceTookEffect,
    SilenceVoided,
    Suspended,
    Taken,
    TakenOver,
    Withdrawn,
)
from domain.happened import OfStep
from domain.plan import Plan

CHANNELS = {
    "online": "en ligne",
    "assisted": "avec l'aide d'un médiateur",
    "system": "par un autre service",
    "paper": "sur papier",
    "counter": "au guichet",
    "registered_mail": "par lettre recommandée",
    "hand": "en main propre",
    "electronic": "par voie électronique",
}
ANSWERS = {"accepted": "acceptée", "changes": "à modifier", "refused": "refusée"}
SILENCE = {
    "acceptance": "Faute de réponse dans le délai, la demande est acceptée.",
    "rejection": "Faute de réponse dans le délai, la demande est rejetée. Une décision expresse reste possible.",
    "provisional": "Faute de décision notifiée dans le délai, l'aide est accordée à titre provisoire, au forfait.",
    "none": "Le délai est passé ; le silence n'a pas d'effet.",
}
NOTICE = {"proposal": "La proposition", "decision": "La décision"}


def sentence(event: Event, plan: Plan) -> str:
    """What happened, in French, without names of people and without the article."""
    match event:
        case Filed() | ReceivedByCompetent() | Completed() | Acknowledged() | Corrected():
            return _filing(event)
        case PiecesRequested() | PieceReceived() | PiecesProvided() | PiecesLapsed():
            return _pieces(event, plan)
        case Proposed() | ProposalReceived() | ProposalAnswered() | ProposalSilent() | Assessed():
            return _examination(event)
        case NoticeAvailable() | NoticeRead() | NoticeDeemed() | Notified():
            return _notice(event)
        case Decided() | SilenceTookEffect() | SilenceVoided() | Extended() | Suspended() | Resumed():
            return _decision(event, plan)
        case Taken() | TakenOver() | Withdrawn() | MessageSent():
            return _people(event)
        case OfStep():
            return event.in_french(plan)


def _by(event: Event) -> str:
    return f" {CHANNELS[event.channel]}" if event.channel else ""


def _filing(event: Filed | ReceivedByCompetent | Completed | Acknowledged | Corrected) -> str:
    match event:
        case Filed(initially=elsewhere) if elsewhere:
            return f"La demande est reçue par une autre administration, qui nous la transmet : {elsewhere}."
        case Filed():
            return f"La demande est déposée{_by(event)}."
        case ReceivedByCompetent():
            return "L'autorité compétente a reçu la demande."
        case Completed():
            return "Le dossier est complet."
        case Acknowledged():
            return "Le service a accusé réception du dossier complet."
        case Corrected():
            return "Le formulaire est corrigé avant l'examen."


def _pieces(event: PiecesRequested | PieceReceived | PiecesProvided | PiecesLapsed, plan: Plan) -> str:
    match event:
        case PiecesRequested():
            titles = ", ".join(_title(piece.key, plan) for piece in event.pieces)
            return f"Pièces demandées avant le {day_in_words(event.until)} : {titles}. {event.why}"
        case PieceReceived():
            return f"Pièce reçue : {_title(event.piece, plan)}."
        case PiecesProvided():
            return "Toutes les pièces demandées sont arrivées."
        case PiecesLapsed():
            return "Le temps donné pour fournir les pièces est passé."


def _title(key: str, plan: Plan) -> str:
    piece = plan.piece(key)
    return piece.title if piece is not None else key


def _examination(event: Proposed | ProposalReceived | ProposalAnswered | ProposalSilent | Assessed) -> str:
    match event:
        case Assessed():
            return "L'évaluation est faite."
        case Proposed():
            return "Une proposition définitive est envoyée." if event.final else "Une proposition est envoyée."
        case ProposalReceived():
            return f"La proposition est reçue{_by(event)} : le temps pour répondre court."
        case ProposalAnswered(answer="refused"):
            return "La proposition est refusée : la demande est réputée refusée."
        case ProposalAnswered():
            return f"Réponse à la proposition : {ANSWERS[event.answer]}."
        case ProposalSilent():
            return "Faute de réponse à la proposition dans le délai, la demande est réputée refusée."


def _notice(event: NoticeAvailable | NoticeRead | NoticeDeemed | Notified) -> str:
    match event:
        case NoticeAvailable():
            return f"{NOTICE[event.of]} est mise à disposition en ligne."
        case NoticeRead():
            return f"{NOTICE[event.of]} est consultée pour la première fois."
        case NoticeDeemed():
            unread = f"{NOTICE[event.of]} n'a pas été consultée sous quinze jours"
            return f"{unread} : elle est réputée reçue le jour de sa mise à disposition."
        case Notified():
            return f"La décision est notifiée le {day_in_words(civil(event.effective))}{_by(event)}."


def _decision(event: Decided | SilenceTookEffect | SilenceVoided | Extended | Suspended | Resumed, plan: Plan) -> str:
    match event:
        case Decided():
            outcome = plan.outcome(event.outcome)
            return f"Décision signée : {outcome.title if outcome else event.outcome}."
        case SilenceTookEffect():
            return SILENCE[event.effect]
        case SilenceVoided():
            return "Un fait connu après coup montre que le silence n'avait pas pris effet."
        case Extended():
            return f"Le délai est prolongé de {event.by.in_words()} : {event.reasons}"
        case Suspended():
            return f"La procédure est suspendue : {event.reasons}"
        case Resumed():
            return "La procédure reprend."


def _people(event: Taken | TakenOver | Withdrawn | MessageSent) -> str:
    match event:
        case Taken():
            return "Un agent a pris le dossier en charge."
        case TakenOver():
            return "La personne a repris le dossier à son nom."
        case Withdrawn():
            return "La personne a retiré sa demande."
        case MessageSent():
            return "Message de la personne." if event.sender == "resident" else "Message du service."
