"""What agents do on a dossier: a route for each act that is theirs. `If-Match` says the version they have seen."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from uuid import UUID

from fastapi import Response

from api.act_bodies import acts_of, asked_by, body_of, command_of, described
from api.acts import ActedOut
from api.agents.desk import Desk, MyDesk
from api.agents.prepared import PREPARED
from api.http.inputs import In
from api.http.preconditions import versioned
from api.http.rooms import Room
from domain.act_fields import Field
from domain.command import Command
from storage.documents.rows import refuse_unless_here


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """An act at this door: what it wants, what it does."""

    command: type[Command]
    body: type[In]

    @property
    def name(self) -> str:
        """As in the API."""
        return self.command.act()

    @property
    def fields(self) -> tuple[Field, ...]:
        """What it asks."""
        return asked_by(self.command, "agent")

    async def does(self, dossier: UUID, body: In, desk: Desk) -> ActedOut:
        """Do it on a dossier, for the agent who is at that desk. Raises what a hand raises."""
        agent = desk.agent
        known = {"agent": agent.account, "agent_name": agent.name, "sender": "agent", "by_hand": True}
        if self.name in PREPARED:
            seen = await desk.stands(dossier, self.name, body)
            return await desk.hand.does(dossier, await PREPARED[self.name](desk.hand, seen, body), body)
        if any(each.kind == "documents" for each in self.command.asks("agent")):
            async with desk.hand.services.database.transaction(agent.context) as connection:
                await refuse_unless_here(connection, dossier, body.documents)  # type: ignore[attr-defined] # of fields
        return await desk.does(dossier, command_of(self.command, body, **known), body)


def _answers(act: Act) -> Callable[..., Awaitable[ActedOut]]:
    async def answers(dossier: UUID, body: In, desk: MyDesk, response: Response) -> ActedOut:
        return versioned(response, await act.does(dossier, body, desk))

    answers.__annotations__["body"] = act.body
    return answers


ACTS = {each.act(): Act(command=each, body=body_of(each, agents=True)) for each in acts_of("agent")}
"""Every act at this door, by its name."""
router = Room(prefix="/dossiers/{dossier}/acts")
for each in ACTS.values():
    router.add_api_route(
        f"/{each.name}", _answers(each), methods=["POST"], name=each.name, description=described(each.command)
    )
