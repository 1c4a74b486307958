"""A document that ceases to be after it was given: a virus found in it, its content lost.

A required piece left without any document is missing again: it is asked for anew, and the delay is treated as for any
missing piece (CRPA L114-5).
"""

from dataclasses import dataclass, replace
from typing import ClassVar, Literal
from uuid import UUID

from domain.calendar import Instant
from domain.dossier import Dossier
from domain.effect import Effect, email, tell
from domain.event import THE_COUNTER, Event
from domain.plan import Plan
from domain.refusals import not_now
from domain.sentence import N_, Sentence, Verbatim

Cause = Literal["virus", "lost"]
SAID = {
    "virus": N_("Un virus est trouvé dans un document donné ({piece}) : le document est détruit."),
    "lost": N_("Le contenu d'un document donné est perdu, par notre fait ({piece})."),
}
ASKED_FOR = {
    "virus": "Le document que vous aviez envoyé contenait un virus ; il a été détruit.",
    "lost": "Le document que vous aviez envoyé a été perdu par notre service. Nous vous prions de nous en excuser.",
}
"""The reason that the new request gives to the person."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentCeased(Event):
    """That document answers `piece` no more; `asked_anew`: the same act asks for the piece again."""

    who: ClassVar[str] = THE_COUNTER
    follows: ClassVar[tuple[Effect, ...]] = (
        tell("document_ceased", "un document contenait un virus, ou son contenu est perdu ; le journal dit lequel."),
        email(
            "document_ceased",
            N_("Un document de votre demande n'est plus là"),
            N_("Un document que vous aviez envoyé contenait un virus, ou a été perdu. Votre demande dit lequel."),
        ),
    )
    document: UUID
    cause: Cause
    piece: str
    asked_anew: bool = False
    kind: Literal["document_ceased"] = "document_ceased"

    def upon(self, dossier: Dossier) -> Dossier:
        """The piece keeps its other documents, if any."""
        left = tuple(each for each in dossier.pieces.get(self.piece, ()) if each != self.document)
        pieces = {key: held for key, held in dossier.pieces.items() if key != self.piece}
        if left:
            return replace(dossier, pieces={**pieces, self.piece: left})
        received = {key: at for key, at in dossier.received.items() if key != self.piece}
        return replace(dossier, pieces=pieces, received=received)

    def in_french(self, plan: Plan) -> Sentence:
        """Which piece, and why."""
        piece = plan.piece(self.piece)
        return Sentence(SAID[self.cause], piece=piece.title if piece is not None else Verbatim(self.piece))

    def following(self, after: Dossier) -> tuple[Effect, ...]:
        """A request for the piece says it to the person, where the same act makes one."""
        del after
        return self.follows[:1] if self.asked_anew else self.follows


def cease(dossier: Dossier, document: UUID, cause: Cause, at: Instant) -> DocumentCeased:
    """It is no more, whatever the state of the dossier. Raises Refused when it answered no piece."""
    piece = next((key for key, held in dossier.pieces.items() if document in held), None)
    if piece is None:
        raise not_now("Ce document ne répond à aucune pièce du dossier.")
    return DocumentCeased(effective=at, article="CRPA L114-5", document=document, cause=cause, piece=piece)
