"""Agents' groups: the procedures each serves, and the role of each member."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import delete, func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.permissions import Role
from storage.accounts.accounts import AlreadyExists, Unknown
from storage.tables.accounts import account, agent_group, group_member, group_procedure


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """A team of agents, by the slug that plans and queues name."""

    slug: str
    title: str
    procedures: tuple[str, ...]
    members: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """An agent in a group."""

    account: UUID
    role: str


async def add(connection: AsyncConnection, slug: str, title: str, procedures: Sequence[str] = ()) -> None:
    """Create a group that serves these procedures. Raises AlreadyExists."""
    statement = insert(agent_group).values(slug=slug, title=title).on_conflict_do_nothing()
    if (await connection.execute(statement.returning(agent_group.c.slug))).first() is None:
        raise AlreadyExists(f"Le groupe « {slug} » existe déjà.")
    await serve(connection, slug, procedures)


async def serve(connection: AsyncConnection, slug: str, procedures: Sequence[str]) -> None:
    """Replace the procedures a group serves. Raises Unknown."""
    await refuse_unknown(connection, slug)
    await connection.execute(delete(group_procedure).where(group_procedure.c.group_slug == slug))
    rows = [{"group_slug": slug, "procedure": procedure} for procedure in sorted(set(procedures))]
    if rows:
        await connection.execute(group_procedure.insert(), rows)


async def put_member(connection: AsyncConnection, slug: str, member: UUID, role: Role) -> None:
    """Add an agent, or change the role. Raises Unknown for a group, or an account that is no agent."""
    await refuse_unknown(connection, slug)
    agent = select(account.c.id).where(account.c.id == member, account.c.audience == "agent")
    if (await connection.execute(agent)).first() is None:
        raise Unknown("Aucun compte d'agent ne porte cet identifiant.")
    statement = insert(group_member).values(account=member, group_slug=slug, role=role)
    await connection.execute(
        statement.on_conflict_do_update(index_elements=["account", "group_slug"], set_={"role": role})
    )


async def remove_member(connection: AsyncConnection, slug: str, member: UUID) -> None:
    """Take an agent out of a group, with effect on the next request. Raises Unknown."""
    statement = delete(group_member).where(group_member.c.group_slug == slug, group_member.c.account == member)
    if (await connection.execute(statement)).rowcount != 1:
        raise Unknown("Cet agent n'est pas dans ce groupe.")


async def every(connection: AsyncConnection) -> list[Group]:
    """All groups, by slug."""
    procedures = (
        select(func.array_agg(group_procedure.c.procedure))
        .where(group_procedure.c.group_slug == agent_group.c.slug)
        .scalar_subquery()
    )
    members = (
        select(func.count())
        .select_from(group_member)
        .where(group_member.c.group_slug == agent_group.c.slug)
        .scalar_subquery()
    )
    statement = select(agent_group.c.slug, agent_group.c.title, procedures, members).order_by(agent_group.c.slug)
    return [
        Group(slug=slug, title=title, procedures=tuple(sorted(served or ())), members=count)
        for slug, title, served, count in await connection.execute(statement)
    ]


async def served(connection: AsyncConnection) -> frozenset[str]:
    """The procedures that some group serves: what is filed for another waits in nobody's queue."""
    return frozenset((await connection.execute(select(group_procedure.c.procedure).distinct())).scalars())


async def members(connection: AsyncConnection, slug: str) -> list[Member]:
    """The members of a group. Raises Unknown."""
    await refuse_unknown(connection, slug)
    statement = (
        select(group_member.c.account, group_member.c.role)
        .where(group_member.c.group_slug == slug)
        .order_by(group_member.c.account)
    )
    return [Member(account=account, role=role) for account, role in await connection.execute(statement)]


async def refuse_unknown(connection: AsyncConnection, slug: str) -> None:
    """Raises Unknown when there is no group of that slug."""
    if (await connection.execute(select(agent_group.c.slug).where(agent_group.c.slug == slug))).first() is None:
        raise Unknown(f"Aucun groupe ne s'appelle « {slug} ».")
