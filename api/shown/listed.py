"""A dossier in a list: the little that stands in clear."""

from datetime import datetime
from uuid import UUID

from api.http.inputs import Out
from catalogue.errors import UnknownProcedure
from catalogue.loader import catalogue
from domain.calendar import Instant
from domain.words import status_label
from storage.lists.dossiers import Listed


class ListedOut(Out):
    """A dossier in a list. With `due_passed`, what was due has happened: the dossier itself says what it made."""

    id: UUID
    reference: str
    procedure: str
    procedure_title: str
    version: int
    filed_at: datetime
    updated_at: datetime
    status: str
    status_label: str
    closed: bool
    due_at: datetime | None
    due_kind: str | None
    due_passed: bool

    @classmethod
    def of(cls, listed: Listed, at: Instant) -> "ListedOut":
        """As it stands at `at`."""
        return cls.showing(
            listed,
            procedure_title=title_of(listed.procedure),
            updated_at=listed.recorded_at,
            status_label=status_label(listed.status),
            due_passed=listed.due_at is not None and listed.due_at <= at,
        )


def title_of(procedure: str) -> str:
    """The title of a procedure; its slug once it is no longer published."""
    try:
        return catalogue().plan(procedure).title
    except UnknownProcedure:
        return procedure
