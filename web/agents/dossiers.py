"""One request on an agent's screen: where it stands, form, pieces, clock, journal, messages, letters, future."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query
from starlette.responses import Response

from api.agents.documents import drawn, list_dossier_documents, open_dossier_document, preview_dossier_document
from api.agents.dossiers import list_letters, list_readers, open_letter
from api.http import problem_types as types
from api.http.problems import Problem
from api.services import Use
from api.shown.journal import shown_journal, shown_messages
from domain.channels import TITLES
from domain.kernel import silence_ahead
from web.agents.answers import answers, left_blank
from web.agents.dossier_view import Open
from web.residents.dossiers import READ, WHO
from web.residents.reading_back import by_page
from web.residents.sending import Sent
from web.sign_in.identity import Agent
from web.site.page import At
from web.site.rendering import page

Since = Annotated[int, Query(alias="depuis", ge=0, le=1_000_000)]

FEW = 11
"""The last ten texts stand on the first page, the latest first; the journal has them all."""
router = APIRouter(prefix="/agents/dossiers/{dossier}")


@router.get("")
async def dossier_page(dossier: UUID, here: At, opened: Open, since: Since = 0) -> Response:
    """Where it stands, what comes next, and the acts that it admits now; after an act, what it made happen."""
    one = await opened(dossier)
    journal = shown_journal(one.seen.entries, one.dossier, "agent")
    return page(
        here,
        "agents/dossier.html",
        one=one,
        tab="",
        written=answers(one.dossier, here.words),
        since=[each for each in journal if 0 < since < each.entry],
        writings=[each for each in journal if each.written][:-FEW:-1],
        channels=TITLES,
    )


@router.get("/formulaire")
async def form_page(dossier: UUID, here: At, opened: Open) -> Response:
    """Every answer, in words."""
    one = await opened(dossier)
    return page(
        here,
        "agents/form.html",
        one=one,
        tab="/formulaire",
        form=by_page(answers(one.dossier, here.words).form),
        missing=left_blank(one.dossier),
    )


@router.get("/pieces")
async def pieces_page(dossier: UUID, here: At, agent: Agent, services: Use, opened: Open) -> Response:
    """The pieces, what was given for each, and every document."""
    one = await opened(dossier, "documents")
    documents = {one.id: Sent(document=one) for one in await list_dossier_documents(dossier, agent, services)}
    return page(here, "agents/pieces.html", one=one, tab="/pieces", documents=documents, drawn=drawn)


@router.get("/documents/{document}")
async def document(dossier: UUID, document: UUID, agent: Agent, services: Use) -> Response:
    """The file, to be saved; the resident sees who opened it."""
    return await open_dossier_document(dossier, document, agent, services)


@router.get("/documents/{document}/apercu")
async def preview_page(dossier: UUID, document: UUID, here: At, agent: Agent, services: Use, opened: Open) -> Response:
    """A picture of its first page, and the documents around it."""
    one = await opened(dossier, "documents")
    listed = [Sent(document=each) for each in await list_dossier_documents(dossier, agent, services)]
    shown = [each for each in listed if drawn(each.document)]
    place = next((rank for rank, each in enumerate(shown) if each.document.id == document), None)
    if place is None:
        raise Problem(types.NOT_FOUND, "Aucun document de ce dossier ne peut être montré à cette adresse.")
    around = {"before": shown[place - 1] if place else None, "after": next(iter(shown[place + 1 :]), None)}
    return page(here, "agents/preview.html", one=one, tab="/pieces", sent=shown[place], around=around)


@router.get("/documents/{document}/apercu.jpg")
async def preview(dossier: UUID, document: UUID, agent: Agent, services: Use) -> Response:
    """The picture."""
    return await preview_dossier_document(dossier, document, agent, services)


@router.get("/horloge")
async def clock_page(dossier: UUID, here: At, opened: Open) -> Response:
    """The clock, its ledger, and by when a decision must leave."""
    one = await opened(dossier, "explanation")
    causes = {each.entry: each.sentence for each in shown_journal(one.seen.entries, one.dossier, "agent")}
    return page(here, "agents/clock.html", one=one, tab="/horloge", causes=causes, ahead=silence_ahead(one.dossier))


@router.get("/pourquoi")
async def why_page(dossier: UUID, here: At, opened: Open) -> Response:
    """Every date and status, with its event, its rule and its article."""
    return page(here, "agents/why.html", one=await opened(dossier, "explanation"), tab="")


@router.get("/journal")
async def journal_page(dossier: UUID, here: At, agent: Agent, services: Use, opened: Open) -> Response:
    """What happened and who did it; who read the request."""
    one = await opened(dossier, "journal")
    entries = shown_journal(one.seen.entries, one.dossier, "agent")
    readers = await list_readers(dossier, agent, services)
    return page(
        here,
        "agents/journal.html",
        one=one,
        tab="/journal",
        entries=entries,
        readers=readers,
        read=READ,
        readers_of=WHO,
    )


@router.get("/messages")
async def messages_page(dossier: UUID, here: At, opened: Open) -> Response:
    """Every message; writing one is an act."""
    one = await opened(dossier, "messages")
    return page(here, "agents/messages.html", one=one, tab="/messages", messages=shown_messages(one.seen.entries))


@router.get("/lettres")
async def letters_page(dossier: UUID, here: At, agent: Agent, services: Use, opened: Open) -> Response:
    """The letters, oldest first."""
    one = await opened(dossier, "letters")
    letters = await list_letters(dossier, agent, services)
    never = {each.seq for each in one.dossier.cancelled}
    return page(here, "agents/letters.html", one=one, tab="/lettres", letters=letters, never=never)


@router.get("/lettres/{letter}")
async def letter(dossier: UUID, letter: UUID, agent: Agent, services: Use) -> Response:
    """The PDF, to be saved; an agent's reading notifies nothing."""
    return await open_letter(dossier, letter, agent, services)
