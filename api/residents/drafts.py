"""Drafts: begun, saved page by page by JSON Merge Patch, checked whole, given up. They live in the database only.

The same routes serve the resident and, mounted under a mandate, the mediator (`api/residents/acting.py`).
"""

from collections.abc import Callable
from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from fastapi import Body, Request, Response
from pydantic_core import to_json
from uuid_utils.compat import uuid7

from api.form_errors import REQUIRED, ErrorOut, invalid, merged, refuse_page, shown
from api.http.cursors import Cursor, Limit, Listed, read_instant_and_id
from api.http.inputs import In, Key, Out
from api.http.preconditions import IfMatch, OptionalKey, etag, versioned
from api.http.rooms import Room
from api.offer import carried_over, form_of, in_force, offered, refuse_unserved
from api.residents.acting import Acting, ActingPerson
from api.right_part import right_part
from api.services import Services, Use
from api.sign_in import limits
from catalogue.forms import Form
from catalogue.loader import catalogue
from domain.plan import Plan
from storage.documents import rows
from storage.engine.legal_time import legal_now
from storage.register import drafts, idempotency
from storage.register.drafts import Draft
from storage.register.idempotency import Answer, Once

router = Room()

Said = Callable[[Form, Any], tuple[Any, list[ErrorOut]]]
"""From what a page held, what is kept of it, and what is wrong or lacking. Raises Problem to keep nothing."""
MERGE_PATCH = "application/merge-patch+json"
PATCHED = "JSON Merge Patch (RFC 7396) : null efface une réponse. « application/json » est lu de même."


class DraftIn(In):
    """Which procedure is begun."""

    procedure: Key


class DraftOut(Out):
    """A draft: its answers by page; `version` is its ETag."""

    id: UUID
    procedure: str
    form_version: int
    version: int
    updated_at: datetime
    pages: tuple[str, ...]
    content: dict[str, Any]


class PageOut(Out):
    """A page as it was saved, computed fields included, what it still lacks, and what would be better answered."""

    page: str
    content: Any
    version: int
    complete: bool
    errors: list[ErrorOut]
    warnings: list[ErrorOut]


class CheckOut(Out):
    """Whether the draft may be filed as it is: errors of the form, required pieces not given yet.

    `warnings`: what would be better answered; they prevent nothing.
    """

    valid: bool
    errors: list[ErrorOut]
    warnings: list[ErrorOut]
    missing_pieces: list[str]


@router.post("/drafts", status_code=201)
async def begin_draft(
    body: DraftIn, request: Request, response: Response, acting: ActingPerson, services: Use, key: OptionalKey
) -> DraftOut:
    """Begin a request; with an Idempotency-Key, the same key gives the same draft."""
    shown = await begun(body, request.url.path, acting, services, key)
    response.headers["Location"] = f"{request.url.path}/{shown.id}"
    return versioned(response, shown)


async def begun(body: DraftIn, path: str, acting: Acting, services: Services, key: str | None) -> DraftOut:
    """A new draft; `path` is where the key served. Raises AlreadyAnswered."""
    plan = offered(body.procedure, acting.viewer)
    await refuse_unserved(services, plan)
    return await _begun(services, acting, plan, _once(acting, path, key, body))


@router.get("/drafts")
async def list_drafts(
    request: Request, response: Response, acting: ActingPerson, services: Use, limit: Limit = 50, cursor: Cursor = None
) -> list[DraftOut]:
    """My drafts, the last saved first."""
    return (await my_drafts(acting, services, limit, cursor)).linked(request, response)


async def my_drafts(acting: Acting, services: Services, limit: int = 50, cursor: str | None = None) -> Listed[DraftOut]:
    """The same, for whoever shows them."""
    async with services.database.transaction(acting.context) as connection:
        found = await drafts.page(connection, limit + 1, read_instant_and_id(cursor))
    last = found[limit - 1] if len(found) > limit else None
    after = None if last is None else (last.updated_at.isoformat(), str(last.id))
    return Listed([await _shown(services, one) for one in found[:limit]], after)


@router.get("/drafts/{draft}")
async def read_draft(draft: UUID, response: Response, acting: ActingPerson, services: Use) -> DraftOut:
    """One draft, with its answers."""
    return versioned(response, await my_draft(draft, acting, services))


async def my_draft(draft: UUID, acting: Acting, services: Services) -> DraftOut:
    """The same, for whoever shows it. Raises NotFound."""
    async with services.database.transaction(acting.context) as connection:
        found = await drafts.read(connection, draft)
    return await _shown(services, found)


@router.patch("/drafts/{draft}/pages/{page}")
async def save_page(
    draft: UUID,
    page: str,
    patch: Annotated[dict[str, Any], Body(media_type=MERGE_PATCH, description=PATCHED)],
    response: Response,
    acting: ActingPerson,
    services: Use,
    seen: IfMatch,
) -> PageOut:
    """Save answers of one page. What is wrong is refused; what is not answered yet is kept, and said."""

    def said(form: Form, before: Any) -> tuple[Any, list[ErrorOut]]:
        answers = merged(before, patch)
        return answers, _refuse_wrong(form, page, answers)

    saved = await _saved(services, acting, draft, page, seen, said)
    versioned(response, saved)
    return saved


async def keep_page(
    services: Services, acting: Acting, draft: UUID, page: str, answers: dict[str, Any], seen: int | None
) -> PageOut:
    """Replace one page by what is right in `answers`: a field that is wrong does not lose the others.

    `errors` says what is wrong or lacking. Raises what `save_page` does, save for what is wrong.
    """

    def said(form: Form, before: Any) -> tuple[Any, list[ErrorOut]]:
        del before
        return right_part(form, page, answers), shown(form.page_errors(page, answers))

    return await _saved(services, acting, draft, page, seen, said)


@router.get("/drafts/{draft}/check")
async def check_draft(draft: UUID, acting: ActingPerson, services: Use) -> CheckOut:
    """Whether it may be filed, and what it lacks."""
    async with services.database.transaction(acting.context) as connection:
        found = await drafts.read(connection, draft)
        given = await rows.pieces_given(connection, draft)
    plan = in_force(found.procedure)
    form = form_of(plan)
    content = carried_over(plan, found.answers(await services.database.keys.of(draft)), found.form_version)
    errors, warnings = shown(form.errors(content)), shown(form.warnings(content))
    missing = [piece.key for piece in plan.pieces if piece.key not in given and piece.required_for(content)]
    return CheckOut(valid=not errors and not missing, errors=errors, warnings=warnings, missing_pieces=missing)


@router.post("/drafts/{draft}/renew")
async def renew_draft(draft: UUID, response: Response, acting: ActingPerson, services: Use) -> DraftOut:
    """Take the draft, with its answers, to the form that is published now: filing it otherwise says what changed."""
    return versioned(response, await renewed(draft, acting, services))


async def renewed(draft: UUID, acting: Acting, services: Services) -> DraftOut:
    """The draft on the form that is published now. Raises NotFound, Refused."""
    async with services.database.transaction(acting.context) as connection:
        found = await drafts.read(connection, draft)
        plan = offered(found.procedure, acting.viewer)
        acting.refuse_unless_covers(plan.procedure, await legal_now(connection))
        key = await services.database.keys.of(draft)
        content = carried_over(plan, found.answers(key), found.form_version)
        found = await drafts.save(connection, key, found, content, form_version=plan.form)
    return await _shown(services, found)


@router.delete("/drafts/{draft}", status_code=204)
async def give_up_draft(draft: UUID, acting: ActingPerson, services: Use) -> None:
    """Give a draft up: it is no longer shown to anybody."""
    async with services.database.transaction(acting.context) as connection:
        await drafts.drop(connection, draft)


async def _begun(services: Services, acting: Acting, plan: Plan, once: Once | None) -> DraftOut:
    await limits.count_own(services, limits.DRAFTS, acting.actor.id)
    id_ = uuid7()
    key = await services.database.keys.create(id_)
    async with services.database.transaction(acting.context) as connection:
        if once is not None:
            await idempotency.begin(connection, services.master, once)
        acting.refuse_unless_covers(plan.procedure, await legal_now(connection))
        begun = await drafts.begin(
            connection,
            key,
            id_=id_,
            procedure=plan.procedure,
            form_version=plan.form,
            resident=acting.resident,
            organisation=acting.organisation,
            mandate=acting.actor.mandate,
        )
        shown = await _shown(services, begun)
        if once is not None:
            await idempotency.finish(connection, services.master, once, shown, id_)
    return shown


async def _saved(services: Services, acting: Acting, draft: UUID, page: str, seen: int | None, said: Said) -> PageOut:
    database = services.database
    async with database.transaction(acting.context) as connection:
        found = await drafts.read(connection, draft)
        acting.refuse_unless_covers(found.procedure, await legal_now(connection))
        if seen is not None and seen != found.version:
            raise drafts.DraftChanged(found.version)
        key = await database.keys.of(draft)
        content = found.answers(key)
        form = form_of(catalogue().plan(found.procedure), found.form_version)
        refuse_page(form, page, content)
        answers, errors = said(form, form.uncomputed(content).get(page))
        whole = form.completed({**content, page: answers})
        after = await drafts.save(connection, key, found, whole)
    return PageOut(
        page=page,
        content=whole[page],
        version=after.version,
        complete=not errors,
        errors=errors,
        warnings=shown(form.warnings({page: whole[page]})),
    )


def _refuse_wrong(form: Form, page: str, answers: Any) -> list[ErrorOut]:
    """What the page still lacks. Raises Problem for anything that is wrong with what was answered."""
    errors = form.page_errors(page, answers)
    wrong = [error for error in errors if error.code not in REQUIRED]
    if wrong:
        raise invalid(wrong)
    return shown(errors)


async def _shown(services: Services, found: Draft) -> DraftOut:
    plan = catalogue().plan(found.procedure)
    return DraftOut.showing(
        found,
        pages=form_of(plan, found.form_version).pages,
        content=found.answers(await services.database.keys.of(found.id)),
    )


def _once(acting: Acting, path: str, key: str | None, body: DraftIn) -> Once | None:
    if key is None or acting.actor.id is None:
        return None

    def answer(shown: DraftOut) -> Answer:
        headers = {"ETag": etag(shown.version), "Location": f"{path}/{shown.id}"}
        return Answer(status=201, body=shown.model_dump(mode="json"), headers=headers)

    said = to_json({"path": path, **body.model_dump(mode="json")})
    return Once(actor=acting.actor.id, route="drafts", key=key, body=said, answer=answer)
