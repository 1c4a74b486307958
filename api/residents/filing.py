"""Filing a draft: one transaction, and the acknowledgement with every mention of the law in its answer."""

from __future__ import annotations

from uuid import UUID

from fastapi import APIRouter, Request, Response

from api.act_bodies import SubmitIn
from api.filing import FiledOut, check_of, once_filed, place_of, refuse_invalid_form
from api.offered import offered
from api.preconditions import RequiredKey
from api.residents.acting import Acting, ActingPerson
from api.services import Services, Use
from domain.commands import File
from storage import filing
from storage.before_filing import Alike, ready
from storage.idempotency import Once

router = APIRouter()


@router.post("/drafts/{draft}/submit", status_code=201)
async def submit(
    draft: UUID,
    body: SubmitIn,
    request: Request,
    response: Response,
    acting: ActingPerson,
    services: Use,
    key: RequiredKey,
) -> FiledOut:
    """File. Required pieces that are missing are refused, unless `incomplete` confirms it (CRPA R112-11-4)."""
    under = request.url.path.partition("/drafts/")[0]
    alike: list[Alike] = []
    once = once_filed(acting.actor, key, {"draft": str(draft), **body.model_dump()}, under, alike)
    shown = await _submitted(services, acting, draft, body, once, alike)
    response.headers.update(shown.headers(under))
    return shown


async def _submitted(
    services: Services, acting: Acting, draft: UUID, body: SubmitIn, once: Once, alike: list[Alike]
) -> FiledOut:
    database = services.database
    found = await ready(database, acting.context, draft, once)
    plan = offered(found.draft.procedure, acting.viewer)
    content = found.draft.content(await database.keys.of(draft))
    refuse_invalid_form(plan, content, found.draft.form_version)
    alike += found.alike
    command = File(
        form=content,
        pieces=found.pieces(plan),
        electronic_notice=body.electronic_notice,
        channel=acting.channel,
    )
    recorded = await filing.file_draft(
        database,
        acting.context,
        draft,
        command,
        acting.actor,
        plan=plan,
        version=found.draft.version,
        place=place_of(content),
        check=check_of(incomplete=body.incomplete),
        once=once,
    )
    return FiledOut.of(recorded, alike)
