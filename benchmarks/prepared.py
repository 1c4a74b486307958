"""What a measure needs before it begins, made through the storage: residents and agents signed in, complete drafts."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from sqlalchemy import insert
from sqlalchemy.ext.asyncio import AsyncConnection
from uuid_utils.compat import uuid7

from catalogue.examples import example
from catalogue.loader import catalogue
from domain.plan import Plan
from storage.accounts import accounts, sessions
from storage.accounts.administration import Office
from storage.engine.database import Context, Database
from storage.register import drafts
from storage.tables.documents import document

OWNER = Context(audience="owner", subject=None)
GROUP = "mesure"
AT_ONCE = 50
SIDE_BY_SIDE = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedIn:
    """Somebody's account, and the token of their session."""

    account: UUID
    token: str = field(repr=False)

    @property
    def headers(self) -> dict[str, str]:
        """What their requests bear."""
        return {"authorization": f"Bearer {self.token}"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Ready:
    """A draft that may be filed as it is, and whose it is."""

    id: UUID
    owner: SignedIn


async def residents(database: Database, count: int) -> list[SignedIn]:
    """As many residents, signed in."""
    master = database.settings.master
    found = []
    async with database.transaction(OWNER) as connection:
        for rank in range(count):
            address = f"resident-{rank}-{uuid7()}@mesure.example"
            account = await accounts.resident_of(connection, master, address, f"Résident {rank}")
            if account is None:
                raise RuntimeError("a new account is never disabled")
            found.append(await _session(connection, account, "resident"))
    return found


async def agents(database: Database, procedure: str, count: int) -> list[SignedIn]:
    """As many agents, signed in, of a group that serves this procedure."""
    async with database.transaction(OWNER) as connection:
        office = Office(connection, database.settings.master, None)
        await office.add_group(GROUP, "Mesure", (procedure,))
        found = []
        for rank in range(count):
            made = await office.add_staff("agent", f"agent-{rank}@mesure.example", f"Agent {rank}", to_change=False)
            await office.put_member(GROUP, made.id, "instructor")
            found.append(await _session(connection, made.id, "agent"))
    return found


async def complete_drafts(database: Database, owners: Sequence[SignedIn], count: int, procedure: str) -> list[Ready]:
    """As many drafts, each with its form filled in and a document for each required piece, shared among `owners`."""
    plan, form = catalogue().plan(procedure), example(procedure)["form"]
    whose = [owners[rank % len(owners)] for rank in range(count)]
    batches = [whose[start : start + AT_ONCE] for start in range(0, count, AT_ONCE)]
    turn = asyncio.Semaphore(SIDE_BY_SIDE)

    async def made(batch: Sequence[SignedIn]) -> list[Ready]:
        async with turn:
            return await _drafts(database, batch, plan, form)

    return [ready for batch in await asyncio.gather(*map(made, batches)) for ready in batch]


async def _drafts(database: Database, owners: Sequence[SignedIn], plan: Plan, form: dict[str, Any]) -> list[Ready]:
    ids = [uuid7() for _ in owners]
    keys = [await database.keys.create(id_) for id_ in ids]
    pieces = [piece.key for piece in plan.pieces if piece.required_for(form)]
    async with database.transaction(OWNER) as connection:
        for id_, key, owner in zip(ids, keys, owners, strict=True):
            begun = await drafts.begin(
                connection, key, id_=id_, procedure=plan.procedure, form_version=plan.form, resident=owner.account
            )
            await drafts.save(connection, key, begun, form)
        rows = [_document(id_, owner, piece) for id_, owner in zip(ids, owners, strict=True) for piece in pieces]
        if rows:
            await connection.execute(insert(document), rows)
    return [Ready(id=id_, owner=owner) for id_, owner in zip(ids, owners, strict=True)]


def _document(draft: UUID, owner: SignedIn, piece: str) -> dict[str, Any]:
    """The row of a document already in the vault; nobody opens it here, so that its object need not exist."""
    id_ = uuid7()
    return {
        "id": id_,
        "dossier": draft,
        "piece": piece,
        "status": "not_scanned",
        "vault": f"mesure/{id_}",
        "actor_kind": "resident",
        "actor": owner.account,
    }


async def _session(connection: AsyncConnection, account: UUID, audience: str) -> SignedIn:
    opened = await sessions.start(connection, account, audience, "mesure")
    return SignedIn(account=account, token=opened.token)
