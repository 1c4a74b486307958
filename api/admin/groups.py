"""Agents' groups: the procedures they serve, their members and roles."""

from typing import Annotated
from uuid import UUID

from pydantic import Field

from api.admin.office import AtWork, Slug, Title
from api.http.inputs import In, Out
from api.http.rooms import Room
from domain.permissions import Role
from storage.accounts import groups

router = Room()

Procedures = Annotated[list[Slug], Field(max_length=200)]


class GroupIn(In):
    """A new group; its slug is the office or the team that procedures name."""

    slug: Slug
    title: Title
    procedures: Procedures = Field(default_factory=list)


class GroupOut(Out):
    """A group, and how many belong to it."""

    slug: str
    title: str
    procedures: tuple[str, ...]
    members: int


class ProceduresIn(In):
    """All the procedures a group serves."""

    procedures: Procedures


class MemberIn(In):
    """How far an agent may go in a group."""

    role: Role


class MemberOut(Out):
    """An agent in a group."""

    account: UUID
    role: str


@router.get("/groups")
async def list_groups(office: AtWork) -> list[GroupOut]:
    """Every group."""
    return [GroupOut.model_validate(one) for one in await groups.every(office.connection)]


@router.post("/groups", status_code=201)
async def add_group(body: GroupIn, office: AtWork) -> GroupOut:
    """Create a group."""
    await office.add_group(body.slug, body.title, body.procedures)
    return GroupOut(slug=body.slug, title=body.title, procedures=tuple(sorted(set(body.procedures))), members=0)


@router.put("/groups/{group}/procedures", status_code=204)
async def serve(group: Slug, body: ProceduresIn, office: AtWork) -> None:
    """Replace the procedures a group serves."""
    await office.serve(group, body.procedures)


@router.get("/groups/{group}/members")
async def list_members(group: Slug, office: AtWork) -> list[MemberOut]:
    """The members of a group."""
    return [MemberOut.model_validate(one) for one in await groups.members(office.connection, group)]


@router.put("/groups/{group}/members/{account}", status_code=204)
async def put_member(group: Slug, account: UUID, body: MemberIn, office: AtWork) -> None:
    """Put an agent in a group, or change the role held there."""
    await office.put_member(group, account, body.role)


@router.delete("/groups/{group}/members/{account}", status_code=204)
async def remove_member(group: Slug, account: UUID, office: AtWork) -> None:
    """Take an agent out of a group."""
    await office.remove_member(group, account)
