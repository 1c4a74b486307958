"""A request received on paper, entered by an agent with its channel, its evidence and its legal day."""

import json
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from fastapi import APIRouter
from pydantic import ValidationError
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import Response

from api.act_bodies import asked_by
from api.agents.paper import PaperFilingIn, enter_paper_filing
from api.agents.queues import list_queues
from api.form_errors import REQUIRED
from api.http import problem_types as types
from api.http.preconditions import required_key
from api.http.problems import Problem
from api.http.validation_messages import field_error
from api.offer import form_of, in_force
from api.services import Services, Use
from api.sign_in.identity import AgentPerson
from catalogue.forms import FieldError
from domain.calendar import civil
from domain.filing import File
from domain.permissions import may
from domain.plan import Plan
from domain.refusals import Refused
from domain.sentence import N_
from web.agents.act_fields import PREFIX
from web.forms.reading import Read, read_page, wrong
from web.forms.showing import shown_page
from web.sign_in.identity import Agent
from web.site.asked import paris, read
from web.site.confirmations import confirmation
from web.site.form_data import ONCE, Posted, text
from web.site.page import At, Here
from web.site.rendering import page, redirect

router = APIRouter(prefix="/agents/papier")
FILED = confirmation("depot", N_("Le dépôt est enregistré."))
ASKED = {each.name: each for each in asked_by(File, "agent") if each.says.label}
"""What is asked of the paper itself; an error's link says it too."""


@dataclass(slots=True, kw_only=True)
class Draft:
    """What was typed: about the paper, then on the form; what is wrong with either."""

    typed: dict[str, Any] = field(default_factory=dict)
    read: Read | None = None
    errors: dict[str, str] = field(default_factory=dict)
    in_form: tuple[FieldError, ...] = ()
    refused: Refused | None = None


@router.get("")
async def choose_procedure(here: At, agent: Agent, services: Use) -> Response:
    """The procedures that my groups serve."""
    queues = await list_queues(agent, services)
    served = {one.procedure: one.title for queue in queues if may(queue.role, "file") for one in queue.serves}
    return page(here, "agents/paper_choice.html", served=served)


@router.get("/{procedure}")
async def paper_page(procedure: str, here: At, agent: Agent, services: Use) -> Response:
    """What the paper says of itself, and the form that it fills in."""
    return _page(here, await _served(agent, services, procedure), Draft())


@router.post("/{procedure}")
async def enter(request: Request, procedure: str, here: At, agent: Agent, services: Use, form: Posted) -> Response:
    """Enter it; the law's time runs from its reception."""
    plan = _of_its_day(await _served(agent, services, procedure), text(form, f"{PREFIX}effective"))
    draft = _typed(plan, form)
    if draft.errors or draft.in_form or (draft.read is not None and draft.read.button is not None):
        return _page(here, plan, draft)
    body = PaperFilingIn.model_validate(_body(plan, draft))
    try:
        filed = await enter_paper_filing(body, request, agent, services, await required_key(text(form, ONCE)))
    except Refused as refused:
        draft.refused = refused
        return _page(here, plan, draft)
    return redirect(here.url(f"/agents/dossiers/{json.loads(bytes(filed.body))['id']}", dit=FILED))


async def _served(agent: AgentPerson, services: Services, procedure: str) -> Plan:
    """The version in force of a procedure that I may enter. Raises Problem 404."""
    queues = await list_queues(agent, services)
    if not any(one.procedure == procedure and may(queue.role, "file") for queue in queues for one in queue.serves):
        raise Problem(types.NOT_FOUND, "Aucun de vos groupes n'enregistre cette démarche.")
    return in_force(procedure)


def _of_its_day(plan: Plan, received: str) -> Plan:
    """The version that the paper follows, that of its reception: its form may have other questions than today's."""
    try:
        day = civil(datetime.fromisoformat(paris(received)))
    except ValueError:
        return plan
    return in_force(plan.procedure, day)


def _typed(plan: Plan, form: FormData) -> Draft:
    filled = form_of(plan)
    typed = {name: read(each, form, PREFIX + name) for name, each in ASKED.items()}
    draft = Draft(
        typed={name: value for name, value in typed.items() if value is not None},
        read=read_page(filled, None, form, {}),
    )
    if draft.read is not None and draft.read.button is None:
        draft.in_form = wrong(filled, None, draft.read)
        if "incomplete" in draft.typed:
            draft.in_form = tuple(each for each in draft.in_form if each.code not in REQUIRED)
        try:
            PaperFilingIn.model_validate(_body(plan, draft))
        except ValidationError as invalid:
            draft.errors = {str(each["loc"][-1]): field_error(each).message for each in invalid.errors()}
    return draft


def _body(plan: Plan, draft: Draft) -> dict[str, Any]:
    given = dict(draft.typed)
    applicant = {name: given.pop(name) for name in ("name", "email") if name in given}
    form = draft.read.answers if draft.read is not None else {}
    return {**given, "procedure": plan.procedure, "applicant": applicant, "form": form}


def _page(here: Here, plan: Plan, draft: Draft) -> Response:
    content = shown_page(
        form_of(plan), None, {}, translate=here.words.say, errors=draft.in_form, read=draft.read, own=False
    )
    is_wrong = bool(draft.errors or draft.in_form)
    return page(
        here,
        "agents/paper.html",
        status=422 if is_wrong else 409 if draft.refused else 200,
        plan=plan,
        draft=draft,
        content=content,
        is_wrong=is_wrong,
        asked=ASKED,
    )
