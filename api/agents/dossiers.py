"""A dossier as the agents of its groups see it. Every reading is written down, and the resident sees who read."""

from typing import Any
from uuid import UUID

from fastapi import Response
from starlette.responses import Response as Answer

from api.agents.desk import open_dossier
from api.documents.letters import LetterOut, pdf_answer
from api.forks import ForkIn, forked
from api.http.preconditions import etag
from api.http.rooms import Room
from api.residents.dossiers import ReaderOut
from api.services import Use
from api.shown.clock import LastUsefulDayOut, shown_last_days
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
from api.sign_in.identity import Agent
from storage.documents import letters
from storage.lists import readers
from storage.register.reading import Seen

router = Room(prefix="/dossiers/{dossier}")


class AgentDossierOut(DossierOut):
    """A dossier with what instruction needs: the findings, and by when a decision must leave, channel by channel."""

    findings: dict[str, Any]
    last_useful_days: tuple[LastUsefulDayOut, ...]


@router.get("")
async def read_dossier(dossier: UUID, response: Response, agent: Agent, services: Use) -> AgentDossierOut:
    """The whole dossier, as it stands at this instant, with the acts that it admits."""
    seen = await open_dossier(services, agent, dossier, "dossier")
    response.headers["ETag"] = etag(seen.header.version)
    return shown_to_agent(seen)


def shown_to_agent(seen: Seen) -> AgentDossierOut:
    """What agents are shown of a dossier."""
    return AgentDossierOut(
        **shown_dossier(seen, "agent"),
        findings=dict(seen.dossier.findings),
        last_useful_days=shown_last_days(seen.dossier),
    )


@router.get("/journal")
async def read_journal(dossier: UUID, agent: Agent, services: Use) -> list[EntryOut]:
    """What happened, who did it, and when it was written down, oldest first."""
    seen = await open_dossier(services, agent, dossier, "journal", journal_too=True)
    return shown_journal(seen.entries, seen.dossier, "agent")


@router.get("/messages")
async def read_messages(dossier: UUID, agent: Agent, services: Use) -> list[MessageOut]:
    """The messages, oldest first."""
    return shown_messages((await open_dossier(services, agent, dossier, "messages", journal_too=True)).entries)


@router.get("/explanation")
async def explain_dossier(dossier: UUID, agent: Agent, services: Use) -> list[LineOut]:
    """Why each date and each status: the event, the rule and the article behind it."""
    seen = await open_dossier(services, agent, dossier, "explanation", journal_too=True)
    return shown_explanation(seen.entries, seen.dossier, "agent")


@router.get("/letters")
async def list_letters(dossier: UUID, agent: Agent, services: Use) -> list[LetterOut]:
    """The letters, oldest first."""
    seen = await open_dossier(services, agent, dossier, "letters")
    async with services.database.transaction(agent.context) as connection:
        return [LetterOut.of(one, seen.dossier) for one in await letters.of_dossier(connection, dossier)]


@router.get("/letters/{letter}", response_class=Answer, responses={200: {"content": {"application/pdf": {}}}})
async def open_letter(dossier: UUID, letter: UUID, agent: Agent, services: Use) -> Answer:
    """The PDF; an agent's reading notifies nothing."""
    seen = await open_dossier(services, agent, dossier, "letter")
    async with services.database.transaction(agent.context) as connection:
        found = await letters.read(connection, dossier, letter)
    return await pdf_answer(services, seen.key, found, seen.header.reference)


@router.get("/readers")
async def list_readers(dossier: UUID, agent: Agent, services: Use) -> list[ReaderOut]:
    """Who has read the dossier, the latest first."""
    await open_dossier(services, agent, dossier, "readers")
    async with services.database.transaction(agent.context) as connection:
        return [ReaderOut.model_validate(one) for one in await readers.of_dossier(connection, services.master, dossier)]


@router.post("/fork")
async def fork_dossier(dossier: UUID, body: ForkIn, agent: Agent, services: Use) -> ForkOut:
    """What becomes of the dossier by `until` if nobody acts, or if those acts are done. Nothing is recorded."""
    seen = await open_dossier(services, agent, dossier, "fork", journal_too=True)
    return forked(seen, body, "agent")
