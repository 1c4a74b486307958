"""Sending a file for a piece: what is said before choosing, the file kept, and what was wrong with it said beside."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from starlette.requests import Request

from api.document_answers import DocumentOut
from api.document_problems import FULL, IN_FLIGHT, INTERRUPTED, ONE_FILE, REFUSED
from api.problems import Problem
from api.residents.acting import Acting
from api.services import Services
from domain.citations import cited_each
from domain.plan import Piece
from domain.worded import N_
from storage.document_checks.kinds import ACCEPTED_WORDS, BY_EXTENSION
from storage.document_checks.stream_watch import LARGEST, LARGEST_IDENTITY, MEGABYTE
from web.here import Here
from web.uploads import received

BESIDE = frozenset({kind.code for kind in (*REFUSED.values(), FULL, IN_FLIGHT, INTERRUPTED, ONE_FILE)})
"""Problems of the file itself: said on its page, where another can be chosen."""
ACCEPT = ",".join(f".{extension}" for extension in sorted(BY_EXTENSION))
STATES = {
    "waiting": N_("en cours d'analyse"),
    "clean": N_("reçu, analysé"),
    "not_scanned": N_("reçu"),
    "infected": N_("détruit : il contient un virus. Envoyez-en un autre, depuis un appareil sain."),
    "lost": N_("perdu : envoyez-le de nouveau."),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A piece as its page asks for it: why, and what may be sent."""

    key: str
    title: str
    description: str = ""
    reference: tuple[str, ...] = ()
    megabytes: int = LARGEST // MEGABYTE
    formats: str = ACCEPTED_WORDS
    accept: str = ACCEPT

    @classmethod
    def of(cls, piece: Piece) -> Asked:
        """A piece of the plan."""
        return cls(
            key=piece.key,
            title=piece.title,
            description=piece.description,
            reference=cited_each(piece.reference, piece.confidence),
            megabytes=(LARGEST_IDENTITY if piece.identity else LARGEST) // MEGABYTE,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """A document as pages list it."""

    document: DocumentOut

    @property
    def state(self) -> str:
        """A sentence of the catalogues."""
        return STATES[self.document.status]

    @property
    def counts(self) -> bool:
        """Whether it answers its piece."""
        return self.document.readable or self.document.status == "waiting"

    @property
    def kilobytes(self) -> int:
        """Its size, at least one."""
        return max(1, (self.document.size or 0) // 1024)


async def kept(
    request: Request, here: Here, services: Services, acting: Acting, dossier: UUID, piece: str
) -> Problem | None:
    """Keep the file of this form; what was wrong with it, when the page should say so. Raises other Problems."""
    try:
        await received(request, here, services, acting, dossier, piece)
    except Problem as problem:
        if problem.type.code not in BESIDE:
            raise
        return problem
    return None
