"""`verify`: recompute a dossier's chain, fold it, and compare the fold with what is stored."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from pydantic import ValidationError
from pydantic_core import from_json
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.calendar import Instant, civil
from domain.dossier import Dossier
from domain.event import Event
from domain.kernel import fold
from domain.migration_events import Migrated
from domain.serial import PLAN
from storage.engine.database import WORKING, Database
from storage.engine.keys import DossierKey, KeyDestroyed, KeyUnknown
from storage.engine.master_key import Unreadable
from storage.register.chain import Break, first_break
from storage.register.clock_verification import READ, break_of_clock
from storage.register.journal import COLUMNS, PURGED, Row, opened
from storage.register.lock import SELECT, Header, NotFound
from storage.register.sealed_state import open_state, plain

_JOURNAL = f"SELECT {COLUMNS} FROM journal WHERE dossier = :dossier ORDER BY seq"  # noqa: S608 - names of columns


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What was found of one dossier: `broken` says where; a purge leaves a chain that holds and nothing to read."""

    dossier: UUID
    reference: str
    entries: int
    broken: Break | None
    purged_at: Instant | None = None
    purged_ground: str = ""

    @property
    def intact(self) -> bool:
        """Whether everything is as it was written."""
        return self.broken is None

    @property
    def sentence(self) -> str:
        """The verdict as a person reads it."""
        if self.broken is not None and self.broken.kind == "clock":
            return f"chaîne intacte, mais délai faux : {self.broken.sentence}"
        if self.broken is not None:
            return f"chaîne rompue à l'entrée {self.broken.seq} : {self.broken.sentence}"
        if self.purged_at is not None:
            day = f"{civil(self.purged_at):%d/%m/%Y}"
            return f"chaîne intacte, contenu détruit le {day} au titre de : {self.purged_ground}"
        return f"chaîne intacte, {self.entries} entrées, état conforme à leur rejeu"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Kept:
    """What the database keeps of one dossier."""

    header: Header
    state: bytes | None
    plan: str
    rows: list[Row]
    clock: Mapping[str, Any] | None


async def verify(database: Database, dossier: UUID) -> Verdict:
    """Verify one dossier, as the worker. Raises NotFound."""
    async with database.transaction(WORKING) as connection:
        kept = await _read(connection, dossier)
    broken = _break_of_plan(kept) or first_break(kept.header, kept.rows)
    if broken is None:
        broken = await _break_of_content(database, kept)
    header = kept.header
    return Verdict(
        dossier=dossier,
        reference=header.reference,
        entries=len(kept.rows),
        broken=broken,
        purged_at=header.purged_at,
        purged_ground=header.purged_ground or "",
    )


async def find(database: Database, name: str) -> UUID:
    """The identifier of the dossier so named: its own identifier, or its reference. Raises NotFound."""
    query = "SELECT id FROM dossier WHERE id::text = lower(:name) OR reference = :name"
    async with database.transaction(WORKING) as connection:
        found = (await connection.execute(text(query), {"name": name})).scalar_one_or_none()
    if found is None:
        raise NotFound(f"Aucun dossier n'a pour identifiant ou référence « {name} ».")
    return UUID(str(found))


async def _read(connection: AsyncConnection, dossier: UUID) -> _Kept:
    named = {"dossier": dossier}
    # The lock keeps the register out meanwhile: a half-seen act would look like a broken chain.
    found = (await connection.execute(text(SELECT.replace("%s", ":dossier") + " FOR SHARE"), named)).first()
    if found is None:
        raise NotFound(str(dossier))
    header = Header(**found._asdict())
    pinned = "SELECT body FROM pinned_plan WHERE sha256 = :sha256"
    plan = (await connection.execute(text(pinned), {"sha256": header.plan})).scalar_one()
    rows = (await connection.execute(text(_JOURNAL), named)).all()
    clock = (await connection.execute(text(READ), named)).mappings().first()
    return _Kept(
        header=header,
        state=header.state,
        plan=plan,
        rows=[Row(*row) for row in rows],
        clock=dict(clock) if clock is not None else None,
    )


def _break_of_plan(kept: _Kept) -> Break | None:
    if hashlib.sha256(kept.plan.encode()).digest() == kept.header.plan:
        return None
    return Break(1, "plan", "La démarche épinglée au dépôt n'est plus celle que le dossier connaît.")


async def _break_of_content(database: Database, kept: _Kept) -> Break | None:
    header = kept.header
    database.keys.forget(header.id)
    try:
        key = await database.keys.of(header.id)
    except KeyDestroyed:
        return None if header.purged_at is not None else _lost(kept, "sa clé est détruite sans purge journalisée")
    except KeyUnknown:
        return _lost(kept, "la base des clés ne connaît pas ce dossier")
    if header.purged_at is not None:
        return _lost(kept, "la purge est journalisée mais la clé existe encore : relancez la purge")
    try:
        return _break_of_fold(kept, key)
    except (Unreadable, ValidationError):
        return Break(header.version, "state", "L'état enregistré du dossier ne s'ouvre pas avec sa clé.")


def _break_of_fold(kept: _Kept, key: DossierKey) -> Break | None:
    plan, events = PLAN.validate_json(kept.plan), []
    for row in kept.rows:
        if row.kind == PURGED:
            return Break(row.seq, "after_purge", "Une destruction est journalisée et le dossier ne la connaît pas.")
        try:
            event = opened(key, row).event
        except (Unreadable, ValidationError):
            return Break(row.seq, "ciphertext", f"L'entrée {row.seq} ne s'ouvre pas avec la clé du dossier.")
        if (event.kind, event.effective) != (row.kind, row.effective):
            return Break(row.seq, "edited", f"L'enveloppe de l'entrée {row.seq} ne dit pas ce que dit son contenu.")
        events.append(event)
    folded = fold(plan, events)
    if _followed(events, kept.header.plan) != kept.header.followed:
        return Break(kept.header.version, "plan", "La version que le dossier suit n'est pas celle de son journal.")
    stored = open_state(key, kept.header.id, kept.header.version, plan, kept.state or b"")
    if _as_json(folded) != _as_json(stored):
        return Break(kept.header.version, "state", "L'état enregistré n'est pas le rejeu du journal.")
    return break_of_clock(kept.clock, folded)


def _followed(events: Sequence[Event], pinned: bytes) -> bytes:
    """The hash of the plan that the journal leads to; what an act carried is held to the hash that it said."""
    moves = [event for event in events if isinstance(event, Migrated)]
    return hashlib.sha256(moves[-1].plan.encode()).digest() if moves else bytes(pinned)


def _as_json(dossier: Dossier) -> object:
    return from_json(plain(dossier))


def _lost(kept: _Kept, why: str) -> Break:
    return Break(kept.header.version, "state", f"Le contenu n'est pas lisible : {why}.")
