"""Drafts: what is not filed yet, saved page by page, sealed under the key that the dossier will have."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from pydantic_core import from_json, to_json
from sqlalchemy import delete, func, select, text, update
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.calendar import Instant
from storage.held import NotFound
from storage.keys import DossierKey
from storage.pipeline import Statement
from storage.tables.columns import REAL_NOW
from storage.tables.drafts import draft

_MINE = "(draft.resident = (SELECT subject_as('resident')) OR draft.mandate = ANY ((SELECT live_mandates())::uuid[]))"
_LOCK = "SELECT id, procedure, form_version, resident, organisation, mandate, version, updated_at, content FROM draft"


class DraftChanged(Exception):
    """The draft was saved since the version that the caller saw; `version` is the present one."""

    def __init__(self, version: int) -> None:
        super().__init__(f"Le brouillon a été enregistré entre-temps : il en est à la version {version}.")
        self.version = version


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A draft without its content: whose it is, which form it follows, its version."""

    id: UUID
    procedure: str
    form_version: int
    resident: UUID | None
    organisation: UUID | None
    mandate: UUID | None
    version: int
    updated_at: Instant
    sealed: bytes

    def content(self, key: DossierKey) -> dict[str, Any]:
        """The answers so far, by page. Raises Unreadable."""
        answers: dict[str, Any] = from_json(key.open(self.sealed, _context(self.id, self.version)))
        return answers


def lock_draft(id_: UUID) -> Statement:
    """Lock a draft's row; `draft_of` reads it."""
    return (f"{_LOCK} WHERE id = %s FOR UPDATE", (id_,))


def draft_of(rows: Sequence[Sequence[Any]]) -> Draft | None:
    """The draft in the rows of `lock_draft`, None when the context sees none."""
    return _shown(rows[0]) if rows else None


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
    row = (await connection.execute(_columns().where(draft.c.id == id_))).first()
    if row is None:
        raise NotFound
    return _shown(row)


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
    wanted = _columns().where(text(_MINE)).order_by(draft.c.updated_at.desc(), draft.c.id.desc()).limit(limit)
    if after is not None:
        key = func.row(draft.c.updated_at, draft.c.id)
        wanted = wanted.where(key < func.row(*after))
    return [_shown(row) for row in await connection.execute(wanted)]


async def drop(connection: AsyncConnection, id_: UUID) -> None:
    """Give a draft up. Raises NotFound."""
    done = await connection.execute(delete(draft).where(draft.c.id == id_))
    if done.rowcount == 0:
        raise NotFound


def _columns() -> Any:
    c = draft.c
    return select(
        c.id, c.procedure, c.form_version, c.resident, c.organisation, c.mandate, c.version, c.updated_at, c.content
    )


def _shown(row: Sequence[Any]) -> Draft:
    id_, procedure, form_version, resident, organisation, mandate, version, updated_at, content = row
    return Draft(
        id=id_,
        procedure=procedure,
        form_version=form_version,
        resident=resident,
        organisation=organisation,
        mandate=mandate,
        version=version,
        updated_at=updated_at,
        sealed=bytes(content),
    )


def _context(id_: UUID, version: int) -> str:
    return f"draft|{id_}|{version}"
