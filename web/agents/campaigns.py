"""Campaigns: planned, ranked, voted."""

from uuid import UUID

from fastapi import APIRouter
from pydantic import ValidationError
from starlette.datastructures import FormData
from starlette.responses import Response

from api.agents.campaign_votes import CollectiveVoteIn, vote
from api.agents.campaigns import CampaignIn, list_campaigns, open_campaign, rank
from api.agents.queues import list_queues
from api.http.preconditions import required_key
from api.http.validation_messages import field_error
from api.offer import in_force
from api.services import Services, Use
from api.shown.campaign import CollectiveVoteOut
from api.sign_in.identity import AgentPerson
from domain.permissions import may
from domain.refusals import Refused
from domain.sentence import N_
from storage.register.idempotency import AlreadyAnswered
from web.sign_in.identity import Agent
from web.site.asked import paris
from web.site.confirmations import ALREADY, confirmation
from web.site.form_data import ONCE, Posted, text
from web.site.page import At, Here
from web.site.rendering import page, redirect

router = APIRouter(prefix="/agents/campagnes")
CAMPAIGN_MADE = confirmation("campagne", N_("La campagne est prévue."))
PLANNED = ("procedure", "title", "opens", "closes", "session", "budget")
MOMENTS = ("opens", "closes")
STAGES = {
    "planned": N_("Prévue"),
    "opened": N_("Ouverte"),
    "closed": N_("Close"),
    "vote_soon": N_("Vote proche"),
    "voted": N_("Votée"),
}


@router.get("")
async def campaigns_page(here: At, agent: Agent, services: Use) -> Response:
    """Every campaign of my groups, and where to plan one."""
    return await _list(here, agent, services, {}, {})


@router.post("")
async def plan_campaign(here: At, agent: Agent, services: Use, form: Posted) -> Response:
    """Plan one; it opens and closes by itself."""
    typed = {name: text(form, name) for name in PLANNED}
    given = {name: paris(value) if name in MOMENTS else value for name, value in typed.items() if value}
    try:
        body = CampaignIn.model_validate(given)
        made = await open_campaign(body, agent, services, await required_key(text(form, ONCE)))
    except ValidationError as invalid:
        errors = {str(each["loc"][0]): here.words.say(field_error(each).message) for each in invalid.errors()}
        return await _list(here, agent, services, typed, errors)
    except Refused as refused:
        return await _list(here, agent, services, typed, {"procedure": here.words.say(refused.sentence)})
    except AlreadyAnswered:
        return redirect(here.url("/agents/campagnes", dit=ALREADY))
    return redirect(here.url(f"/agents/campagnes/{made.id}", dit=CAMPAIGN_MADE))


@router.get("/{campaign}")
async def campaign_page(campaign: UUID, here: At, agent: Agent, services: Use) -> Response:
    """The ranking, with the line of the budget, and the vote to record."""
    return await _ranking(here, agent, services, campaign)


@router.post("/{campaign}")
async def record_votes(campaign: UUID, here: At, agent: Agent, services: Use, form: Posted) -> Response:
    """Record a session's vote on each request, and say what became of each."""
    typed = {"session": text(form, "session"), "deliberation": text(form, "deliberation")}
    given = {**typed, "adopted": _voted(form, "adopted"), "rejected": _voted(form, "rejected")}
    try:
        body = CollectiveVoteIn.model_validate({name: value for name, value in given.items() if value})
        done = await vote(campaign, body, agent, services, await required_key(text(form, ONCE)))
    except ValidationError as invalid:
        errors = {
            str(each["loc"][0]) if each["loc"] else "votes": here.words.say(field_error(each).message)
            for each in invalid.errors()
        }
        return await _ranking(here, agent, services, campaign, typed=typed, errors=errors)
    except Refused as refused:
        return await _ranking(
            here, agent, services, campaign, typed=typed, errors={"votes": here.words.say(refused.sentence)}
        )
    return await _ranking(here, agent, services, campaign, done=done)


def _voted(form: FormData, answer: str) -> list[str]:
    return [
        name.removeprefix("vote.") for name, value in form.multi_items() if name.startswith("vote.") and value == answer
    ]


async def _list(
    here: Here, agent: AgentPerson, services: Services, typed: dict[str, str], errors: dict[str, str]
) -> Response:
    queues = await list_queues(agent, services)
    offered = {
        one.procedure: one.title
        for queue in queues
        if may(queue.role, "open_campaign")
        for one in queue.serves
        if in_force(one.procedure).campaign
    }
    return page(
        here,
        "agents/campaigns.html",
        status=422 if errors else 200,
        campaigns=await list_campaigns(agent, services),
        offered=offered,
        stages=STAGES,
        typed=typed,
        errors=errors,
    )


async def _ranking(
    here: Here,
    agent: AgentPerson,
    services: Services,
    campaign: UUID,
    *,
    typed: dict[str, str] | None = None,
    errors: dict[str, str] | None = None,
    done: CollectiveVoteOut | None = None,
) -> Response:
    found = await rank(campaign, agent, services)
    return page(
        here,
        "agents/campaign.html",
        status=422 if errors else 200,
        found=found,
        stages=STAGES,
        typed=typed or {"session": found.campaign.session.isoformat(), "deliberation": ""},
        errors=errors or {},
        voted=done,
        references={one.id: one.reference for one in found.ranked},
    )
