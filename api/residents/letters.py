"""My letters. The first consultation of a notified one notifies it (CRPA R112-20).

The same routes serve the resident and, mounted under a mandate, the mediator (`api/residents/acting.py`).
"""

from uuid import UUID

from starlette.responses import Response
from uuid_utils.compat import uuid7

from api.documents.letters import LetterOut, pdf_answer, pending, reaches
from api.http.rooms import Room
from api.residents.acting import Acting, ActingPerson
from api.residents.dossiers import see
from api.services import Services, Use
from domain.refusals import Refused
from domain.steps.notice import ReadNotice
from storage.documents import letters
from storage.documents.letters import Letter, UnknownLetter
from storage.register import door
from storage.register.reading import Seen

router = Room()


@router.get("/dossiers/{dossier}/letters")
async def list_letters(dossier: UUID, acting: ActingPerson, services: Use) -> list[LetterOut]:
    """The letters that have reached me, oldest first."""
    seen = await see(services, acting, dossier)
    async with services.database.transaction(acting.context) as connection:
        found = await letters.of_dossier(connection, dossier)
    return [LetterOut.of(one, seen.dossier) for one in found if reaches(one, seen.dossier)]


@router.get(
    "/dossiers/{dossier}/letters/{letter}",
    response_class=Response,
    responses={200: {"content": {"application/pdf": {}}}},
)
async def open_letter(dossier: UUID, letter: UUID, acting: ActingPerson, services: Use) -> Response:
    """The PDF. Opening a notified letter for the first time is its notification."""
    seen = await see(services, acting, dossier)
    found = await _mine(services, acting, seen, letter)
    answer = await pdf_answer(services, seen.key, found, seen.header.reference)
    if pending(found, seen.dossier):
        await _opened(services, acting, found)
    return answer


async def _opened(services: Services, acting: Acting, found: Letter) -> None:
    """Record the first consultation, now that the letter can be shown. Raises Refused."""
    command = ReadNotice(target=found.seq)
    try:
        await door.record(
            services.database, found.dossier, command, acting.actor, command_id=uuid7(), context=acting.context
        )
    except Refused as refused:
        # Opened twice at the same moment, or deemed read meanwhile: it is notified either way.
        if refused.code != "not_now":
            raise


async def _mine(services: Services, acting: Acting, seen: Seen, letter: UUID) -> Letter:
    """A letter that has reached this person. Raises UnknownLetter."""
    async with services.database.transaction(acting.context) as connection:
        found = await letters.read(connection, seen.header.id, letter)
    if not reaches(found, seen.dossier):
        raise UnknownLetter("Ce dossier n'a pas de lettre de cet identifiant.")
    return found
