"""One page for every act: what it asks, what it would change, why it is not possible; and doing it."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query
from pydantic import ValidationError
from starlette.datastructures import FormData
from starlette.responses import Response

from api.acts import Hand
from api.agents.desk import Desk
from api.agents.documents import list_dossier_documents
from api.agents.rehearsal import rehearsed
from api.http import problem_types as types
from api.http import refusal_types
from api.http.inputs import In
from api.http.problems import Problem
from api.http.validation_messages import field_error
from api.services import Services, Use
from api.sign_in.identity import AgentPerson
from catalogue.forms import FieldError
from domain.channels import TITLES
from domain.permissions import refuse_unless_role
from domain.refusals import Refused
from domain.sentence import N_
from letters.previews import WRITES
from storage.register.idempotency import AlreadyAnswered
from web.agents.act_choices import Choices, form_of_act, outcome_asked, prefilled
from web.agents.act_fields import EVERY, Act, input_of
from web.agents.act_forks import ActFork, fork_of_act
from web.agents.dossier_view import DossierView, Open
from web.forms.reading import Read, read_page, wrong
from web.forms.showing import shown_page
from web.sign_in.identity import Agent
from web.site.confirmations import ALREADY, confirmation
from web.site.form_data import Posted, posted_key, version
from web.site.page import At, Here
from web.site.rendering import page, redirect

router = APIRouter(prefix="/agents/dossiers/{dossier}/actes")
RECORDED = confirmation("acte", N_("L'acte est enregistré."))
TRY = "_essai"
LETTER = "_lettre"
Issue = Annotated[str, Query(alias="issue", max_length=100)]
Piece = Annotated[str, Query(alias="piece", max_length=100)]


@dataclass(slots=True, kw_only=True)
class Draft:
    """What was typed on an act's page: the body so far, what its form holds, and what is wrong with either."""

    body: dict[str, Any] = field(default_factory=dict)
    read: Read | None = None
    errors: dict[str, str] = field(default_factory=dict)
    in_form: tuple[FieldError, ...] = ()
    refused: Refused | None = None
    imagined: ActFork | None = None

    @property
    def is_wrong(self) -> bool:
        """Whether something must be mended before the act is done."""
        return bool(self.errors or self.in_form)

    @property
    def goes_on(self) -> bool:
        """Whether the form asks more: an answer opened a question, or a button added or looked for something."""
        return self.read is not None and (self.read.button is not None or bool(self.read.opened))


@router.get("/{act}")
async def act_page(
    dossier: UUID, act: str, here: At, agent: Agent, services: Use, opened: Open, issue: Issue = "", piece: Piece = ""
) -> Response:
    """What the act asks, or why it is not possible now."""
    choices = await _choices(await opened(dossier), _known(act), agent, services, issue)
    return _page(here, choices, Draft(body={"piece": piece} if piece else {}))


@router.post("/{act}")
async def do_act(
    dossier: UUID, act: str, here: At, agent: Agent, services: Use, form: Posted, opened: Open, issue: Issue = ""
) -> Response:
    """Do it; or say what is wrong, or what it would change."""
    choices = await _choices(await opened(dossier), _known(act), agent, services, issue)
    draft = _typed(choices, form)
    if draft.is_wrong or draft.goes_on:
        return _page(here, choices, draft)
    if TRY in form:
        draft.imagined = fork_of_act(choices.one, act, draft.body)
        return _page(here, choices, draft)
    if LETTER in form:
        return await _answered(here, choices, draft, lambda body: rehearsed(dossier, act, body, agent, services))
    hand = Hand(
        services=services,
        actor=agent.actor,
        context=agent.context,
        version=version(form),
        key=await posted_key(form),
    )
    desk = Desk(agent=agent, hand=hand)

    async def done(body: In) -> Response:
        await choices.act.doing.does(dossier, body, desk)
        return redirect(choices.one.url(dit=RECORDED, depuis=choices.one.shown.version))

    return await _answered(here, choices, draft, done)


async def _answered(here: Here, choices: Choices, draft: Draft, does: Callable[[In], Awaitable[Response]]) -> Response:
    one = choices.one
    try:
        return await does(choices.act.doing.body.model_validate(draft.body))
    except ValidationError as invalid:
        draft.errors = _invalid(choices.act, invalid)
    except Refused as refused:
        draft.refused = refused
    except AlreadyAnswered:
        return redirect(one.url(dit=ALREADY))
    except Problem as problem:
        if problem.type is not refusal_types.FORM_INVALID:
            raise
        under = f"/{choices.act.content}"
        draft.in_form = tuple(
            FieldError(pointer=each.pointer.removeprefix(under), code=each.code, message=each.message)
            for each in problem.errors
        )
    return _page(here, choices, draft)


def _known(name: str) -> Act:
    act = EVERY.get(name)
    if act is None:
        raise Problem(types.NOT_FOUND, "Aucun acte ne porte ce nom.")
    return act


async def _choices(one: DossierView, act: Act, agent: AgentPerson, services: Services, issue: str) -> Choices:
    outcome = outcome_asked(one.dossier, issue)
    wants_documents = any(each.kind == "documents" for each in act.fields)
    documents = await list_dossier_documents(one.shown.id, agent, services) if wants_documents else ()
    form = form_of_act(one.dossier, act, outcome)
    return Choices(one=one, act=act, outcome=outcome, documents=tuple(documents), form=form)


def _typed(choices: Choices, form: FormData) -> Draft:
    """What was typed, and what could not be read of it."""
    draft = Draft(body=choices.act.read(form))
    if choices.outcome is not None:
        draft.body["outcome"] = choices.outcome.key
    if choices.form is not None:
        draft.read = read_page(choices.form, None, form, {})
        draft.body[choices.act.content] = draft.read.answers
        if draft.read.button is None:
            draft.in_form = wrong(choices.form, None, draft.read)
    elif choices.act.content:
        draft.body[choices.act.content] = {}
    if draft.read is None or draft.read.button is None:
        try:
            choices.act.doing.body.model_validate(draft.body)
        except ValidationError as invalid:
            draft.errors = _invalid(choices.act, invalid)
    return draft


def _invalid(act: Act, invalid: ValidationError) -> dict[str, str]:
    """What is wrong, in the order in which the page asks."""
    known = {each.name for each in act.fields}
    asked = [each.name for each in (*act.plain, *act.late)]
    told = ((str(error["loc"][0]) if error["loc"] else "", field_error(error).message) for error in invalid.errors())
    wrong = {name if name in known else act.fields[0].name: message for name, message in told}
    return {name: wrong[name] for name in sorted(wrong, key=lambda name: name in asked and asked.index(name))}


def _page(here: Here, choices: Choices, draft: Draft) -> Response:
    one, act = choices.one, choices.act
    content = None
    if choices.form is not None:
        content = shown_page(
            choices.form,
            None,
            prefilled(one, act),
            translate=here.words.say,
            errors=draft.in_form,
            read=draft.read,
            own=False,
        )
    return page(
        here,
        "agents/act.html",
        status=422 if draft.is_wrong else 409 if draft.refused else 200,
        one=one,
        act=act,
        offered=one.act(act.name),
        choices=choices,
        draft=draft,
        content=content,
        input_of=input_of,
        channels=TITLES,
        forbidden=_forbidden(one, act.name),
        writes=act.name in WRITES,
        tab="",
    )


def _forbidden(one: DossierView, act: str) -> Refused | None:
    """Why this agent's role is not enough; None when it is."""
    try:
        refuse_unless_role(one.role, act)
    except Refused as refused:
        return refused
    return None
