"""An agent's desk: which dossiers it opens, what each role may do there, and the trace that every reading leaves."""

from dataclasses import dataclass
from typing import Annotated, Any
from uuid import UUID

from fastapi import Depends

from api.acts import ActedOut, Hand
from api.http.inputs import In
from api.http.preconditions import OptionalKey, SeenVersion
from api.services import Services, Use
from api.sign_in.identity import Agent, AgentPerson
from domain.command import Command
from domain.permissions import RANKS, refuse_unless_role
from storage.engine.questions import Question
from storage.lists import queues
from storage.register import reading
from storage.register.door import Admission, refuse_stale
from storage.register.idempotency import questions_of
from storage.register.lock import NotFound
from storage.register.reading import Seen

_SERVING = (
    "SELECT gp.group_slug FROM group_procedure gp JOIN dossier d ON d.procedure = gp.procedure"
    " WHERE d.id = %s AND gp.group_slug = ANY (%s)"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """Where an agent acts: each act says the version it has seen."""

    agent: AgentPerson
    hand: Hand

    async def stands(self, dossier: UUID, act: str, body: In) -> Seen:
        """The dossier as it stands, if this agent's role allows the act on the version that was seen.

        Raises NotFound, Refused, Stale; AlreadyAnswered when this very act was done under the same key.
        """
        services, once = self.hand.services, self.hand.once(dossier, act, body)
        mine = serving(self.agent, dossier)
        seen = await reading.read(services.database, self.agent.context, dossier, also=(mine, *questions_of(once)))
        if once is not None:
            once.refuse_unless_new(services.master, seen.answers)
        refuse_stale(seen.header, self.hand.version)
        refuse_unless_role(best_role(self.agent, seen.answers[mine]), act)
        return seen

    async def does(self, dossier: UUID, command: Command, body: In) -> ActedOut:
        """Do an act that needs no preparation. Raises Refused, Stale, NotFound."""
        return await self.hand.does(dossier, command, body, admission(self.agent, dossier, command.kind))


def serving(agent: AgentPerson, dossier: UUID) -> Question[list[str]]:
    """Which of the agent's groups serve that dossier."""
    return Question(_SERVING, (dossier, list(agent.groups)), lambda rows: [row.group_slug for row in rows])


def admission(agent: AgentPerson, dossier: UUID, act: str) -> Admission[list[str]]:
    """What the role that the agent holds in the groups that serve the dossier must allow."""
    return Admission(serving(agent, dossier), lambda groups: refuse_unless_role(best_role(agent, groups), act))


def best_role(agent: AgentPerson, groups: list[str]) -> str | None:
    """The highest role that the agent holds in those groups."""
    return max((agent.groups[group] for group in groups), key=lambda role: RANKS.get(role, -1), default=None)


async def role_in(services: Services, agent: AgentPerson, dossier: UUID) -> str | None:
    """The highest role that the agent holds in the groups that serve that dossier; None in none."""
    async with services.database.transaction(agent.context) as connection:
        return best_role(agent, await queues.groups_serving(connection, dossier, list(agent.groups)))


async def refuse_unless_may(services: Services, agent: AgentPerson, dossier: UUID, act: str) -> None:
    """Raises NotFound for a dossier of no group of the agent, Refused when the role held there is not enough."""
    async with services.database.transaction(agent.context) as connection:
        mine = await queues.groups_serving(connection, dossier, list(agent.groups))
    if not mine:
        raise NotFound
    refuse_unless_role(best_role(agent, mine), act)


async def desk_of(agent: Agent, services: Use, seen: SeenVersion, key: OptionalKey) -> Desk:
    """The desk of the agent who acts."""
    hand = Hand(services=services, actor=agent.actor, context=agent.context, version=seen, key=key)
    return Desk(agent=agent, hand=hand)


async def open_dossier(services: Services, agent: AgentPerson, dossier: UUID, what: str, **options: Any) -> Seen:
    """A dossier of the agent's groups; the resident will see who opened it. Raises NotFound."""
    return await reading.read(services.database, agent.context, dossier, reader=agent.actor, what=what, **options)


MyDesk = Annotated[Desk, Depends(desk_of)]
