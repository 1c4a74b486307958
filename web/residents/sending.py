"""Sending a file for a piece: what is said before choosing, the file kept, and what was wrong with it said beside."""

from dataclasses import dataclass, field
from uuid import UUID

from starlette.requests import Request

from api.documents.answers import DocumentOut
from api.documents.upload import OF_THE_FILE, Admitted, OneFile
from api.http.problems import Problem
from api.residents.acting import Acting
from api.services import Services
from domain.citations import cited_each
from domain.plan import Piece
from domain.sentence import N_
from web.site.page import Here
from web.site.uploads import none_chosen, received

STATES = {
    "waiting": N_("en cours d'analyse"),
    "clean": N_("reçu, analysé"),
    "not_scanned": N_("reçu, sans analyse antivirus"),
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
    admitted: Admitted = field(default_factory=Admitted)

    @classmethod
    def of(cls, piece: Piece) -> "Asked":
        """A piece of the plan."""
        return cls(
            key=piece.key,
            title=piece.title,
            description=piece.description,
            reference=cited_each(piece.reference, piece.confidence),
            admitted=Admitted(identity=piece.identity),
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


def status_of(wrong: tuple[OneFile, ...]) -> int:
    """The status of a page that says what was wrong: the first problem's."""
    return next((each.problem.type.status for each in wrong if each.problem is not None), 200)


@dataclass(frozen=True, slots=True)
class Came:
    """What came of the files of a form: the documents kept, and those refused with their problems."""

    files: tuple[OneFile, ...]

    @property
    def kept(self) -> tuple[UUID, ...]:
        """The documents."""
        return tuple(each.document.id for each in self.files if each.document is not None)

    @property
    def wrong(self) -> tuple[OneFile, ...]:
        """The files that are to be sent again, otherwise."""
        return tuple(each for each in self.files if each.problem is not None)

    @classmethod
    def nothing(cls) -> "Came":
        """No file was chosen where one is asked."""
        return cls((OneFile(name="", problem=none_chosen()),))


async def kept(request: Request, here: Here, services: Services, acting: Acting, dossier: UUID, piece: str) -> Came:
    """Keep the files of this form; its page says what was wrong with some. Raises Problem for what is of them all."""
    try:
        return Came(tuple(await received(request, here, services, acting, dossier, piece)))
    except Problem as problem:
        if problem.type not in OF_THE_FILE:
            raise
        return Came((OneFile(name="", problem=problem),))
