"""A mandate revoked while an act waits for its turn: the act meets the revocation inside its own transaction."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

import psycopg
import pytest
from uuid_utils.compat import uuid7

from domain.actors import Actor
from domain.filing import File
from domain.messages import SendMessage
from domain.refusals import Refused
from storage.accounts import mandates
from storage.engine import legal_time
from storage.engine.database import Context, Database
from storage.engine.settings import Settings
from storage.register import drafts, filing
from storage.register.door import record
from storage.register.filing import Owner, deposit
from storage.register.lock import NotFound
from tests.domain.telling import DOCUMENT
from tests.storage.filed import FORM, once_of, opened, plan_of, resident_of, saying
from tests.storage.lists.test_followed import somebody_waits

COMMAND = File(form=FORM, pieces={"certificat": (DOCUMENT,)})


@dataclass(frozen=True, slots=True)
class Under:
    """A mediator under a live mandate, as the API carries it."""

    app: Database
    resident: UUID
    organisation: UUID
    mandate: UUID
    context: Context
    actor: Actor

    async def revoke(self) -> None:
        """The resident ends the mandate."""
        async with self.app.transaction(resident_of(self.resident)) as connection:
            at = await legal_time.legal_now(connection)
            assert await mandates.revoke(connection, self.mandate, at=at, by="resident")


@pytest.fixture
async def under(settings: Settings) -> AsyncIterator[Under]:
    """A mandate for the tests' procedure, and its mediator."""
    resident, mediator, organisation = uuid7(), uuid7(), uuid7()
    with psycopg.connect(settings.database_url) as owner:
        owner.execute("INSERT INTO organisation (id, name) VALUES (%s, %s)", [organisation, f"Maison {organisation}"])
    async with opened(settings, "app") as app:
        context = Context(audience="mediator", subject=mediator, organisation=organisation)
        async with app.transaction(context) as connection:
            now = await legal_time.legal_now(connection)
            given = await mandates.create(
                connection, settings.master, organisation_id=organisation, mediator=mediator, resident=resident,
                resident_name="Annaïg", procedures=["essai"], duration="month", consent="signed_on_site",
                consented_at=now, starts=now - timedelta(seconds=1),
            )  # fmt: skip
        yield Under(
            app=app,
            resident=resident,
            organisation=organisation,
            mandate=given.id,
            context=Context(audience="mediator", subject=mediator, organisation=organisation, mandate=given.id),
            actor=Actor(kind="mediator", id=mediator, mandate=given.id, name="Médiatrice"),
        )


async def test_an_act_that_waited_while_its_mandate_was_revoked_is_refused(under: Under, settings: Settings) -> None:
    owner = Owner(resident=under.resident, organisation=under.organisation, mandate=under.mandate)
    plan = plan_of("essai")
    filed = await deposit(under.app, under.context, uuid7(), COMMAND, under.actor, plan=plan, owner=owner)
    message = SendMessage(sender="resident", text="Bonjour")

    async with await psycopg.AsyncConnection.connect(settings.database_url) as holding:
        await holding.execute("SELECT FROM dossier WHERE id = %s FOR UPDATE", [filed.id])
        acting = asyncio.create_task(
            record(under.app, filed.id, message, under.actor, command_id=uuid7(), context=under.context)
        )
        await somebody_waits(settings)
        await under.revoke()
        await holding.rollback()
    with pytest.raises(Refused) as refused:
        await acting

    assert refused.value.code == "mandate_revoked"
    assert await _entries(settings, filed.id) == filed.version


async def test_a_filing_that_waited_while_its_mandate_was_revoked_is_refused(under: Under, settings: Settings) -> None:
    """The draft stays the resident's."""
    id_, plan = uuid7(), plan_of("essai")
    key = await under.app.keys.create(id_)
    async with under.app.transaction(under.context) as connection:
        await drafts.begin(
            connection, key, id_=id_, procedure="essai", form_version=1, resident=under.resident,
            organisation=under.organisation, mandate=under.mandate,
        )  # fmt: skip

    async with await psycopg.AsyncConnection.connect(settings.database_url) as holding:
        await holding.execute("SELECT FROM draft WHERE id = %s FOR UPDATE", [id_])
        filing_it = asyncio.create_task(
            filing.file_ready(
                under.app, under.context, id_, saying(COMMAND, plan), under.actor, once=once_of(under.resident)
            )
        )
        await somebody_waits(settings)
        await under.revoke()
        await holding.rollback()
    with pytest.raises(Refused) as refused:
        await filing_it

    assert refused.value.code == "mandate_revoked"
    assert await _entries(settings, id_) == 0
    async with under.app.transaction(resident_of(under.resident)) as connection:
        assert (await drafts.read(connection, id_)).version == 1


async def test_a_deposit_under_a_mandate_revoked_before_it_is_refused_or_not_seen(under: Under) -> None:
    """Without any race: the walls or the mandate, whichever speaks first, let nothing through."""
    await under.revoke()
    owner = Owner(resident=under.resident, organisation=under.organisation, mandate=under.mandate)
    with pytest.raises((Refused, NotFound)):
        await deposit(under.app, under.context, uuid7(), COMMAND, under.actor, plan=plan_of("essai"), owner=owner)


async def _entries(settings: Settings, dossier: UUID) -> int:
    async with await psycopg.AsyncConnection.connect(settings.database_url) as owner:
        found = await owner.execute("SELECT count(*) FROM journal WHERE dossier = %s", [dossier])
        return int((await found.fetchone() or (0,))[0])
