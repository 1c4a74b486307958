"""Documents of a draft or of a dossier: sent, listed, opened, deleted before filing.

The same routes serve the resident and, mounted under a mandate, the mediator (`api/residents/acting.py`).
"""

from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import replace
from typing import Annotated
from uuid import UUID

from fastapi import Query, Request, Response
from sqlalchemy.ext.asyncio import AsyncConnection
from starlette.responses import StreamingResponse

from api.documents.answers import DocumentOut, content_answer, downloaded_name
from api.documents.problems import told
from api.documents.upload import OneFile, Upload, checked_piece
from api.http.inputs import Key
from api.http.openapi_files import ANY_FILE, FILE_BODY
from api.http.preconditions import OptionalKey
from api.http.rooms import Room
from api.offer import in_force
from api.residents.acting import Acting, ActingPerson
from api.services import Services, Use
from domain import serial
from storage.documents.rows import FREE, Document, Place, list_of, one_of, place_of
from storage.documents.vault import contents, delete_draft_document, promote, readable
from storage.engine.legal_time import legal_now
from storage.objects.store import StoreUnavailable
from storage.register import access_log

router = Room()


@router.post("/drafts/{dossier}/documents", status_code=201, openapi_extra=FILE_BODY)
@router.post("/dossiers/{dossier}/documents", status_code=201, openapi_extra=FILE_BODY)
async def send_document(
    dossier: UUID,
    request: Request,
    response: Response,
    acting: ActingPerson,
    services: Use,
    key: OptionalKey,
    piece: Annotated[Key, Query(description="La pièce à laquelle il répond, ou « free ».")] = FREE,
) -> DocumentOut:
    """Send one file (field `file`; fields `piece` and `sha256` may go with it). 200 for a repetition."""
    found, is_new = await received(services, acting, dossier, request, piece=piece, key=key)
    response.status_code = 201 if is_new else 200
    response.headers["Location"] = f"{request.url.path}/{found.id}"
    return DocumentOut.of(found)


async def received(
    services: Services,
    acting: Acting,
    dossier: UUID,
    request: Request,
    *,
    piece: str = FREE,
    key: str | None = None,
) -> tuple[Document, bool]:
    """The file of this request, kept, and whether it is new. Raises Problem and Refused."""
    with told():
        found, is_new = await (await _upload(services, acting, dossier, piece, key=key)).receive(request)
        if is_new and not services.scanned:
            found = await moved(services, acting, found)
        return found, is_new


async def received_each(
    services: Services,
    acting: Acting,
    dossier: UUID,
    request: Request,
    *,
    piece: str,
    proof: Callable[[Mapping[str, str]], None],
) -> list[OneFile]:
    """Every file of a page's form for that piece, each kept or refused for itself. Raises Problem and Refused."""
    with told():
        found = await (await _upload(services, acting, dossier, piece, proof=proof)).receive_each(request)
        return [await _moved_too(services, acting, each) for each in found]


async def _moved_too(services: Services, acting: Acting, sent: OneFile) -> OneFile:
    if sent.document is None or sent.again or services.scanned:  # whoever sent it first has its move in hand
        return sent
    return replace(sent, document=await moved(services, acting, sent.document))


async def _upload(
    services: Services,
    acting: Acting,
    dossier: UUID,
    piece: str,
    *,
    key: str | None = None,
    proof: Callable[[Mapping[str, str]], None] | None = None,
) -> Upload:
    identity = await pieces_of(services, acting, dossier)
    return Upload(
        services=services,
        context=acting.context,
        actor=acting.actor,
        dossier=dossier,
        identity=identity,
        idempotency_key=key,
        piece=checked_piece(piece, identity),
        proof=proof,
    )


@router.get("/drafts/{dossier}/documents")
@router.get("/dossiers/{dossier}/documents")
async def list_documents(dossier: UUID, acting: ActingPerson, services: Use) -> list[DocumentOut]:
    """The documents, oldest first, each with its status."""
    with told():
        async with services.database.transaction(acting.context) as connection:
            place = await seen(connection, acting, dossier)
            key = await services.database.keys.of(dossier)
            found = await list_of(connection, key, dossier)
            await note_reading(connection, acting, dossier, place, "documents")
        return [DocumentOut.of(each) for each in found]


@router.get("/drafts/{dossier}/documents/{document}")
@router.get("/dossiers/{dossier}/documents/{document}")
async def read_document(dossier: UUID, document: UUID, acting: ActingPerson, services: Use) -> DocumentOut:
    """What is known of one document."""
    with told():
        return DocumentOut.of(await one(services, acting, dossier, document, noted="document_facts"))


@router.get("/drafts/{dossier}/documents/{document}/content", response_class=StreamingResponse, responses=ANY_FILE)
@router.get("/dossiers/{dossier}/documents/{document}/content", response_class=StreamingResponse, responses=ANY_FILE)
async def open_document(dossier: UUID, document: UUID, acting: ActingPerson, services: Use) -> StreamingResponse:
    """The file itself, to be saved."""
    with told():
        found = await one(services, acting, dossier, document, noted="document")
        return await content_answer(services, found)


async def content_of(
    dossier: UUID, document: UUID, acting: Acting, services: Services
) -> tuple[str, AsyncIterator[bytes]]:
    """The name under which it is saved, and its content as it is decrypted. Raises DocumentNotReadable and the like."""
    found = await one(services, acting, dossier, document, noted="document")
    facts = readable(found)
    key = (await services.database.keys.of(dossier)).derive("documents")
    return downloaded_name(facts), contents(services.objects, key, found, facts)


@router.delete("/drafts/{dossier}/documents/{document}", status_code=204)
async def delete_document(dossier: UUID, document: UUID, acting: ActingPerson, services: Use) -> None:
    """Delete a document for good, as long as the draft is not filed."""
    with told():
        async with services.database.transaction(acting.context) as connection:
            await seen(connection, acting, dossier)
        await delete_draft_document(services.database, services.objects, acting.context, dossier, document)


async def seen(connection: AsyncConnection, acting: Acting, dossier: UUID) -> Place:
    """The draft or dossier, before its key is asked for: a stranger learns nothing, not even that it was purged.

    Raises DocumentMissing; Refused outside the mandate's scope.
    """
    place = await place_of(connection, dossier)
    acting.refuse_unless_covers(place.procedure, await legal_now(connection))
    return place


async def pieces_of(services: Services, acting: Acting, dossier: UUID) -> dict[str, bool]:
    """The pieces that may be sent there, and which are of identity."""
    async with services.database.transaction(acting.context) as connection:
        place = await seen(connection, acting, dossier)
    plan = in_force(place.procedure) if place.plan is None else serial.PLAN.validate_json(place.plan)
    return {piece.key: piece.identity for piece in plan.pieces}


async def one(services: Services, acting: Acting, dossier: UUID, document: UUID, *, noted: str = "") -> Document:
    """One document that this person may see; `noted` is what they read of it. Raises DocumentMissing."""
    async with services.database.transaction(acting.context) as connection:
        place = await seen(connection, acting, dossier)
        found = await one_of(connection, await services.database.keys.of(dossier), dossier, document)
        if noted:
            await note_reading(connection, acting, dossier, place, noted, str(document))
    return found


async def note_reading(
    connection: AsyncConnection, acting: Acting, dossier: UUID, place: Place, what: str, object_: str = ""
) -> None:
    """Write down what a mediator reads of a filed dossier: its resident sees who did."""
    if acting.viewer != "resident" and not place.is_draft:
        await access_log.note(connection, dossier, acting.actor, what, object_)


async def moved(services: Services, acting: Acting, found: Document) -> Document:
    """The document once in the vault; still waiting when the store is away, and the reconciler moves it later."""
    try:
        await promote(services.database, services.objects, acting.context, found.id, "not_scanned")
    except StoreUnavailable:
        return found
    return await one(services, acting, found.dossier, found.id)
