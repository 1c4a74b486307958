"""Drafts: what is not filed yet, saved page by page, sealed under the key that the dossier will have."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from pydantic_core import from_json, to_json
from sqlalchemy import delete, func, select, text, update
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.calendar import Instant
from storage.engine.keys import DossierKey
from storage.engine.questions import Question, first, names_of
from storage.register.lock import NotFound
from storage.tables.columns import REAL_NOW
from storage.tables.drafts import draft

_MINE = "(draft.resident = (SELECT subject_as('resident')) OR draft.mandate = ANY ((SELECT live_mandates())::uuid[]))"


class DraftChanged(Exception):
    """The draft was saved since the version that the caller saw; `version` is the present one."""

    def __init__(self, version: int) -> None:
        super().__init__(f"Le brouillon a été enregistré entre-temps : il en est à la version {version}.")
        self.version = version


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A draft, its content sealed: whose it is, which form it follows, its version."""

    id: UUID
    procedure: str
    form_version: int
    resident: UUID | None
    organisation: UUID | None
    mandate: UUID | None
    version: int
    updated_at: Instant
    content: bytes = field(repr=False)

    def answers(self, key: DossierKey) -> dict[str, Any]:
        """The answers so far, by page. Raises Unreadable."""
        answers: dict[str, Any] = from_json(key.open(self.content, _context(self.id, self.version)))
        return answers


_LOCK = f"SELECT {names_of(Draft)} FROM draft WHERE id = %s FOR UPDATE"  # noqa: S608 (names)
_COLUMNS = select(*(column for column in draft.c if column.name in names_of(Draft).split(", ")))


def lock_draft(id_: UUID) -> Question[Draft | None]:
    """Lock a draft's row, and read it; None when the context sees none."""
    return first(Draft, _LOCK, id_)


async def begin(
    connection: AsyncConnection,
    key: DossierKey,
    *,
    id_: UUID,
    procedure: str,
    form_version: int,
    resident: UUID | None,
    organisation: UUID | None = None,
    mandate: UUID | None = None,
    system: UUID | None = None,
) -> Draft:
    """A new, empty draft; its key has been created under the same id."""
    values = {
        "id": id_,
        "procedure": procedure,
        "form_version": form_version,
        "resident": resident,
        "organisation": organisation,
        "mandate": mandate,
        "system": system,
        "version": 1,
        "content": key.seal(b"{}", _context(id_, 1)),
    }
    await connection.execute(draft.insert().values(**values))
    return await read(connection, id_)


async def read(connection: AsyncConnection, id_: UUID) -> Draft:
    """One draft. Raises NotFound when there is none, or none that the context may see."""
    row = (await connection.execute(_COLUMNS.where(draft.c.id == id_))).first()
    if row is None:
        raise NotFound
    return Draft(**row._asdict())


async def save(
    connection: AsyncConnection,
    key: DossierKey,
    seen: Draft,
    content: Mapping[str, Any],
    *,
    form_version: int | None = None,
) -> Draft:
    """Replace the content of the draft that was read as `seen`. Raises DraftChanged when it was saved meanwhile."""
    version = seen.version + 1
    values: dict[str, Any] = {
        "version": version,
        "content": key.seal(to_json(content), _context(seen.id, version)),
        "updated_at": REAL_NOW,
    }
    if form_version is not None:
        values["form_version"] = form_version
    wanted = update(draft).where(draft.c.id == seen.id, draft.c.version == seen.version).values(**values)
    done = await connection.execute(wanted)
    after = await read(connection, seen.id)
    if done.rowcount == 0:
        raise DraftChanged(after.version)
    return after


async def page(connection: AsyncConnection, limit: int, after: tuple[Instant, UUID] | None = None) -> list[Draft]:
    """The drafts of the resident, or those under the mediator's mandate, the latest saved first."""
    # The walls say so too; said here, their indexes are used.
    wanted = _COLUMNS.where(text(_MINE)).order_by(draft.c.updated_at.desc(), draft.c.id.desc()).limit(limit)
    if after is not None:
        key = func.row(draft.c.updated_at, draft.c.id)
        wanted = wanted.where(key < func.row(*after))
    return [Draft(**row._asdict()) for row in await connection.execute(wanted)]


async def drop(connection: AsyncConnection, id_: UUID) -> None:
    """Give a draft up. Raises NotFound."""
    done = await connection.execute(delete(draft).where(draft.c.id == id_))
    if done.rowcount == 0:
        raise NotFound


def _context(id_: UUID, version: int) -> str:
    return f"draft|{id_}|{version}"
