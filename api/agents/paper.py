"""What came on paper: a filing entered with its channel, its evidence and its legal day; scanned documents."""

from typing import Annotated, Literal
from uuid import UUID

from fastapi import Query, Request, Response
from pydantic import Field
from uuid_utils.compat import uuid7

from api.agents.desk import best_role, refuse_unless_may
from api.applicants import ApplicantIn, resident_account
from api.documents.answers import DocumentOut
from api.filing import Answering, FiledOut, accepted_form
from api.http.inputs import Content, Flag, In, Key, Moment, ShortText
from api.http.openapi_files import FILE_BODY
from api.http.preconditions import OptionalKey, RequiredKey
from api.http.rooms import Room
from api.offer import in_force
from api.residents.acting import Acting
from api.residents.documents import send_document
from api.services import Services, Use
from api.sign_in.identity import Agent, AgentPerson
from domain.calendar import civil
from domain.filing import File
from domain.permissions import refuse_unless_role
from domain.plan import Plan
from storage.documents.rows import FREE
from storage.lists import queues
from storage.register import filing
from storage.register.idempotency import Once
from storage.register.lock import NotFound

router = Room()


class PaperFilingIn(In):
    """A request received on paper: `effective` is the instant of reception, which the evidence shows.

    `initially` names the administration that received it first, where that was not us; `competent` is then when we
    did (CRPA L114-3). `confirmed`: its date has more than a year, and is right. `incomplete`: the paper leaves
    questions of the form unanswered, and is filed as it is.
    """

    procedure: Key
    applicant: ApplicantIn
    form: Content
    channel: Literal["paper", "counter", "registered_mail", "hand"]
    evidence: Annotated[ShortText, Field(min_length=1)]
    effective: Moment
    initially: ShortText = ""
    competent: Moment | None = None
    confirmed: Flag = False
    incomplete: Flag = False

    def command(self) -> File:
        """The command of the domain."""
        return File(
            form=self.form,
            effective=self.effective,
            channel=self.channel,
            evidence=self.evidence,
            initially=self.initially,
            competent=self.competent,
            confirmed=self.confirmed,
        )


@router.post("/dossiers", status_code=201, response_model=FiledOut)
async def enter_paper_filing(
    body: PaperFilingIn, request: Request, agent: Agent, services: Use, key: RequiredKey
) -> Response:
    """Enter a filing received on paper; the law's time runs from its reception, whatever is missing."""
    plan = in_force(body.procedure, civil(body.effective))
    await _refuse_unless_served(services, agent, plan)
    body = body.model_copy(update={"form": accepted_form(plan, body.form, unanswered=body.incomplete)})
    answering = Answering(under=request.url.path.removesuffix("/dossiers"))
    once = answering.once(agent.actor, key, body.model_dump(mode="json"))
    await _enter(services, agent, plan, body, once)
    return answering.given()


@router.post("/dossiers/{dossier}/documents", status_code=201, openapi_extra=FILE_BODY)
async def send_scanned_document(
    dossier: UUID,
    request: Request,
    response: Response,
    agent: Agent,
    services: Use,
    key: OptionalKey,
    piece: Annotated[Key, Query(description="La pièce à laquelle il répond, ou « free ».")] = FREE,
) -> DocumentOut:
    """Send one scanned document (field `file`); the act `provide_piece` then gives it."""
    await refuse_unless_may(services, agent, dossier, "provide_piece")
    acting = Acting(actor=agent.actor, context=agent.context, resident=agent.account)
    return await send_document(dossier, request, response, acting, services, key, piece)


async def _refuse_unless_served(services: Services, agent: AgentPerson, plan: Plan) -> None:
    """Raises NotFound for a procedure that no group of the agent serves, Refused when the role is not enough."""
    async with services.database.transaction(agent.context) as connection:
        mine = [g for g in agent.groups if plan.procedure in await queues.procedures_of(connection, g)]
    if not mine:
        raise NotFound
    refuse_unless_role(best_role(agent, mine), "file")


async def _enter(services: Services, agent: AgentPerson, plan: Plan, body: PaperFilingIn, once: Once) -> None:
    applicant = body.applicant
    async with services.database.transaction(agent.context) as connection:
        resident = await resident_account(connection, services.master, applicant.name, applicant.email)
    await filing.deposit(
        services.database,
        agent.context,
        uuid7(),
        body.command(),
        agent.actor,
        plan=plan,
        owner=filing.Owner(resident=resident),
        once=once,
    )
