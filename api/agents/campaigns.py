"""Campaigns of the procedures that my groups serve: planned, ranked."""

from collections.abc import Sequence
from typing import Annotated
from uuid import UUID

from pydantic import Field
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from api.agents.desk import best_role
from api.http import problem_types as types
from api.http.inputs import Day, In, Key, Moment, ShortText
from api.http.preconditions import RequiredKey
from api.http.problems import Problem
from api.http.rooms import Room
from api.offer import in_force
from api.services import Use
from api.shown.campaign import CampaignOut, RankingOut
from api.sign_in.identity import Agent, AgentPerson
from domain.amounts import InvalidFacts, money
from domain.campaign import Campaign, ranking
from domain.permissions import refuse_unless_role
from domain.refusals import Refused
from storage.accounts.accounts import Unknown
from storage.engine.legal_time import legal_now
from storage.lists import campaign_dossiers
from storage.register import campaigns, idempotency, outbox
from storage.register.idempotency import Answer, Once

router = Room(prefix="/campaigns")


class CampaignIn(In):
    """A campaign: from `opens` included to `closes` excluded; `budget` in euros, a decimal text."""

    procedure: Key
    title: Annotated[ShortText, Field(min_length=1)]
    opens: Moment
    closes: Moment
    session: Day
    budget: ShortText


@router.get("")
async def list_campaigns(agent: Agent, services: Use) -> list[CampaignOut]:
    """The campaigns of the procedures that my groups serve, the latest to open first."""
    async with services.database.transaction(agent.context) as connection:
        found, now = await campaigns.every(connection), await legal_now(connection)
    return [CampaignOut.of(one, now) for one in found]


@router.post("", status_code=201)
async def open_campaign(body: CampaignIn, agent: Agent, services: Use, key: RequiredKey) -> CampaignOut:
    """Plan a campaign: it opens and closes by itself. Asks for the right to sign, in a group that serves it."""
    once = _once(agent, key, body)
    async with services.database.transaction(agent.context) as connection:
        await idempotency.begin(connection, services.master, once)
        await refuse_unless_served(connection, agent, body.procedure, "open_campaign")
        made = await _planned(connection, agent, body)
        await outbox.add(connection, "campaign", str(made.id))
        shown = CampaignOut.of(made, await legal_now(connection))
        await idempotency.finish(connection, services.master, once, shown)
    services.database.nudge()
    return shown


@router.get("/{campaign}")
async def read_campaign(campaign: UUID, agent: Agent, services: Use) -> CampaignOut:
    """One campaign of a procedure that my groups serve."""
    async with services.database.transaction(agent.context) as connection:
        return CampaignOut.of(await seen(connection, campaign), await legal_now(connection))


@router.get("/{campaign}/ranking")
async def rank(campaign: UUID, agent: Agent, services: Use) -> RankingOut:
    """By score, then by instant of filing, with the line of the budget. Each applicant sees that it was read."""
    async with services.database.transaction(agent.context) as connection:
        found, now = await seen(connection, campaign), await legal_now(connection)
        await refuse_unless_served(connection, agent, found.procedure, "read")
        among = await campaigns.dossiers_of(connection, found)
    read = await campaign_dossiers.candidates(services.database, agent.context, among, agent.actor)
    return RankingOut.of(found, now, ranking(read.candidates, found.budget), read.aside)


async def seen(connection: AsyncConnection, campaign: UUID) -> Campaign:
    """A campaign that this context sees. Raises Problem 404, the same for one that is not and for another group's."""
    try:
        return await campaigns.read(connection, campaign)
    except Unknown as unknown:
        raise Problem(types.NOT_FOUND, "Aucune campagne de vos groupes ne porte cet identifiant.") from unknown


async def refuse_unless_served(connection: AsyncConnection, agent: AgentPerson, procedure: str, act: str) -> None:
    """Raises Problem 404 when no group of the agent serves the procedure, Refused when the role there is not enough."""
    mine = await _serving(connection, procedure, sorted(agent.groups))
    if not mine:
        raise Problem(types.NOT_FOUND, f"Aucun de vos groupes ne sert la démarche « {procedure} ».")
    refuse_unless_role(best_role(agent, mine), act)


async def _serving(connection: AsyncConnection, procedure: str, groups: Sequence[str]) -> list[str]:
    served = text("SELECT group_slug FROM group_procedure WHERE procedure = :procedure AND group_slug = ANY (:groups)")
    return list((await connection.execute(served, {"procedure": procedure, "groups": list(groups)})).scalars())


async def _planned(connection: AsyncConnection, agent: AgentPerson, body: CampaignIn) -> Campaign:
    if not in_force(body.procedure).campaign:
        raise Refused(
            "no_campaign",
            f"La démarche « {body.procedure} » se dépose à tout moment.",
            what_to_do="Écrivez « campaign = true » dans son procedure.toml, puis publiez-en une version.",
        )
    try:
        budget = money("budget", body.budget)
    except InvalidFacts as invalid:
        raise Refused("campaign_misplanned", str(invalid)) from invalid
    given = body.model_dump(exclude={"budget"})
    return await campaigns.plan_campaign(connection, **given, budget=budget, by=agent.account)


def _once(agent: AgentPerson, key: str, body: CampaignIn) -> Once:
    def answer(shown: CampaignOut) -> Answer:
        return Answer(status=201, body=shown.model_dump(mode="json"))

    return Once(actor=agent.account, route="campaigns", key=key, body=body.model_dump_json().encode(), answer=answer)
