"""What a role does not allow an agent to do, and what an agent's readings leave behind them."""

from __future__ import annotations

from uuid import UUID, uuid4

from storage.engine.database import WORKING, Database
from storage.engine.legal_time import legal_now
from storage.register.incidents import open_incident
from tests.api.counter import Counter
from tests.api.journeys import PDF, filed, given
from tests.api.test_agents import desk

PROCEDURE = "acces-documents"
FILE = {"file": ("p.pdf", PDF, "application/pdf")}


async def test_a_reader_sends_no_document_to_a_dossier(counter: Counter) -> None:
    """Nor does an agent of another group, who learns nothing; an instructor does."""
    anne = await counter.resident()
    dossier = (await filed(anne, PROCEDURE))["id"]
    reader, instructor = [await desk(counter, PROCEDURE, role=role) for role in ("reader", "instructor")]
    stranger = await desk(counter, "apa-domicile")

    refused = await reader.post(f"dossiers/{dossier}/documents", files=FILE)
    hidden = await stranger.post(f"dossiers/{dossier}/documents", files=FILE)

    assert (refused.status_code, refused.json()["type"]) == (403, "/problems/role-insufficient")
    assert hidden.status_code == 404
    assert (await anne.get(f"dossiers/{dossier}/documents")).json() == []
    assert (await instructor.post(f"dossiers/{dossier}/documents", files=FILE)).status_code == 201


async def test_a_reader_closes_no_incident(counter: Counter) -> None:
    anne = await counter.resident()
    dossier = (await filed(anne, PROCEDURE))["id"]
    worker = Database(counter.settings, "worker", size=1)
    async with worker.transaction(WORKING) as connection:
        at = await legal_now(connection)
        await open_incident(connection, UUID(dossier), 1, "letter:acknowledgement", code="unrenderable", at=at)
    await worker.close()
    reader, instructor = [await desk(counter, PROCEDURE, role=role) for role in ("reader", "instructor")]
    (mine,) = [one for one in (await reader.get("incidents")).json() if one["dossier"] == dossier]

    refused = await reader.post(f"incidents/{mine['id']}/close")
    unknown = await instructor.post(f"incidents/{uuid4()}/close")

    assert (refused.status_code, refused.json()["type"]) == (403, "/problems/role-insufficient")
    assert unknown.status_code == 404
    assert mine["id"] in {one["id"] for one in (await reader.get("incidents")).json()}
    assert (await instructor.post(f"incidents/{mine['id']}/close")).status_code == 204


async def test_a_dossier_shown_as_a_result_says_to_whom(counter: Counter) -> None:
    """That it holds the words asked for is something read of it; a search that finds nothing reads nothing."""
    anne = await counter.resident()
    made = await filed(anne, PROCEDURE)
    agent, stranger = await desk(counter, PROCEDURE), await desk(counter, "apa-domicile")

    assert len((await agent.get("search", params={"q": made["reference"]})).json()) == 1
    assert (await stranger.get("search", params={"q": made["reference"]})).json() == []
    readers = (await anne.get(f"dossiers/{made['id']}/readers")).json()

    assert [(one["audience"], one["what"], one["name"]) for one in readers] == [
        ("agent", "search", "Maryvonne Le Goff")
    ]


async def test_the_list_of_documents_is_read_in_one_s_own_name(counter: Counter) -> None:
    anne = await counter.resident()
    dossier = (await filed(anne, PROCEDURE))["id"]
    document = await given(anne, f"dossiers/{dossier}", "precisions")
    agent = await desk(counter, PROCEDURE, role="reader")

    assert len((await agent.get(f"dossiers/{dossier}/documents")).json()) == 1
    assert (await agent.get(f"dossiers/{dossier}/documents/{document}/content")).status_code == 200
    readers = (await anne.get(f"dossiers/{dossier}/readers")).json()

    assert [(one["audience"], one["what"]) for one in readers] == [("agent", "document"), ("agent", "documents")]
