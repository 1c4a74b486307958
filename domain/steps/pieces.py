"""Pieces asked for and given, and the form corrected before it is examined: what each act on them makes happen."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Annotated, Any, ClassVar, Literal, Self
from uuid import UUID

from domain.act_fields import GIVEN, Says
from domain.actors import AGENTS, PERSONS, SYSTEMS, ActorKind
from domain.calendar import Instant
from domain.clock.history import annuls
from domain.command import ANY, IMAGINED, Command
from domain.days_in_words import day_in_figures
from domain.dossier import Dossier
from domain.effects_of_silence import SILENCES
from domain.event import Event, Events
from domain.refusals import Refused, not_now
from domain.sentence import N_, Sentence, Verbatim
from domain.steps.completeness_events import (
    Acknowledged,
    Completed,
    Corrected,
    PieceReceived,
    PiecesProvided,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestPieces(Command):
    """Ask for pieces by `until`, each key with its reason; the law's time given to provide where it is left out.

    The answer says whether the clock moved, and why.
    """

    by = AGENTS
    label = N_("Demander des pièces")
    writes = True

    pieces: Annotated[Mapping[str, str], Says(N_("Pièces à demander"))]
    until: Annotated[
        date | None,
        Says(N_("À fournir au plus tard le"), N_("Laissez vide pour donner le temps que la loi prévoit.")),
    ] = None
    kind: Literal["request_pieces"] = "request_pieces"

    @classmethod
    def fork_defaults(cls, dossier: Dossier, given: Mapping[str, Any], by: ActorKind, at: Instant) -> Mapping[str, Any]:
        """The likeliest piece."""
        del given, by, at
        return {"pieces": {_likeliest(dossier): IMAGINED}}


@dataclass(frozen=True, slots=True, kw_only=True)
class ProvidePiece(Command):
    """Give documents, sent before to this dossier, for one piece; an agent enters one that came by post."""

    by = PERSONS | SYSTEMS | AGENTS
    label = N_("Fournir une pièce")
    may_be_late = True
    stand_ins: ClassVar[Mapping[str, Any]] = {"documents": (ANY,)}

    piece: Annotated[str, Says(N_("Pièce"), key=True)]
    documents: Annotated[tuple[UUID, ...], Says(N_("Documents"), GIVEN)]
    by_hand: bool = False
    """An agent writes it down, though it came the same day: its date is theirs."""
    kind: Literal["provide_piece"] = "provide_piece"

    @classmethod
    def probe(cls, dossier: Dossier, by: ActorKind) -> Self:
        """Without any document."""
        del dossier, by
        return cls(piece="", documents=())

    @classmethod
    def fork_defaults(cls, dossier: Dossier, given: Mapping[str, Any], by: ActorKind, at: Instant) -> Mapping[str, Any]:
        """The likeliest piece."""
        del given, by, at
        return {"piece": _likeliest(dossier)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Acknowledge(Command):
    """Acknowledge that the file is complete."""

    by = AGENTS
    label = N_("Accuser réception du dossier complet")
    writes = True

    kind: Literal["acknowledge"] = "acknowledge"


@dataclass(frozen=True, slots=True, kw_only=True)
class Correct(Command):
    """Replace the form, whole, before examination begins; validated like a filing."""

    by = PERSONS
    label = N_("Corriger le formulaire")
    done = N_("Vos corrections sont enregistrées.")

    form: Annotated[Mapping[str, Any], Says()]
    kind: Literal["correct"] = "correct"

    @classmethod
    def probe(cls, dossier: Dossier, by: ActorKind) -> Self:
        """By the same."""
        del by
        return cls(form=dossier.form)

    @classmethod
    def fork_defaults(cls, dossier: Dossier, given: Mapping[str, Any], by: ActorKind, at: Instant) -> Mapping[str, Any]:
        """By the same."""
        del given, by, at
        return {"form": dossier.form}


def _likeliest(dossier: Dossier) -> str:
    """The first piece still owed, else the first that is required, else the first."""
    required = (piece.key for piece in dossier.plan.pieces if piece.required_for(dossier.form))
    every = (piece.key for piece in dossier.plan.pieces)
    return next((key for keys in (dossier.missing(), required, every) for key in keys), "")


def acknowledge(dossier: Dossier, at: Instant, article: str) -> Acknowledged:
    """A complete file, once. Raises Refused."""
    refuse_when_answered(dossier, Sentence("Le dossier ne peut plus faire l'objet d'un accusé de réception"))
    if dossier.acknowledged is not None:
        raise not_now("Le dossier complet a déjà fait l'objet d'un accusé de réception.")
    if dossier.complete is None or dossier.owed():
        raise not_now(
            "Le dossier n'est pas complet.",
            article=article,
            what_to_do="Demandez les pièces manquantes.",
        )
    return Acknowledged(effective=at, article=article)


def refuse_when_settled(dossier: Dossier, what: Sentence) -> None:
    """Nothing of a request is completed any more once it is decided, or granted by silence. Raises Refused."""
    if dossier.settled:
        refuse_when_answered(dossier, what)


def refuse_when_answered(dossier: Dossier, what: Sentence) -> None:
    """Once the request has its answer, expressly or by silence. Raises Refused."""
    if dossier.decision is not None:
        raise not_now(Sentence("{what} : la décision est signée.", what=what))
    if dossier.silence is not None:
        day = day_in_figures(dossier.silence.dated)
        raise not_now(Sentence(SILENCES[dossier.silence.effect].since, what=what, day=day))


def receive(dossier: Dossier, command: ProvidePiece, entered: Instant) -> Events:
    """One piece, and what it completes. Raises Refused."""
    at = command.effective or entered
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
            entered=entered,
            by_hand=command.by_hand or command.effective is not None,
        )
    ]
    received = {**dossier.received, command.piece: at}
    if _all_given(dossier, command.piece):
        keys = _among({key for request in dossier.requests for key in request.asked}, received, command.piece)
        last = max(received[key] for key in keys)
        given.append(PiecesProvided(effective=last, article="CRPA L114-5", rests_on=keys))
    if dossier.complete is None and _competent(dossier) and not set(dossier.owed()) - {command.piece}:
        keys = _among({key for key in received if dossier.requires(key)}, received, command.piece)
        texts, last = ", ".join(dossier.plan.clock.reference), max(received[key] for key in keys)
        if annuls(dossier.plan.clock) and dossier.competent is not None:
            last = max(last, dossier.competent)
        given.append(Completed(effective=last, article=texts, rests_on=keys))
    return tuple(given)


def _competent(dossier: Dossier) -> bool:
    """Whether completing counts already: where silence accepts, only the competent authority's copy does (L114-3)."""
    return not annuls(dossier.plan.clock) or dossier.competent is not None


def _among(keys: Collection[str], received: Mapping[str, Instant], piece: str) -> tuple[str, ...]:
    """Those of the pieces that have come, whose last dates the whole whatever the order of writing; else this one."""
    return tuple(sorted(key for key in keys if key in received)) or (piece,)


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
