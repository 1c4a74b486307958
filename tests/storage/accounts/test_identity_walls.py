"""Row-level security of accounts and what goes with them, as each role really connects."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from uuid import UUID, uuid4

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, ProgrammingError
from uuid_utils.compat import uuid7

from storage.accounts import accounts, identities, sessions
from storage.accounts.administration import Office
from storage.engine.database import OPERATING, WORKING, Context, Database
from storage.engine.settings import Settings
from tests.storage.filed import opened

OWNER = Context(audience="owner", subject=None)
NOBODY = Context(audience="", subject=None)
ANONYMOUS = Context(audience="anonymous", subject=None)
PRIVATE = ("account", "session", "group_member", "external_system", "system_token", "admin_log")


@dataclass(slots=True)
class People:
    """Two agents with a session each, an administrator, and the database as each role."""

    app: Database
    worker: Database
    owner: Database
    one: UUID
    other: UUID
    administrator: UUID


@pytest.fixture
async def people(settings: Settings) -> AsyncIterator[People]:
    """Two agents of one group, with their sessions."""
    app, worker, owner = (Database(settings, role, size=1) for role in ("app", "worker", "owner"))
    async with owner.transaction(OWNER) as connection:
        office = Office(connection, settings.master, None)
        slug = f"g-{uuid4().hex[:8]}"
        await office.add_group(slug, "G", ["apa-domicile"])
        made = []
        for audience in ("agent", "agent", "administrator"):
            account = await accounts.add(connection, settings.master, audience, f"{uuid4().hex}@example.org", "X")
            await sessions.start(connection, account, audience, "")
            made.append(account)
        for agent in made[:2]:
            await office.put_member(slug, agent, "reader")
    yield People(app=app, worker=worker, owner=owner, one=made[0], other=made[1], administrator=made[2])
    for database in (app, worker, owner):
        await database.close()


async def count(database: Database, context: Context, table: str) -> int:
    """How many rows of a table this context sees."""
    async with database.transaction(context) as connection:
        found = await connection.execute(text(f"SELECT count(*) FROM {table}"))  # noqa: S608 (constants)
        return int(found.scalar_one())


@pytest.mark.parametrize("table", [*PRIVATE, "sign_in_code"])
async def test_without_a_context_the_application_sees_nothing(people: People, table: str) -> None:
    assert await count(people.app, NOBODY, table) == 0


@pytest.mark.parametrize("table", PRIVATE)
async def test_before_signing_in_nothing_of_anybody_is_seen(people: People, table: str) -> None:
    assert await count(people.app, ANONYMOUS, table) == 0


async def test_an_agent_sees_one_s_own_account_sessions_and_memberships_only(people: People) -> None:
    me = Context(audience="agent", subject=people.one)

    assert [await count(people.app, me, table) for table in ("account", "session", "group_member")] == [1, 1, 1]
    assert [await count(people.app, me, table) for table in ("system_token", "admin_log", "sign_in_code")] == [0, 0, 0]


async def test_nobody_changes_another_s_account_nor_ends_another_s_session(people: People) -> None:
    me = Context(audience="agent", subject=people.one)
    async with people.app.transaction(me) as connection:
        changed = await connection.execute(
            text("UPDATE account SET password_hash = 'x' WHERE id = :id"), {"id": people.other}
        )
        ended = await connection.execute(text("DELETE FROM session WHERE account = :id"), {"id": people.other})

    assert (changed.rowcount, ended.rowcount) == (0, 0)


async def test_nobody_unbinds_an_identity_but_an_administrator(people: People, settings: Settings) -> None:
    """Not even their own: what binds it again is a proof that a stolen session does not have."""
    me = Context(audience="agent", subject=people.one)
    issuer = f"https://{uuid4().hex}.example"
    async with people.app.transaction(me) as connection:
        assert await identities.bind(connection, settings.master, "agent", issuer, "sub", people.one)
    for who in (me, Context(audience="agent", subject=people.other)):
        with pytest.raises(accounts.Unknown):
            async with people.app.transaction(who) as connection:
                await identities.unbind(connection, people.one, issuer)

    async with people.app.transaction(Context(audience="administrator", subject=people.administrator)) as connection:
        assert [one.issuer for one in await identities.of_account(connection, people.one)] == [issuer]
        await identities.unbind(connection, people.one, issuer)


async def test_nobody_opens_a_session_for_another(people: People) -> None:
    me = Context(audience="agent", subject=people.one)
    with pytest.raises(ProgrammingError, match="row-level security"):
        async with people.app.transaction(me) as connection:
            await sessions.start(connection, people.other, "agent", "")


async def test_an_agent_makes_no_account_no_group_and_no_token(people: People) -> None:
    me = Context(audience="agent", subject=people.one)
    for statement in (
        "INSERT INTO account (id, audience, email_hash, email_sealed) VALUES (:id, 'administrator', '\\x01', '\\x01')",
        "INSERT INTO group_member (account, group_slug, role) SELECT :one, slug, 'signatory' FROM agent_group LIMIT 1",
        "INSERT INTO agent_group (slug, title) VALUES ('mine', 'Mine')",
        "INSERT INTO external_system (id, name) VALUES (:id, 'mine')",
        "INSERT INTO admin_log (actor, action, target) VALUES (:one, 'x', 'x')",
    ):
        with pytest.raises(ProgrammingError, match="row-level security"):
            async with people.app.transaction(me) as connection:
                await connection.execute(text(statement), {"id": uuid7(), "one": people.one})


async def test_not_even_an_administrator_changes_an_audience_or_an_address(people: People) -> None:
    me = Context(audience="administrator", subject=people.administrator)
    for column, value in (("audience", "'administrator'"), ("email_hash", "'\\x01'"), ("id", "gen_random_uuid()")):
        with pytest.raises(ProgrammingError, match="permission denied"):
            async with people.app.transaction(me) as connection:
                await connection.execute(text(f"UPDATE account SET {column} = {value}"))  # noqa: S608 (constants)


async def test_an_administrator_logs_in_one_s_own_name_only(people: People) -> None:
    me = Context(audience="administrator", subject=people.administrator)
    with pytest.raises(ProgrammingError, match="row-level security"):
        async with people.app.transaction(me) as connection:
            await connection.execute(
                text("INSERT INTO admin_log (actor, action, target) VALUES (:actor, 'x', 'x')"), {"actor": people.one}
            )


@pytest.mark.parametrize(
    "statement", ["UPDATE admin_log SET action = 'x'", "DELETE FROM admin_log", "TRUNCATE admin_log"]
)
async def test_the_log_only_grows_even_for_the_owner(people: People, statement: str) -> None:
    with pytest.raises(DBAPIError, match="append-only"):
        async with people.owner.transaction(OWNER) as connection:
            await connection.execute(text(statement))


async def test_the_worker_reads_addresses_and_no_secret(people: People) -> None:
    async with people.worker.transaction(WORKING) as connection:
        found = await connection.execute(text("SELECT email_sealed FROM account WHERE id = :id"), {"id": people.one})
        assert found.scalar_one()
    for query in ("SELECT password_hash FROM account", "SELECT totp_sealed FROM account", "SELECT 1 FROM session"):
        with pytest.raises(ProgrammingError, match="permission denied"):
            async with people.worker.transaction(WORKING) as connection:
                await connection.execute(text(query))


@pytest.mark.parametrize(
    ("statement", "refused"),
    [
        ("SELECT password_hash FROM account", "permission denied"),
        ("UPDATE account SET audience = 'administrator'", "permission denied"),
        ("DELETE FROM account", "permission denied"),
        ("SELECT token_hash FROM session", "permission denied"),
        ("INSERT INTO session SELECT * FROM session", "permission denied"),
        ("SELECT token_hash FROM system_token", "permission denied"),
        ("SELECT 1 FROM admin_log", "permission denied"),
        ("INSERT INTO admin_log (actor, action, target) SELECT id, 'x', 'x' FROM account", "row-level security"),
        ("SELECT identity_resident(gen_random_uuid(), '', '', '')", "permission denied"),
    ],
)
async def test_the_operator_administers_and_neither_reads_a_secret_nor_acts_in_another_s_name(
    settings: Settings, people: People, statement: str, refused: str
) -> None:
    async with opened(settings, "operator") as operator:
        with pytest.raises(ProgrammingError, match=refused):
            async with operator.transaction(OPERATING) as connection:
                await connection.execute(text(statement))


async def test_the_operator_s_role_is_granted_nothing_of_a_dossier(people: People) -> None:
    """What administers needs these tables, and no other: a new one is granted knowingly."""
    granted = text(
        "SELECT DISTINCT table_name FROM information_schema.column_privileges WHERE grantee = 'guichet_operator'"
        " UNION SELECT table_name FROM information_schema.table_privileges WHERE grantee = 'guichet_operator'"
    )
    async with people.owner.transaction(OWNER) as connection:
        tables = set((await connection.execute(granted)).scalars())

    assert tables == {
        "account", "account_identity", "admin_log", "agent_group", "alembic_version", "campaign", "external_system",
        "group_member", "group_procedure", "legal_clock", "organisation", "outbox", "session", "system_token",
    }  # fmt: skip


@pytest.mark.parametrize(
    "call",
    [
        "identity_session('\\x01')",
        "identity_ended_session('\\x01')",
        "identity_credentials('agent', '\\x01')",
        "identity_system('\\x01')",
    ],
)
async def test_only_the_application_asks_who_bears_a_token(people: People, call: str) -> None:
    async with people.app.transaction(NOBODY) as connection:
        assert (await connection.execute(text(f"SELECT * FROM {call}"))).all() == []  # noqa: S608 (constants)
    with pytest.raises(ProgrammingError, match="permission denied"):
        async with people.worker.transaction(WORKING) as connection:
            await connection.execute(text(f"SELECT * FROM {call}"))  # noqa: S608 (constants)


async def test_nothing_said_for_one_transaction_lasts_to_the_next(people: People) -> None:
    """The pool has one connection here: the second transaction uses the first one's."""
    assert await count(people.app, Context(audience="agent", subject=people.one), "account") == 1
    async with people.app.engine.connect() as connection:
        assert (await connection.execute(text("SELECT count(*) FROM account"))).scalar_one() == 0
