"""Why a document is refused: one code for each reason, one sentence for the person."""

from dataclasses import dataclass
from enum import StrEnum


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
    return DocumentRefused(Reason.BOMB, f"Le fichier est refusé : {what}. Envoyez les documents un par un.")


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
        f"Le document contient {what} : il n'est pas accepté. Exportez-le en PDF sans contenu actif, puis renvoyez-le.",
    )


def two_at_once(hidden: str) -> DocumentRefused:
    """A file that is two things, according to who reads it."""
    return DocumentRefused(
        Reason.POLYGLOT,
        f"Le fichier en contient un autre, caché : {hidden}. Exportez-le à nouveau, ou numérisez le document.",
    )
