"""A dossier read from its journal: the fold of every entry, or of the first ones, for who carries its effects."""

from dataclasses import dataclass
from functools import lru_cache
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.dossier import Dossier
from domain.event import Event
from domain.kernel import fold
from domain.plan import Plan
from domain.serial import PLAN
from storage.engine.keys import DossierKey, Keys
from storage.register import journal
from storage.tables.dossiers import dossier as dossier_table
from storage.tables.dossiers import pinned_plan
from storage.tables.journal import journal as journal_table


class UnknownDossier(LookupError):
    """No dossier has this identifier."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """One dossier and its whole journal, opened with its key; `plan` is the one pinned at filing."""

    id: UUID
    reference: str
    procedure: str
    resident: UUID | None
    version: int
    plan: Plan
    entries: tuple[journal.Entry, ...]
    key: DossierKey

    def now(self) -> Dossier:
        """The dossier after its last entry."""
        return self.as_of(self.version)

    def as_of(self, seq: int) -> Dossier:
        """The dossier once entry `seq` had happened, and nothing after it."""
        return fold(self.plan, (entry.event for entry in self.entries if entry.seq <= seq))

    def after_act(self, seq: int) -> Dossier:
        """The dossier once the whole act that wrote entry `seq` was done: what one act does, one letter tells."""
        act = self.entry(seq).command_id
        return self.as_of(max(each.seq for each in self.entries if each.seq == seq or (act and each.command_id == act)))

    def event(self, seq: int) -> Event:
        """The event of entry `seq`. Raises UnknownDossier when the journal has no such entry."""
        return self.entry(seq).event

    def entry(self, seq: int) -> journal.Entry:
        """Entry `seq`. Raises UnknownDossier when the journal has no such entry."""
        for entry in self.entries:
            if entry.seq == seq:
                return entry
        raise UnknownDossier(f"Le dossier {self.id} n'a pas d'entrée {seq}.")


async def story(connection: AsyncConnection, keys: Keys, dossier: UUID) -> Story:
    """Read a dossier as the connection's context sees it. Raises UnknownDossier, KeyDestroyed, KeyUnknown."""
    table = dossier_table.c
    wanted = (
        select(table.reference, table.procedure, table.resident, table.version, pinned_plan.c.body)
        .join_from(dossier_table, pinned_plan, pinned_plan.c.sha256 == table.plan)
        .where(table.id == dossier)
    )
    row = (await connection.execute(wanted)).first()
    if row is None:
        raise UnknownDossier(f"Aucun dossier ne porte l'identifiant {dossier}.")
    key = await keys.of(dossier)
    entries = await _entries(connection, key, dossier)
    return Story(
        id=dossier,
        reference=row.reference,
        procedure=row.procedure,
        resident=row.resident,
        version=row.version,
        plan=_plan(row.body),
        entries=tuple(entry for entry in entries if entry.seq <= row.version),
        key=key,
    )


async def _entries(connection: AsyncConnection, key: DossierKey, dossier: UUID) -> list[journal.Entry]:
    columns = [journal_table.c[name.strip()] for name in journal.COLUMNS.split(",")]
    wanted = select(*columns).where(journal_table.c.dossier == dossier, journal_table.c.kind != journal.PURGED)
    rows = await connection.execute(wanted.order_by(journal_table.c.seq))
    return [journal.opened(key, journal.Row(*row)) for row in rows]


@lru_cache(maxsize=256)
def _plan(body: str) -> Plan:
    return PLAN.validate_json(body)
