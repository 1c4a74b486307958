"""Why a document is refused: one code for each reason, one sentence for the person."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from string import Formatter

from domain.sentence import Sentence


class Reason(StrEnum):
    """The reasons; each is a problem type of its own in the API."""

    NONE = "document-none"
    EMPTY = "document-empty"
    TOO_LARGE = "document-too-large"
    FORBIDDEN = "document-type-forbidden"
    DISGUISED = "document-type-disguised"
    TRUNCATED = "document-truncated"
    PROTECTED = "document-protected"
    BOMB = "document-archive-limits"
    PIXELS = "document-too-many-pixels"
    VIRUS = "document-virus"
    NAME = "document-bad-name"
    DIGEST = "document-digest-mismatch"
    ACTIVE = "document-active-content"
    POLYGLOT = "document-polyglot"
    UNREADABLE = "document-unreadable"


@dataclass(eq=False)
class DocumentRefused(Exception):
    """A document is not kept. `detail` says in French what was found and what to send instead."""

    reason: Reason
    detail: str

    def __str__(self) -> str:
        return f"{self.reason}: {self.detail}"


def too_demanding(what: str) -> DocumentRefused:
    """A container that asks too much of a machine."""
    return DocumentRefused(
        Reason.BOMB, Sentence("Le fichier est refusé : {what}. Envoyez les documents un par un.", what=what)
    )


def unreadable() -> DocumentRefused:
    """What no program opens reliably."""
    return DocumentRefused(
        Reason.UNREADABLE, "Le fichier est endommagé ou incomplet. Ouvrez-le pour vérifier, puis renvoyez-le."
    )


def protected() -> DocumentRefused:
    """What cannot be read without a password."""
    return DocumentRefused(
        Reason.PROTECTED,
        "Le document est protégé par un mot de passe : personne ne pourrait l'instruire. "
        "Enregistrez-le sans protection, puis renvoyez-le.",
    )


def active(what: str) -> DocumentRefused:
    """A document that acts by itself."""
    return DocumentRefused(
        Reason.ACTIVE,
        Sentence(
            "Le document contient {what} : il n'est pas accepté. "
            "Exportez-le en PDF sans contenu actif, puis renvoyez-le.",
            what=what,
        ),
    )


def two_at_once(hidden: str) -> DocumentRefused:
    """A file that is two things, according to who reads it."""
    return DocumentRefused(
        Reason.POLYGLOT,
        Sentence(
            "Le fichier en contient un autre, caché : {hidden}. Exportez-le à nouveau, ou numérisez le document.",
            hidden=hidden,
        ),
    )


def packed(refused: DocumentRefused) -> dict[str, object]:
    """The refusal as JSON, for who waits for it in another process."""
    return {"reason": refused.reason, "detail": _packed(refused.detail)}


def _packed(said: str) -> object:
    if not isinstance(said, Sentence):
        return str(said)
    return {"text": said.text, "places": {name: _packed_place(one) for name, one in said.params.items()}}


def _packed_place(one: object) -> object:
    return _packed(one) if isinstance(one, str) else one


def unpacked(verdict: Mapping[str, object]) -> DocumentRefused:
    """The refusal that `packed` wrote."""
    return DocumentRefused(Reason(str(verdict["reason"])), _unpacked(verdict["detail"]))


def _unpacked(said: object) -> str:
    """A sentence of a process that read a hostile file: its text may name places, and reach nothing within them."""
    if not isinstance(said, dict):
        return str(said)
    places = {str(name): one if isinstance(one, int) else _unpacked(one) for name, one in said["places"].items()}
    text = str(said["text"])
    parts = list(Formatter().parse(text))
    if any(name is not None and (name not in places or how or way) for _, name, how, way in parts):
        raise ValueError("a refusal that does not read")
    return Sentence(text, **places)
