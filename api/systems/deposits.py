"""What a system deposits: documents first when there are some, then the complete dossier, filed at once."""

from typing import Annotated, Any
from uuid import UUID

from fastapi import Query, Request, Response
from sqlalchemy.ext.asyncio import AsyncConnection
from uuid_utils.compat import uuid7

from api.applicants import ApplicantIn, resident_account
from api.documents.answers import DocumentOut
from api.filing import Answering, FiledOut, accepted_form, check_of, refuse_notice_to_nobody
from api.http import problem_types as types
from api.http.inputs import Content, Flag, In, Key, Out
from api.http.openapi_files import FILE_BODY
from api.http.preconditions import OptionalKey, RequiredKey
from api.http.problems import FieldError, Problem
from api.http.rooms import Room
from api.offer import offered, refuse_unserved
from api.residents.acting import Acting
from api.residents.documents import send_document
from api.services import Services, Use
from api.sign_in.identity import Machine, System
from api.systems.own_deposits import refuse_unless_own_deposit
from domain.filing import File
from domain.plan import Plan
from storage.documents.rows import FREE
from storage.engine.master_key import MasterKey
from storage.register import drafts, filing
from storage.register.before_filing import Ready
from storage.register.idempotency import Once

router = Room()


class PreparedIn(In):
    """A deposit about to receive its documents."""

    procedure: Key
    applicant: ApplicantIn


class PreparedOut(Out):
    """Where to send the documents; the deposit itself names `id`."""

    id: UUID
    procedure: str


class DepositIn(In):
    """A complete dossier: the form, and the documents sent before under `prepared`, if any.

    Without `prepared`, `applicant` says whose request it is. `electronic_notice`: the applicant's express consent
    to be notified electronically (CRPA L112-15), which the system collected; it takes an e-mail address.
    """

    procedure: Key
    form: Content
    applicant: ApplicantIn | None = None
    prepared: UUID | None = None
    electronic_notice: Flag = False
    incomplete: Flag = False


@router.post("/deposits", status_code=201)
async def prepare_deposit(
    body: PreparedIn, request: Request, response: Response, system: System, services: Use
) -> PreparedOut:
    """Prepare a deposit, to send its documents one by one."""
    plan = await _offered(services, system, body.procedure)
    made = uuid7()
    key = await services.database.keys.create(made)
    async with services.database.transaction(system.context) as connection:
        await drafts.begin(
            connection,
            key,
            id_=made,
            procedure=plan.procedure,
            form_version=plan.form,
            resident=await _applicant(connection, services, body.applicant),
            system=system.id,
        )
    response.headers["Location"] = f"{request.url.path}/{made}/documents"
    return PreparedOut(id=made, procedure=plan.procedure)


@router.post("/deposits/{dossier}/documents", status_code=201, openapi_extra=FILE_BODY)
@router.post("/dossiers/{dossier}/documents", status_code=201, openapi_extra=FILE_BODY)
async def send_system_document(
    dossier: UUID,
    request: Request,
    response: Response,
    system: System,
    services: Use,
    key: OptionalKey,
    piece: Annotated[Key, Query(description="La pièce à laquelle il répond, ou « free ».")] = FREE,
) -> DocumentOut:
    """Send one file (field `file`) for a prepared deposit, or for a dossier that this system deposited."""
    await refuse_unless_own_deposit(services, system, dossier)
    acting = Acting(actor=system.actor, context=system.context, resident=system.id)
    return await send_document(dossier, request, response, acting, services, key, piece)


@router.post("/dossiers", status_code=201, response_model=FiledOut)
async def deposit(body: DepositIn, request: Request, system: System, services: Use, key: RequiredKey) -> Response:
    """Deposit a complete dossier; the answer is its acknowledgement."""
    plan = await _offered(services, system, body.procedure)
    body = body.model_copy(update={"form": accepted_form(plan, body.form)})
    answering = Answering(under=request.url.path.removesuffix("/dossiers"))
    once = answering.once(system.actor, key, body.model_dump(mode="json"))
    if body.prepared is None:
        await _at_once(services, system, plan, body, once)
    else:
        prepare = _preparing(plan, body, services.master)
        await filing.file_ready(services.database, system.context, body.prepared, prepare, system.actor, once=once)
    return answering.given()


def _preparing(plan: Plan, body: DepositIn, master: MasterKey) -> filing.Prepare:
    def prepare(found: Ready, content: dict[str, Any]) -> filing.Prepared:
        del content
        if body.electronic_notice and not found.reached(master):
            raise refuse_notice_to_nobody()
        if found.draft.procedure != plan.procedure:
            raise _wrong("/procedure", "other_procedure", f"Le dépôt a été préparé pour « {found.draft.procedure} ».")
        return filing.Prepared(
            command=_command(body, found.pieces(plan)),
            plan=plan,
            check=check_of(incomplete=body.incomplete),
        )

    return prepare


async def _at_once(services: Services, system: Machine, plan: Plan, body: DepositIn, once: Once) -> None:
    """File without documents."""
    if body.applicant is None:
        raise _wrong("/applicant", "missing", "Dites de qui est la demande, ou nommez un dépôt préparé.")
    if body.electronic_notice and body.applicant.email is None:
        raise refuse_notice_to_nobody()
    async with services.database.transaction(system.context) as connection:
        resident = await _applicant(connection, services, body.applicant)
    await filing.deposit(
        services.database,
        system.context,
        uuid7(),
        _command(body, {}),
        system.actor,
        plan=plan,
        owner=filing.Owner(resident=resident, system=system.id),
        check=check_of(incomplete=body.incomplete),
        once=once,
    )


def _command(body: DepositIn, pieces: dict[str, tuple[UUID, ...]]) -> File:
    return File(form=body.form, pieces=pieces, electronic_notice=body.electronic_notice, channel="system")


async def _offered(services: Services, system: Machine, procedure: str) -> Plan:
    """The plan, if the token covers its deposit and a group serves it. Raises Refused, Problem, UnknownProcedure."""
    plan = offered(procedure, "system")
    system.refuse_unless(procedure, "deposit")
    await refuse_unserved(services, plan)
    return plan


async def _applicant(connection: AsyncConnection, services: Services, applicant: ApplicantIn) -> UUID:
    return await resident_account(connection, services.master, applicant.name, applicant.email)


def _wrong(pointer: str, code: str, message: str) -> Problem:
    detail = "1 erreur : voyez « errors », corrigez et renvoyez. Rien n'a été enregistré."
    return Problem(types.VALIDATION_FAILED, detail, (FieldError(pointer, code, message),))
