"""What agents do on a dossier: a route for each act that is theirs. `If-Match` says the version they have seen."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from uuid import UUID

from fastapi import APIRouter

from api.act_bodies import acts_of, asked_by, body_of, command_of, described
from api.acts import ActedOut
from api.agents.desk import Desk, MyDesk
from api.agents.prepared import PREPARED
from api.http.inputs import In
from domain.asking import Field
from domain.command import Command
from storage.documents.rows import refuse_unless_here


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """An act at this door: what it wants, what it does."""

    command: type[Command]
    body: type[In]
    does: Callable[[UUID, In, Desk], Awaitable[ActedOut]]

    @property
    def name(self) -> str:
        """As in the API."""
        return self.command.act()

    @property
    def fields(self) -> tuple[Field, ...]:
        """What it asks."""
        return asked_by(self.command, "agent")


def _act(command: type[Command]) -> Act:
    async def does(dossier: UUID, body: In, desk: MyDesk) -> ActedOut:
        return await _done(command, dossier, body, desk)

    made = body_of(command, agents=True)
    does.__annotations__["body"] = made
    return Act(command=command, body=made, does=does)


async def _done(command: type[Command], dossier: UUID, body: In, desk: Desk) -> ActedOut:
    name, agent = command.act(), desk.agent
    known = {"agent": agent.account, "agent_name": agent.name, "sender": "agent"}
    if name in PREPARED:
        seen = await desk.stands(dossier, name, body)
        return await desk.hand.does(dossier, await PREPARED[name](desk.hand, seen, body), body)
    if any(each.kind == "documents" for each in command.asks("agent")):
        async with desk.hand.services.database.transaction(agent.context) as connection:
            await refuse_unless_here(connection, dossier, body.documents)  # type: ignore[attr-defined] # made of fields
    return await desk.does(dossier, command_of(command, body, **known), body)


ACTS = {act.name: act for act in map(_act, acts_of("agent"))}
"""Every act at this door, by its name."""
router = APIRouter(prefix="/dossiers/{dossier}/acts")
for each in ACTS.values():
    router.add_api_route(
        f"/{each.name}", each.does, methods=["POST"], name=each.name, description=described(each.command)
    )
