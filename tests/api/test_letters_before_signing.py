"""An agent reads the letter of an act before signing it; an act whose letter cannot be made is not signed."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from uuid import UUID, uuid4

import pytest

from catalogue import letter_sources
from catalogue.letter_sources import Source
from storage.engine.database import WORKING, Database
from storage.engine.legal_time import legal_now
from storage.register.incidents import open_incident
from tests.api.counter import Counter, SignedIn
from tests.api.journeys import act, example, filed, story_of
from tests.letters.extracted import extracted, packed

SLUG = "acces-documents"
GROUP = "groupe-acces-documents"


async def arrived(counter: Counter) -> tuple[SignedIn, SignedIn, str]:
    """A resident, a signatory, and a request to decide."""
    anne = await counter.resident()
    dossier = (await filed(anne, SLUG))["id"]
    return anne, await counter.agent(GROUP, procedures=(SLUG,)), dossier


def refusal(**said: str) -> dict[str, Any]:
    """A refusal as the act's own route wants it."""
    return {"outcome": "refus", **example(SLUG)["refus"], **said}


async def preview(agent: SignedIn, dossier: str, name: str, data: dict[str, Any]) -> Any:
    """The answer."""
    return await agent.post(f"dossiers/{dossier}/letters/preview", json={"act": name, "data": data})


async def test_the_letter_is_read_before_it_is_signed_and_nothing_is_recorded(counter: Counter) -> None:
    anne, agent, dossier = await arrived(counter)
    before = (await agent.get(f"dossiers/{dossier}")).headers["ETag"]

    read = await preview(agent, dossier, "decide", refusal(reasons_fact="\uf0b7 motif de 李明, 12 rue de la 🏠"))

    assert read.status_code == 200, read.text
    assert read.headers["Content-Type"] == "application/pdf"
    text = extracted(read.content)
    assert packed("• motif de 李明, 12 rue de la 🏠") in text
    assert "\ufffd" not in text
    assert packed("APERÇU NON SIGNÉ") in text
    assert (await agent.get(f"dossiers/{dossier}")).headers["ETag"] == before
    assert (await anne.get(f"dossiers/{dossier}")).json()["decision"] is None
    assert (await agent.get(f"dossiers/{dossier}/letters")).json() == []


async def test_what_refuses_the_act_refuses_its_letter(counter: Counter) -> None:
    """A role, an outcome, a content, an act that writes nothing, a decision that stands already."""
    _, agent, dossier = await arrived(counter)
    reader = await counter.agent(GROUP, procedures=(SLUG,), role="reader")
    stranger = await counter.agent("enfance", procedures=("agrement-assistant-maternel",))

    answers = {
        "role": await preview(reader, dossier, "decide", refusal()),
        "stranger": await preview(stranger, dossier, "decide", refusal()),
        "outcome": await preview(agent, dossier, "decide", refusal(outcome="rien")),
        "unread": await preview(agent, dossier, "decide", {"reasons_fact": "x"}),
        "control": await preview(agent, dossier, "decide", refusal(reasons_fact="a\x07")),
        "silent": await preview(agent, dossier, "take", {}),
        "reasons": await preview(agent, dossier, "decide", {"outcome": "refus"}),
    }
    signed = await act(agent, dossier, "decide", refusal())
    answers["again"] = await preview(agent, dossier, "decide", refusal())

    assert signed.status_code == 200
    told = {name: (answer.status_code, answer.json()["type"]) for name, answer in answers.items()}
    assert told == {
        "role": (403, "/problems/signature-needed"),
        "stranger": (404, "/problems/not-found"),
        "outcome": (409, "/problems/unknown-outcome"),
        "unread": (422, "/problems/validation-failed"),
        "control": (400, "/problems/json-control-character"),
        "silent": (404, "/problems/not-found"),
        "reasons": (409, "/problems/reasons-missing"),
        "again": (409, "/problems/not-now"),
    }
    assert answers["unread"].json()["errors"][0]["pointer"] == "/data/outcome"


async def test_an_act_whose_letter_cannot_be_made_is_refused_and_nothing_is_recorded(
    counter: Counter, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As with a source that names what the content has not; the same act is signed once the source is mended."""
    _, agent, dossier = await arrived(counter)
    with monkeypatch.context() as broken:
        broken.setattr("letters.making.letter", _asks_for_nothing_known)
        refused = await act(agent, dossier, "decide", refusal())
    entries = [entry.event.kind for entry in (await story_of(counter, dossier)).entries]
    signed = await act(agent, dossier, "decide", refusal())

    assert (refused.status_code, refused.json()["type"]) == (409, "/problems/letter-not-made")
    assert "rien n'est enregistré" in refused.json()["detail"]
    assert "decided" not in entries
    assert signed.status_code == 200, signed.text


async def test_an_incident_is_done_again_by_who_instructs_once(counter: Counter) -> None:
    """What failed of its entry is pending again, its incidents are closed; the second time, there is nothing to do."""
    _, agent, dossier = await arrived(counter)
    reader = await counter.agent(GROUP, procedures=(SLUG,), role="reader")
    stranger = await counter.agent("enfance", procedures=("agrement-assistant-maternel",))
    await _given_up(counter, UUID(dossier), "letter:acknowledgement", "email:filed")
    incidents = [one for one in (await agent.get("incidents")).json() if one["dossier"] == dossier]
    at = f"incidents/{incidents[0]['id']}/redo"

    statuses = [(await who.post(at)).status_code for who in (stranger, reader, agent, agent)]

    assert statuses == [404, 403, 204, 404]
    assert [one for one in (await agent.get("incidents")).json() if one["dossier"] == dossier] == []
    assert await _statuses(counter, UUID(dossier)) == {"letter:acknowledgement": "pending", "email:filed": "pending"}
    assert (await agent.post(f"incidents/{uuid4()}/redo")).status_code == 404


async def _given_up(counter: Counter, dossier: UUID, *kinds: str) -> None:
    worker = Database(counter.settings, "worker", size=1)
    async with worker.transaction(WORKING) as connection:
        at = await legal_now(connection)
        for kind in kinds:
            given_up = "UPDATE effect SET status = 'failed' WHERE dossier = %(dossier)s AND kind = %(kind)s"
            await connection.exec_driver_sql(given_up, {"dossier": dossier, "kind": kind})
            await open_incident(connection, dossier, 1, kind, code="unrenderable", at=at)
    await worker.close()


async def _statuses(counter: Counter, dossier: UUID) -> dict[str, str]:
    asked = "SELECT kind, status FROM effect WHERE dossier = %(dossier)s AND kind <> 'webhook'"
    worker = Database(counter.settings, "worker", size=1)
    async with worker.transaction(WORKING) as connection:
        rows = (await connection.exec_driver_sql(asked, {"dossier": dossier})).all()
    await worker.close()
    return {str(row.kind): str(row.status) for row in rows}


def _asks_for_nothing_known(slug: str, name: str) -> Source:
    return replace(letter_sources.letter(slug, name), text="{{ contenu.rien }}")
