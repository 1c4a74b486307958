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
    SilenceTookEffect,
    SilenceVoided,
    Taken,
    TakenOver,
    Withdrawn,
)
from domain.happened import OfStep
from domain.lengthened import Extended, Resumed, Suspended
from domain.plan import Plan
from domain.steps.notice import deemed_after
from domain.steps.request_effect import why_asked
from domain.worded import N_, Listed, Sentence, Verbatim

CHANNELS = {
    "online": N_("en ligne"),
    "assisted": N_("avec l'aide d'un médiateur"),
    "system": N_("par un autre service"),
    "paper": N_("sur papier"),
    "counter": N_("au guichet"),
    "registered_mail": N_("par lettre recommandée"),
    "hand": N_("en main propre"),
    "electronic": N_("par voie électronique"),
}
ANSWERS = {
    "accepted": N_("Réponse à la proposition : acceptée."),
    "changes": N_("Réponse à la proposition : à modifier."),
    "refused": N_("La proposition est refusée : la demande est réputée refusée."),
}
SILENCE = {
    "acceptance": N_("Faute de réponse dans le délai, la demande est acceptée."),
    "rejection": N_("Faute de réponse dans le délai, la demande est rejetée. Une décision expresse reste possible."),
    "provisional": N_("Faute de décision notifiée dans le délai, l'aide est accordée à titre provisoire, au forfait."),
    "none": N_("Le délai est passé ; le silence n'a pas d'effet."),
}
AVAILABLE = {
    "proposal": N_("La proposition est mise à disposition en ligne."),
    "decision": N_("La décision est mise à disposition en ligne."),
    "revocation": N_("Le retrait de la décision est mis à disposition en ligne."),
}
READ = {
    "proposal": N_("La proposition est consultée pour la première fois."),
    "decision": N_("La décision est consultée pour la première fois."),
    "revocation": N_("Le retrait de la décision est consulté pour la première fois."),
}
DEEMED = {
    "proposal": N_(
        "La proposition n'a pas été consultée sous {delay} : elle est réputée reçue le jour de sa mise à disposition."
    ),
    "decision": N_(
        "La décision n'a pas été consultée sous {delay} : elle est réputée reçue le jour de sa mise à disposition."
    ),
    "revocation": N_(
        "Le retrait de la décision n'a pas été consulté sous {delay} : "
        "il est réputé reçu le jour de sa mise à disposition."
    ),
}


def sentence(event: Event, plan: Plan) -> Sentence:
    """What happened, in French, without names of people and without the article."""
    match event:
        case Filed() | ReceivedByCompetent() | Completed() | Acknowledged() | Corrected():
            return _filing(event)
        case PiecesRequested() | PieceReceived() | PiecesProvided() | PiecesLapsed():
            return _pieces(event, plan)
        case Proposed() | ProposalReceived() | ProposalAnswered() | ProposalSilent() | Assessed():
            return _examination(event)
        case NoticeAvailable() | NoticeRead() | NoticeDeemed() | Notified():
            return _notice(event, plan)
        case Decided() | SilenceTookEffect() | SilenceVoided() | Extended() | Suspended() | Resumed():
            return _decision(event, plan)
        case Taken() | TakenOver() | Withdrawn() | MessageSent():
            return _people(event)
        case OfStep():
            return event.in_french(plan)


def _how(event: Filed | ProposalReceived | Notified, alone: str, by: str, **places: str) -> Sentence:
    """The sentence `alone`, or `by` with its place `{how}` where the event says by which channel."""
    return Sentence(by, how=CHANNELS[event.channel], **places) if event.channel else Sentence(alone, **places)


def _filing(event: Filed | ReceivedByCompetent | Completed | Acknowledged | Corrected) -> Sentence:
    match event:
        case Filed(initially=elsewhere) if elsewhere:
            text = N_("La demande est reçue par une autre administration, qui nous la transmet : {elsewhere}.")
            return Sentence(text, elsewhere=Verbatim(elsewhere))
        case Filed():
            return _how(event, N_("La demande est déposée."), N_("La demande est déposée {how}."))
        case ReceivedByCompetent():
            return Sentence("L'autorité compétente a reçu la demande.")
        case Completed():
            return Sentence("Le dossier est complet.")
        case Acknowledged():
            return Sentence("Le service a accusé réception du dossier complet.")
        case Corrected():
            return Sentence("Le formulaire est corrigé avant l'examen.")


def _pieces(event: PiecesRequested | PieceReceived | PiecesProvided | PiecesLapsed, plan: Plan) -> Sentence:
    match event:
        case PiecesRequested():
            return Sentence(
                "Pièces demandées avant le {day} : {titles}. {why}",
                day=day_in_words(event.until),
                titles=Listed(_title(piece.key, plan) for piece in event.pieces),
                why=why_asked(event),
            )
        case PieceReceived():
            return Sentence("Pièce reçue : {title}.", title=_title(event.piece, plan))
        case PiecesProvided():
            return Sentence("Toutes les pièces demandées sont arrivées.")
        case PiecesLapsed():
            return Sentence("Le temps donné pour fournir les pièces est passé.")


def _title(key: str, plan: Plan) -> str:
    piece = plan.piece(key)
    return piece.title if piece is not None else Verbatim(key)


def _examination(event: Proposed | ProposalReceived | ProposalAnswered | ProposalSilent | Assessed) -> Sentence:
    match event:
        case Assessed():
            return Sentence("L'évaluation est faite.")
        case Proposed(final=True):
            return Sentence("Une proposition définitive est faite.")
        case Proposed():
            return Sentence("Une proposition est faite.")
        case ProposalReceived():
            return _how(
                event,
                N_("La proposition est reçue : le temps pour répondre court."),
                N_("La proposition est reçue {how} : le temps pour répondre court."),
            )
        case ProposalAnswered():
            return Sentence(ANSWERS[event.answer])
        case ProposalSilent():
            return Sentence("Faute de réponse à la proposition dans le délai, la demande est réputée refusée.")


def _notice(event: NoticeAvailable | NoticeRead | NoticeDeemed | Notified, plan: Plan) -> Sentence:
    match event:
        case NoticeAvailable():
            return Sentence(AVAILABLE[event.of])
        case NoticeRead():
            return Sentence(READ[event.of])
        case NoticeDeemed():
            return Sentence(DEEMED[event.of], delay=deemed_after(plan).in_words())
        case Notified():
            return _how(
                event,
                N_("La décision est notifiée le {day}."),
                N_("La décision est notifiée le {day} {how}."),
                day=day_in_words(civil(event.effective)),
            )


def _decision(
    event: Decided | SilenceTookEffect | SilenceVoided | Extended | Suspended | Resumed, plan: Plan
) -> Sentence:
    match event:
        case Decided():
            outcome = plan.outcome(event.outcome)
            title = outcome.title if outcome is not None else Verbatim(event.outcome)
            return Sentence("Décision signée : {title}.", title=title)
        case SilenceTookEffect():
            return Sentence(SILENCE[event.effect])
        case SilenceVoided():
            return Sentence("Un fait connu après coup montre que le silence n'avait pas pris effet.")
        case Extended():
            said = {"delay": event.by.in_words(), "reasons": Verbatim(event.reasons)}
            return Sentence("Le délai est prolongé de {delay} : {reasons}", **said)
        case Suspended():
            return Sentence("La procédure est suspendue : {reasons}", reasons=Verbatim(event.reasons))
        case Resumed():
            return Sentence("La procédure reprend.")


def _people(event: Taken | TakenOver | Withdrawn | MessageSent) -> Sentence:
    match event:
        case Taken():
            return Sentence("Un agent a pris le dossier en charge.")
        case TakenOver():
            return Sentence("La personne a repris le dossier à son nom.")
        case Withdrawn():
            return Sentence("La personne a retiré sa demande.")
        case MessageSent(sender="resident"):
            return Sentence("Message de la personne.")
        case MessageSent():
            return Sentence("Message du service.")
