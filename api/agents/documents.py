"""The documents of a dossier, as the agents of its groups read them."""

from uuid import UUID

from starlette.responses import Response, StreamingResponse

from api.documents.answers import SAFE, DocumentOut, content_answer
from api.documents.problems import NO_PREVIEW, told
from api.http.openapi_files import ANY_FILE
from api.http.problems import Problem
from api.http.rooms import Room
from api.services import Services, Use
from api.sign_in.identity import Agent, AgentPerson
from storage.documents.preview import DRAWN, NotDrawn, preview
from storage.documents.rows import Document, list_of, one_of, place_of
from storage.documents.vault import contents, readable
from storage.register import access_log

router = Room()


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


@router.get("/dossiers/{dossier}/documents/{document}/content", response_class=StreamingResponse, responses=ANY_FILE)
async def open_dossier_document(dossier: UUID, document: UUID, agent: Agent, services: Use) -> StreamingResponse:
    """The file itself, to be saved; the resident sees who opened it."""
    with told():
        return await content_answer(services, await _opened(dossier, document, agent, services))


@router.get(
    "/dossiers/{dossier}/documents/{document}/preview",
    response_class=Response,
    responses={200: {"content": {"image/jpeg": {}}}},
)
async def preview_dossier_document(dossier: UUID, document: UUID, agent: Agent, services: Use) -> Response:
    """A picture of its first page (PDF, images), drawn apart from us; the resident sees who opened it."""
    with told():
        found = await _opened(dossier, document, agent, services)
        facts = readable(found)
        key = (await services.database.keys.of(dossier)).derive("documents")
        try:
            picture = await preview(contents(services.objects, key, found, facts), facts.media_type, agent.actor.id)
        except NotDrawn as error:
            raise Problem(
                NO_PREVIEW, "Aucun aperçu ne peut en être fait. Enregistrez le fichier pour le lire."
            ) from error
    return Response(picture, media_type="image/jpeg", headers=SAFE)


def drawn(document: DocumentOut) -> bool:
    """Whether a picture can be made of it."""
    return document.readable and document.media_type in DRAWN


async def _opened(dossier: UUID, document: UUID, agent: AgentPerson, services: Services) -> Document:
    """One document, its reading noted. Raises what `told` tells."""
    async with services.database.transaction(agent.context) as connection:
        await place_of(connection, dossier)
        key = await services.database.keys.of(dossier)
        found = await one_of(connection, key, dossier, document)
        await access_log.note(connection, dossier, agent.actor, "document", str(document))
    return found
