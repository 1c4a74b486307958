"""Once filed, documents belong to the dossier: they stay, agents open them, and who opened them is written down."""

from __future__ import annotations

from typing import get_args
from uuid import UUID, uuid4

import pytest
from fastapi import FastAPI
from httpx2 import AsyncClient

from api.agents import documents as agents_documents
from api.http import error_answers
from api.sign_in.identity import Agent, AgentPerson
from catalogue.loader import catalogue
from domain.filing import File
from storage.accounts import groups
from storage.engine.database import Context
from storage.register import filing
from tests.api.documents.counter import application, client_of
from tests.storage.documents.corpus.making import blank_pdf
from tests.storage.documents.desk import Desk
from tests.storage.filed import once_of, saying
from tests.storage.readings import readings

pytest_plugins = ("tests.storage.documents.fixtures",)

PROCEDURE = "acces-documents"
ADMINISTRATOR = Context(audience="administrator", subject=uuid4())


async def file_it(desk: Desk) -> None:
    """File the draft as it is."""
    plan = catalogue().plan(PROCEDURE)
    prepare, once = saying(File(form={}), plan), once_of(desk.resident)
    await filing.file_ready(desk.app, desk.context, desk.dossier, prepare, desk.actor, once=once)


async def group_serving(desk: Desk, procedure: str) -> str:
    """A new group of agents that serves a procedure."""
    slug = f"groupe-{uuid4().hex[:8]}"
    async with desk.app.transaction(ADMINISTRATOR) as connection:
        await groups.add(connection, slug, "Groupe", [procedure])
    return slug


def agents_client(desk: Desk, group: str) -> tuple[AsyncClient, UUID]:
    """The agents' routes, for a reader of that group; and who it is."""
    agent = AgentPerson(account=uuid4(), name="Agent", session=uuid4(), groups={group: "reader"})
    app = FastAPI()
    app.state.services = application(desk).state.services
    error_answers.install(app)
    app.include_router(agents_documents.router, prefix="/v1/agents")
    app.dependency_overrides[get_args(Agent)[1].dependency] = lambda: agent
    return client_of(app), agent.account


@pytest.fixture
async def filed(desk: Desk) -> tuple[Desk, UUID]:
    """A dossier filed with one document."""
    kept = await desk.kept(blank_pdf(), "avis.pdf")
    await file_it(desk)
    return desk, kept.id


async def test_a_document_of_a_filed_dossier_stays_and_others_may_join_it(filed: tuple[Desk, UUID]) -> None:
    desk, document = filed
    async with client_of(application(desk)) as client:
        path = f"/v1/residents/dossiers/{desk.dossier}/documents"
        refused = await client.delete(f"/v1/residents/drafts/{desk.dossier}/documents/{document}")
        assert (refused.status_code, refused.json()["type"]) == (409, "/problems/document-kept")
        opened = await client.get(f"{path}/{document}/content")
        assert opened.content == await desk.read(await desk.one(document))
        assert (await client.post(path, files={"file": ("b.pdf", blank_pdf())})).status_code == 201
        assert len((await client.get(path)).json()) == 2


async def test_an_agent_of_the_group_opens_it_and_the_reading_is_written_down(filed: tuple[Desk, UUID]) -> None:
    desk, document = filed
    client, agent = agents_client(desk, await group_serving(desk, PROCEDURE))
    async with client:
        path = f"/v1/agents/dossiers/{desk.dossier}/documents"
        (shown,) = (await client.get(path)).json()
        opened = await client.get(f"{path}/{shown['id']}/content")
    assert opened.content == await desk.read(await desk.one(document))
    assert opened.headers["content-disposition"].startswith("attachment")
    async with desk.app.transaction(desk.context) as connection:
        read = await readings(connection, desk.dossier)
    assert [(one.audience, one.actor, one.what, one.object) for one in read] == [
        ("agent", agent, "document", str(document)),
        ("agent", agent, "documents", ""),
    ]


async def test_an_agent_of_another_group_sees_nothing_of_it(filed: tuple[Desk, UUID]) -> None:
    desk, document = filed
    client, _ = agents_client(desk, await group_serving(desk, "apa-domicile"))
    async with client:
        for path in ("", f"/{document}/content"):
            answer = await client.get(f"/v1/agents/dossiers/{desk.dossier}/documents{path}")
            assert (answer.status_code, answer.json()["type"]) == (404, "/problems/not-found")
    async with desk.app.transaction(desk.context) as connection:
        assert await readings(connection, desk.dossier) == []


async def test_what_waits_for_its_scan_is_opened_by_no_agent_either(desk: Desk) -> None:
    waiting = await desk.upload(blank_pdf())
    await file_it(desk)
    client, _ = agents_client(desk, await group_serving(desk, PROCEDURE))
    async with client:
        answer = await client.get(f"/v1/agents/dossiers/{desk.dossier}/documents/{waiting.id}/content")
    assert (answer.status_code, answer.json()["type"]) == (409, "/problems/document-waiting")
