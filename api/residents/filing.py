"""Filing a draft: one transaction, and the acknowledgement with every mention of the law in its answer."""

from typing import Any
from uuid import UUID

from fastapi import Request, Response

from api.act_bodies import SubmitIn
from api.filing import Answering, FiledOut, accepted_form, check_of, refuse_notice_to_nobody
from api.http.preconditions import RequiredKey
from api.http.rooms import Room
from api.offer import carried_over, offered
from api.residents.acting import Acting, ActingPerson
from api.services import Services, Use
from domain.calendar import civil
from domain.filing import File
from storage.accounts import people
from storage.documents.rows import DocumentMissing, place_of
from storage.engine.master_key import MasterKey
from storage.register.before_filing import Ready
from storage.register.filing import Prepare, Prepared, file_ready

router = Room()


@router.post("/drafts/{draft}/submit", status_code=201, response_model=FiledOut)
async def submit(
    draft: UUID, body: SubmitIn, request: Request, acting: ActingPerson, services: Use, key: RequiredKey
) -> Response:
    """File. Required pieces that are missing are refused, unless `incomplete` confirms it (CRPA R112-11-4)."""
    under = request.url.path.partition("/drafts/")[0]
    return (await file_draft(services, acting, draft, body, key, under)).given()


async def file_draft(
    services: Services, acting: Acting, draft: UUID, body: SubmitIn, key: str, under: str
) -> Answering:
    """File the draft once under this key; `under` is the API's path of the space where the dossier will be."""
    answering = Answering(under=under)
    once = answering.once(acting.actor, key, {"draft": str(draft), **body.model_dump()})
    prepare = preparing(acting, body, answering, services.master)
    await file_ready(services.database, acting.context, draft, prepare, acting.actor, once=once)
    return answering


def preparing(acting: Acting, body: SubmitIn, answering: Answering, master: MasterKey) -> Prepare:
    """What is verified of the draft, and made of it."""

    def prepare(found: Ready, content: dict[str, Any]) -> Prepared:
        if body.electronic_notice and not found.reached(master):
            raise refuse_notice_to_nobody()
        plan = offered(found.draft.procedure, acting.viewer, civil(found.at))
        version = found.draft.form_version
        form = accepted_form(plan, carried_over(plan, content, version), version)
        answering.alike = found.alike
        command = File(
            form=form,
            pieces=found.pieces(plan),
            electronic_notice=body.electronic_notice,
            channel=acting.channel,
        )
        return Prepared(command=command, plan=plan, check=check_of(incomplete=body.incomplete))

    return prepare


async def reached(services: Services, acting: Acting) -> bool:
    """Whether the person has an e-mail address: what is promised depends on it."""
    async with services.database.transaction(acting.context) as connection:
        return await people.reached(connection, services.master, acting.resident)


async def is_filed(services: Services, acting: Acting, draft: UUID) -> bool:
    """Whether a draft became a request that this person sees."""
    async with services.database.transaction(acting.context) as connection:
        try:
            return not (await place_of(connection, draft)).is_draft
        except DocumentMissing:
            return False
