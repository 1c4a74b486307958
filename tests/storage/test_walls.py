"""The second wall: what each role and each context sees when the application asks for everything."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta
from uuid import UUID

import psycopg
import pytest
from psycopg import sql
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection
from uuid_utils.compat import uuid7

from domain.actors import Actor
from domain.filing import File
from domain.mandate import TakeOver
from domain.messages import SendMessage
from migrations.roles import ROLES
from storage.accounts import mandates
from storage.engine import legal_time
from storage.engine.database import WORKING, Context, Database
from storage.engine.settings import DatabaseRole, Settings
from storage.register.door import Recorded, record
from storage.register.filing import Owner, deposit
from storage.register.lock import NotFound
from tests.domain.telling import DOCUMENT
from tests.storage.filed import FORM, draft, file, opened, plan_of, resident_of

OF_A_DOSSIER = ("clock", "journal", "queue_row", "effect")
COLUMN = {"journal": "kind", "access_log": "what", "published": "kind", "pinned_plan": "procedure"}
AGENT = Actor(kind="agent", id=UUID(int=7), name="Agent")


@pytest.fixture
async def app(settings: Settings) -> AsyncIterator[Database]:
    """The database as the API reaches it."""
    async with opened(settings, "app") as database:
        yield database


async def seen(database: Database, context: Context, dossier: UUID) -> dict[str, int]:
    """How many rows of each table that context sees of one dossier."""
    async with database.transaction(context) as connection:
        rows = {"dossier": await _count(connection, "dossier", "id", dossier)}
        return rows | {table: await _count(connection, table, "dossier", dossier) for table in OF_A_DOSSIER}


async def _count(connection: AsyncConnection, table: str, column: str, dossier: UUID) -> int:
    query = f"SELECT count(*) FROM {table} WHERE {column} = :dossier"  # noqa: S608 (names of this file)
    return int((await connection.execute(text(query), {"dossier": dossier})).scalar_one())


def agent_of(*groups: str) -> Context:
    """An agent of those groups."""
    return Context(audience="agent", subject=uuid7(), groups=groups)


@pytest.fixture
async def filed(app: Database, settings: Settings) -> tuple[UUID, Recorded]:
    """A resident and their dossier, of a procedure that the group « pmi » serves."""
    with psycopg.connect(settings.database_url) as owner:
        owner.execute("INSERT INTO agent_group VALUES ('pmi', 'PMI'), ('aide', 'Aide') ON CONFLICT DO NOTHING")
        owner.execute("INSERT INTO group_procedure VALUES ('pmi', 'essai-pmi') ON CONFLICT DO NOTHING")
        owner.execute("INSERT INTO group_procedure VALUES ('aide', 'essai-aide') ON CONFLICT DO NOTHING")
    who = uuid7()
    return who, await file(app, who, of=plan_of("essai-pmi"))


async def test_a_resident_sees_theirs_and_no_other(app: Database, filed: tuple[UUID, Recorded]) -> None:
    who, dossier = filed
    mine = await seen(app, resident_of(who), dossier.id)
    others = await seen(app, resident_of(uuid7()), dossier.id)

    assert min(mine.values()) > 0
    assert set(others.values()) == {0}


async def test_an_agent_sees_what_their_groups_serve(app: Database, filed: tuple[UUID, Recorded]) -> None:
    _, dossier = filed
    assert min((await seen(app, agent_of("pmi"), dossier.id)).values()) > 0
    assert set((await seen(app, agent_of("aide"), dossier.id)).values()) == {0}
    assert set((await seen(app, agent_of(), dossier.id)).values()) == {0}


@pytest.mark.parametrize("audience", ["", "anonymous", "administrator", "worker"])
async def test_who_has_no_business_with_dossiers_sees_none(
    app: Database, filed: tuple[UUID, Recorded], audience: str
) -> None:
    """Administrators never see a dossier; saying "worker" as the role `guichet_app` opens nothing."""
    who, dossier = filed
    context = Context(audience=audience, subject=who, groups=("pmi",), procedures=("*",))
    assert set((await seen(app, context, dossier.id)).values()) == {0}


@pytest.mark.parametrize("table", ["letter", "document", "access_log", "search_token", "draft"])
async def test_an_administrator_sees_nothing_of_what_a_dossier_is_made_of(
    app: Database, settings: Settings, filed: tuple[UUID, Recorded], table: str
) -> None:
    """Letters, documents, readings, search tokens, drafts: there are some, the worker or their owner sees them."""
    who, dossier = filed
    await _made_of(settings, dossier.id)
    place = await draft(app, who) if table == "draft" else dossier.id
    column = "id" if table == "draft" else "dossier"
    administrator = Context(audience="administrator", subject=uuid7(), groups=("pmi",), procedures=("*",))
    async with app.transaction(administrator) as connection:
        hidden = await _count(connection, table, column, place)
    async with opened(settings, "worker") as worker, worker.transaction(WORKING) as connection:
        there = await _count(connection, table, column, place)

    assert there > 0
    assert hidden == 0


async def _made_of(settings: Settings, dossier: UUID) -> None:
    """A letter, a document and a reading of that dossier."""
    with psycopg.connect(settings.database_url) as owner:
        owner.execute("INSERT INTO published VALUES ('x', 'letter', 'x', 'x') ON CONFLICT DO NOTHING")
        owner.execute(
            "INSERT INTO letter (id, dossier, seq, kind, object_key, locked, size, digest, template, made_at)"
            " VALUES (%s, %s, 1, 'letter:essai', %s, false, 1, 'x', 'x', now()) ON CONFLICT DO NOTHING",
            [uuid7(), dossier, str(uuid7())],
        )
        owner.execute("INSERT INTO document (id, dossier, actor_kind) VALUES (%s, %s, 'resident')", [uuid7(), dossier])
        owner.execute("SELECT note_reading(%s, 'agent', NULL, NULL, 'dossier', '')", [dossier])


async def test_without_any_context_nothing_is_seen(app: Database, filed: tuple[UUID, Recorded]) -> None:
    _, dossier = filed
    async with app.engine.connect() as connection:
        assert await _count(connection, "dossier", "id", dossier.id) == 0
        assert await _count(connection, "journal", "dossier", dossier.id) == 0


async def test_the_worker_sees_everything(settings: Settings, filed: tuple[UUID, Recorded]) -> None:
    _, dossier = filed
    async with opened(settings, "worker") as worker:
        assert min((await seen(worker, WORKING, dossier.id)).values()) > 0


async def test_a_system_sees_what_it_deposited_and_what_its_token_reads(app: Database) -> None:
    system, other = uuid7(), uuid7()
    context = Context(audience="system", subject=system)
    command = File(form=FORM, pieces={"certificat": (DOCUMENT,)})
    actor = Actor(kind="system", id=system, name="Logiciel")
    owner = Owner(system=system)
    dossier = await deposit(app, context, uuid7(), command, actor, plan=plan_of("essai-pmi"), owner=owner)

    stranger = Context(audience="system", subject=other)
    reader = Context(audience="system", subject=other, procedures=("essai-pmi",))
    assert min((await seen(app, context, dossier.id)).values()) > 0
    assert set((await seen(app, stranger, dossier.id)).values()) == {0}
    assert min((await seen(app, reader, dossier.id)).values()) > 0


async def test_a_mediator_sees_a_dossier_while_the_mandate_lives_and_the_resident_has_not_taken_over(
    app: Database, settings: Settings
) -> None:
    """Revoked, or taken over: nothing more, at the next request."""
    who, mediator, organisation = uuid7(), uuid7(), await _organisation(settings)
    context = Context(audience="mediator", subject=mediator, organisation=organisation)
    async with app.transaction(context) as connection:
        now = await legal_time.legal_now(connection)
        given = await mandates.create(
            connection, settings.master, organisation_id=organisation, mediator=mediator, resident=who,
            resident_name="Annaïg", procedures=["essai"], duration="month", consent="signed_on_site",
            consented_at=now, starts=now - timedelta(seconds=1),
        )  # fmt: skip
    under = Context(audience="mediator", subject=mediator, organisation=organisation, mandate=given.id)
    actor = Actor(kind="mediator", id=mediator, mandate=given.id, name="Médiatrice")
    owner = Owner(resident=who, organisation=organisation, mandate=given.id)
    command = File(form=FORM, pieces={"certificat": (DOCUMENT,)})
    one, two = [
        await deposit(app, under, uuid7(), command, actor, plan=plan_of("essai"), owner=owner) for _ in range(2)
    ]

    assert min((await seen(app, under, one.id)).values()) > 0
    assert set((await seen(app, context, one.id)).values()) == {0}

    person = Actor(kind="resident", id=who, name="Annaïg")
    await record(app, one.id, TakeOver(), person, command_id=uuid7(), context=resident_of(who))
    assert set((await seen(app, under, one.id)).values()) == {0}
    assert min((await seen(app, under, two.id)).values()) > 0

    async with app.transaction(resident_of(who)) as connection:
        await mandates.revoke(connection, given.id, at=await legal_time.legal_now(connection), by="resident")
    assert set((await seen(app, under, two.id)).values()) == {0}
    message = SendMessage(sender="resident", text="Bonjour")
    with pytest.raises(NotFound):
        await record(app, two.id, message, actor, command_id=uuid7(), context=under)


async def test_a_resident_cannot_file_for_another(app: Database) -> None:
    """The wall refuses the row even when the application asks."""
    who, other = uuid7(), uuid7()
    actor = Actor(kind="resident", id=who, name="Annaïg")
    command = File(form=FORM, pieces={"certificat": (DOCUMENT,)})
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        await deposit(
            app, resident_of(who), uuid7(), command, actor, plan=plan_of("essai"), owner=Owner(resident=other)
        )


@pytest.mark.parametrize("role", ["app", "worker", "operator", "owner", "backup"])
@pytest.mark.parametrize("table", list(COLUMN))
@pytest.mark.parametrize("act", ["UPDATE {} SET {} = {}", "DELETE FROM {}", "TRUNCATE {} CASCADE"])
async def test_a_journal_refuses_to_everyone_to_be_edited_emptied_or_truncated(
    settings: Settings, filed: tuple[UUID, Recorded], role: DatabaseRole, table: str, act: str
) -> None:
    """By its grants, and by a trigger for the owner, who could grant itself anything."""
    async with opened(settings, "worker") as worker, worker.transaction(WORKING) as connection:
        await connection.execute(
            text("SELECT note_reading(:d, 'agent', NULL, NULL, 'dossier', '')"), {"d": filed[1].id}
        )
        await connection.execute(text("INSERT INTO published VALUES ('x', 'letter', 'x', 'x') ON CONFLICT DO NOTHING"))
    named, column = sql.Identifier(table), sql.Identifier(COLUMN[table])
    statement = sql.SQL(act).format(*([named, column, column] if "SET" in act else [named]))
    with (
        psycopg.connect(settings.url_of(role)) as connection,
        pytest.raises(psycopg.errors.InsufficientPrivilege),
    ):
        connection.execute(statement)


def test_no_role_of_the_product_owns_a_table_or_goes_past_the_walls(settings: Settings) -> None:
    """Only the backup reads past them; every table of a dossier has its walls forced."""
    with psycopg.connect(settings.database_url) as owner:
        past = "SELECT rolname, rolbypassrls OR rolsuper FROM pg_roles WHERE rolname = ANY (%s)"
        roles: dict[str, bool] = dict(owner.execute(past, [list(ROLES)]).fetchall())
        owned = "SELECT count(*) FROM pg_tables WHERE tableowner = ANY (%s)"
        assert owner.execute(owned, [list(ROLES)]).fetchone() == (0,)
        unforced = owner.execute(
            "SELECT c.relname FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'dossier'"
            " WHERE c.relkind = 'r' AND NOT (c.relrowsecurity AND c.relforcerowsecurity)"
        ).fetchall()
    assert unforced == []
    assert roles == {role: role == "guichet_backup" for role in ROLES}


async def _organisation(settings: Settings) -> UUID:
    id_ = uuid7()
    with psycopg.connect(settings.database_url) as owner:
        owner.execute("INSERT INTO organisation (id, name) VALUES (%s, %s)", [id_, f"Maison {id_}"])
    return id_
