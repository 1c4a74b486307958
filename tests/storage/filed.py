"""A dossier filed on the real database, for tests that need one."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import Any
from uuid import UUID

from uuid_utils.compat import uuid7

from domain.actors import Actor
from domain.filing import File
from domain.plan import Plan
from storage.engine.database import Context, Database, Role
from storage.engine.settings import Settings
from storage.register import drafts, filing
from storage.register.door import Recorded
from storage.register.filing import FilingCheck, Prepare, Prepared
from storage.register.idempotency import Answer, Once
from tests.domain.telling import DOCUMENT, plan

FORM = {"identite": {"nom": "Le Goff", "prenom": "Annaïg"}, "lieu": {"commune": "Quimper"}}


@asynccontextmanager
async def opened(settings: Settings, role: Role) -> AsyncIterator[Database]:
    """A database as one role, closed at the end."""
    async with Database(settings, role, size=5) as database:
        yield database


def resident_of(who: UUID) -> Context:
    """The context of a resident."""
    return Context(audience="resident", subject=who)


def plan_of(procedure: str, **more: Any) -> Plan:
    """The tests' plan under another name."""
    return replace(plan(**more), procedure=procedure)


async def draft(app: Database, who: UUID, procedure: str = "essai") -> UUID:
    """An empty draft of a resident, with its key."""
    id_ = uuid7()
    key = await app.keys.create(id_)
    async with app.transaction(resident_of(who)) as connection:
        await drafts.begin(connection, key, id_=id_, procedure=procedure, form_version=1, resident=who)
    return id_


async def file(
    app: Database, who: UUID | None = None, *, of: Plan | None = None, complete: bool = True, **more: Any
) -> Recorded:
    """A draft made and filed by a resident."""
    who, of = who or uuid7(), of or plan()
    id_ = await draft(app, who, of.procedure)
    command = File(form=FORM, pieces={"certificat": (DOCUMENT,)} if complete else {})
    actor = Actor(kind="resident", id=who, name="Annaïg Le Goff")
    return await filing.file_ready(app, resident_of(who), id_, saying(command, of, **more), actor, once=once_of(who))


def saying(command: File, plan: Plan, check: FilingCheck | None = None) -> Prepare:
    """What files that command, whatever the draft says."""
    return lambda _ready, _answers: Prepared(command=command, plan=plan, check=check)


def once_of(who: UUID, key: str | None = None, body: bytes = b"{}", route: str = "submit") -> Once:
    """A request of that person, under a key of its own; its answer is the dossier's version."""

    def answer(result: Recorded) -> Answer:
        return Answer(status=201, body={"version": result.version}, headers={"ETag": f'"{result.version}"'})

    return Once(actor=who, route=route, key=key or str(uuid7()), body=body, answer=answer)
