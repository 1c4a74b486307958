"""A collective vote: one act, recorded on each request as the agent who asks, re-checked one by one."""

from dataclasses import dataclass
from typing import Annotated
from uuid import UUID

from pydantic import Field, model_validator

from api.agents.campaigns import refuse_unless_served, seen
from api.agents.desk import admission
from api.http.inputs import Day, In, ShortText
from api.http.preconditions import RequiredKey, command_id
from api.http.rooms import Room
from api.services import Services, Use
from api.shown.campaign import CollectiveVoteOut, VoteOnOneOut
from api.sign_in.identity import Agent, AgentPerson
from domain.campaign import refuse_vote_before_close
from domain.refusals import Refused
from domain.steps.vote import RecordVote
from storage.engine.keys import KeyDestroyed
from storage.engine.legal_time import legal_now
from storage.register import campaigns, door
from storage.register.lock import NotFound, Purged

router = Room(prefix="/campaigns/{campaign}")
MOST = 500
Dossiers = Annotated[tuple[UUID, ...], Field(max_length=MOST)]
ELSEWHERE = "Ce dossier n'a pas été déposé pendant la campagne, ou n'est pas de vos groupes."
DESTROYED = "Le contenu de ce dossier a été détruit."


class CollectiveVoteIn(In):
    """What was voted at the session of that day, under one deliberation."""

    session: Day
    deliberation: Annotated[ShortText, Field(min_length=1)]
    adopted: Dossiers = ()
    rejected: Dossiers = ()

    @model_validator(mode="after")
    def each_once(self) -> "CollectiveVoteIn":
        """A request is adopted or rejected, once."""
        named = (*self.adopted, *self.rejected)
        if not named:
            raise ValueError("Nommez au moins un dossier, adopté ou rejeté.")
        if len(set(named)) != len(named):
            raise ValueError("Un dossier figure deux fois : il est adopté ou rejeté, une seule fois.")
        return self

    def command(self, *, adopted: bool) -> RecordVote:
        """The command of the domain."""
        return RecordVote(adopted=adopted, session=self.session, deliberation=self.deliberation)


@router.post("/vote")
async def vote(
    campaign: UUID, body: CollectiveVoteIn, agent: Agent, services: Use, key: RequiredKey
) -> CollectiveVoteOut:
    """Record a session's vote on each request. The same Idempotency-Key records nothing twice, and goes on."""
    async with services.database.transaction(agent.context) as connection:
        found = await seen(connection, campaign)
        await refuse_unless_served(connection, agent, found.procedure, "record_vote")
        refuse_vote_before_close(found, await legal_now(connection))
        of_campaign = frozenset(await campaigns.dossiers_of(connection, found))
    hand = _Hand(services=services, agent=agent, key=f"{campaign}|{key}", of_campaign=of_campaign)
    votes = [await hand.votes(one, body.command(adopted=True)) for one in body.adopted]
    votes += [await hand.votes(one, body.command(adopted=False)) for one in body.rejected]
    done = sum(one.done for one in votes)
    return CollectiveVoteOut(done=done, refused=len(votes) - done, votes=votes)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Hand:
    """Votes one request after the other; what is refused of one stops nothing."""

    services: Services
    agent: AgentPerson
    key: str
    of_campaign: frozenset[UUID]

    async def votes(self, dossier: UUID, command: RecordVote) -> VoteOnOneOut:
        """Record it, or say why not. Raises OtherBody when the key served for another vote."""
        if dossier not in self.of_campaign:
            return self._refused(dossier, command, "not-in-campaign", ELSEWHERE)
        try:
            recorded = await door.record(
                self.services.database,
                dossier,
                command,
                self.agent.actor,
                command_id=command_id(self.agent.actor, f"{dossier}|{self.key}"),
                context=self.agent.context,
                admission=admission(self.agent, dossier, "record_vote"),
            )
        except Refused as refused:
            return self._refused(dossier, command, refused.code.replace("_", "-"), refused.sentence)
        except NotFound:
            return self._refused(dossier, command, "not-in-campaign", ELSEWHERE)
        except (Purged, KeyDestroyed):
            return self._refused(dossier, command, "content-destroyed", DESTROYED)
        return VoteOnOneOut(id=dossier, adopted=command.adopted, done=True, version=recorded.version)

    def _refused(self, dossier: UUID, command: RecordVote, code: str, reason: str) -> VoteOnOneOut:
        return VoteOnOneOut(id=dossier, adopted=command.adopted, done=False, code=code, reason=reason)
