"""The documents of a dossier, as the agents of its groups read them."""

from __future__ import annotations

from uuid import UUID

from fastapi import APIRouter
from starlette.responses import StreamingResponse

from api.document_answers import DocumentOut, content_answer
from api.document_problems import told
from api.identity import Agent
from api.services import Use
from storage import access_log
from storage.documents import list_of, one_of, place_of

router = APIRouter()


@router.get("/dossiers/{dossier}/documents")
async def list_dossier_documents(dossier: UUID, agent: Agent, services: Use) -> list[DocumentOut]:
    """The documents, oldest first, each with its status; the resident sees who asked for the list."""
    with told():
        async with services.database.transaction(agent.context) as connection:
            await place_of(connection, dossier)
            key = await services.database.keys.of(dossier)
            found = await list_of(connection, key, dossier)
            await access_log.note(connection, dossier, agent.actor, "documents")
        return [DocumentOut.of(one) for one in found]


@router.get("/dossiers/{dossier}/documents/{document}/content", response_class=StreamingResponse)
async def open_dossier_document(dossier: UUID, document: UUID, agent: Agent, services: Use) -> StreamingResponse:
    """The file itself, to be saved; the resident sees who opened it."""
    with told():
        async with services.database.transaction(agent.context) as connection:
            await place_of(connection, dossier)
            key = await services.database.keys.of(dossier)
            found = await one_of(connection, key, dossier, document)
            await access_log.note(connection, dossier, agent.actor, "document", str(document))
        return await content_answer(services, found)
