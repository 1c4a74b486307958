"""My dossiers: where each stands, why, what happened, who read it.

The same routes serve the resident and, mounted under a mandate, the mediator (`api/residents/acting.py`).
"""

from datetime import datetime
from uuid import UUID

from fastapi import Request, Response

from api.forks import ForkIn, forked
from api.http.cursors import Cursor, Limit, Listed, read_instant_and_id
from api.http.inputs import Out
from api.http.preconditions import versioned
from api.http.rooms import Room
from api.residents.acting import Acting, ActingPerson
from api.services import Services, Use
from api.shown.dossier import DossierOut, shown_dossier
from api.shown.fork import ForkOut
from api.shown.journal import (
    EntryOut,
    LineOut,
    MessageOut,
    shown_explanation,
    shown_journal,
    shown_messages,
)
from api.shown.listed import ListedOut
from api.shown.pieces import PieceOut, shown_pieces
from storage.engine.legal_time import legal_now
from storage.lists import dossiers, readers
from storage.register import reading
from storage.register.reading import Seen

router = Room()


class ReaderOut(Out):
    """Somebody who read something of my dossier. `at` is on the real clock."""

    at: datetime
    audience: str
    name: str
    organisation: str
    what: str


@router.get("/dossiers")
async def list_dossiers(
    request: Request, response: Response, acting: ActingPerson, services: Use, limit: Limit = 50, cursor: Cursor = None
) -> list[ListedOut]:
    """My dossiers, the last filed first."""
    return (await my_dossiers(acting, services, limit, cursor)).linked(request, response)


async def my_dossiers(
    acting: Acting, services: Services, limit: int = 50, cursor: str | None = None
) -> Listed[ListedOut]:
    """The same, for whoever shows them."""
    async with services.database.transaction(acting.context) as connection:
        found = await dossiers.mine(connection, limit + 1, read_instant_and_id(cursor))
        now = await legal_now(connection)
    last = found[limit - 1] if len(found) > limit else None
    after = None if last is None else (last.filed_at.isoformat(), str(last.id))
    return Listed([ListedOut.of(one, now) for one in found[:limit]], after)


@router.get("/dossiers/{dossier}")
async def read_dossier(dossier: UUID, response: Response, acting: ActingPerson, services: Use) -> DossierOut:
    """One dossier, as it stands at this instant."""
    return versioned(response, await my_dossier(dossier, acting, services))


async def my_dossier(dossier: UUID, acting: Acting, services: Services) -> DossierOut:
    """The same, for whoever shows it."""
    return DossierOut(**shown_dossier(await see(services, acting, dossier), acting.viewer))


@router.get("/dossiers/{dossier}/pieces")
async def list_pieces(dossier: UUID, acting: ActingPerson, services: Use) -> tuple[PieceOut, ...]:
    """Every piece: required or not, under which text, given or missing."""
    return shown_pieces((await see(services, acting, dossier)).dossier)


@router.get("/dossiers/{dossier}/journal")
async def read_journal(dossier: UUID, acting: ActingPerson, services: Use) -> list[EntryOut]:
    """What happened, and who did it, oldest first."""
    seen = await see(services, acting, dossier, journal_too=True)
    return shown_journal(seen.entries, seen.dossier, acting.viewer)


@router.get("/dossiers/{dossier}/messages")
async def read_messages(dossier: UUID, acting: ActingPerson, services: Use) -> list[MessageOut]:
    """The messages, oldest first."""
    return shown_messages((await see(services, acting, dossier, journal_too=True)).entries)


@router.get("/dossiers/{dossier}/explanation")
async def explain_dossier(dossier: UUID, acting: ActingPerson, services: Use) -> list[LineOut]:
    """Why each date and each status: the event, the rule and the article behind it."""
    seen = await see(services, acting, dossier, journal_too=True)
    return shown_explanation(seen.entries, seen.dossier, acting.viewer)


@router.get("/dossiers/{dossier}/readers")
async def list_readers(dossier: UUID, acting: ActingPerson, services: Use) -> list[ReaderOut]:
    """Who has read my dossier, the latest first."""
    await see(services, acting, dossier, noted=False)
    async with services.database.transaction(acting.context) as connection:
        found = await readers.of_dossier(connection, services.master, dossier)
    return [ReaderOut.model_validate(one) for one in found]


@router.post("/dossiers/{dossier}/fork")
async def fork_dossier(dossier: UUID, body: ForkIn, acting: ActingPerson, services: Use) -> ForkOut:
    """What becomes of the dossier by `until`, with acts of mine or with none. Nothing is recorded."""
    return forked(await see(services, acting, dossier, journal_too=True), body, acting.viewer)


async def see(
    services: Services, acting: Acting, dossier: UUID, *, journal_too: bool = False, noted: bool = True
) -> Seen:
    """A dossier as this person sees it; a mediator leaves a trace, and stays within the mandate's procedures."""
    reader = acting.actor if acting.mandate is not None and noted else None
    seen = await reading.read(services.database, acting.context, dossier, reader=reader, journal_too=journal_too)
    acting.refuse_unless_covers(seen.dossier.plan.procedure, seen.at)
    return seen
