"""Steps that agree with the status, the amount of a provisional aid, and queues that begin by what is late."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from html import unescape
from typing import Any

import pytest

from catalogue.loader import catalogue
from storage.engine.settings import Settings
from tests.api.case_player import begin_time
from tests.api.conftest import opened_counter
from tests.api.counter import Counter, SignedIn
from tests.api.journeys import act, drafted, filed, given, submitted
from tests.api.test_agents import desk
from tests.api.test_attestation import at
from tests.web.residents.visiting import said
from tests.web.visitors import Visitor, client_of
from web.app import create_app

START = datetime(2026, 11, 23, 11, tzinfo=UTC)
REFUSAL = {"outcome": "refus", "reasons_law": "CRPA L311-6", "reasons_fact": "Secret médical."}


@pytest.fixture
async def counter(own_settings: Settings) -> AsyncIterator[Counter]:
    """A counter of its own, on 23 November 2026."""
    async with opened_counter(own_settings, create_app) as opened:
        await begin_time(opened.owner, START)
        yield opened


def states(shown: dict[str, Any]) -> dict[str, str]:
    """Each step and its state."""
    return {step["kind"]: step["state"] for step in shown["steps"]}


async def page(counter: Counter, who: SignedIn, path: str) -> str:
    """A page as its reader sees it."""
    client = client_of(counter.app)
    client.cookies.set("guichet_session", who.token)
    return said(unescape((await Visitor(client).get(path)).text))


async def complete(person: SignedIn, procedure: str, *pieces: str) -> str:
    """A complete request."""
    draft = await drafted(person, procedure)
    for piece in pieces:
        await given(person, f"drafts/{draft}", piece)
    dossier: str = (await submitted(person, draft))["id"]
    return dossier


async def test_what_lacks_a_piece_is_not_complete(counter: Counter) -> None:
    anne = await counter.resident()
    dossier = (await filed(anne, "apa-domicile"))["id"]

    shown = (await anne.get(f"dossiers/{dossier}")).json()
    assert (shown["status"], states(shown)["completeness"]) == ("incomplete", "current")
    assert "current" not in {state for kind, state in states(shown).items() if kind != "completeness"}
    assert "Complétude en cours" in await page(counter, anne, f"/fr/dossiers/{dossier}")


async def test_a_provisional_aid_says_how_much_and_awaits_a_decision_first(counter: Counter) -> None:
    """1 040,17 € a month (CASF R232-29), to the person, to agents, to systems; the office is late."""
    anne, agent = await counter.resident(), await desk(counter, "apa-domicile")
    other = await complete(anne, "apa-domicile", "identite", "avis_imposition", "rib")
    await at(counter, START + timedelta(days=70))
    late = await complete(anne, "apa-domicile", "identite", "avis_imposition", "rib")
    for person in (anne, agent):
        shown = (await person.get(f"dossiers/{other}")).json()
        assert (shown["status"], shown["silence"]["amounts"]) == ("provisional", {"provisional": "1040.17"})
        assert states(shown)["assessment"] == "current"
    assert "1 040,17 €" in (await page(counter, anne, f"/fr/dossiers/{other}")).replace("\u202f", " ")
    assert "1 040,17 €" in (await page(counter, agent, f"/fr/agents/dossiers/{other}")).replace("\u202f", " ")

    # Written down: until then a list says that what was due has happened.
    await act(anne, other, "send_message", {"text": "Bonjour"})
    rows = (await agent.get("queues/groupe-apa-domicile")).json()
    assert [row["id"] for row in rows] == [other, late]
    assert (rows[0]["late"], rows[0]["awaited"]) == (True, "décision attendue : l'aide est provisoire")


async def test_nothing_is_under_way_once_silence_answered(counter: Counter) -> None:
    """Accepted: what was not done is not needed any more. Rejected: an express decision may still come."""
    slug = "agrement-assistant-maternel"
    anne = await counter.resident()
    accepted = await complete(anne, slug, *(piece.key for piece in catalogue().plan(slug).pieces if piece.required))
    rejected = (await filed(anne, "acces-documents"))["id"]
    await at(counter, START + timedelta(days=100))

    for dossier, status, state, word in (
        (accepted, "implied_acceptance", "skipped", "Évaluation sans objet"),
        (rejected, "implied_rejection", "possible", "Décision encore possible"),
    ):
        shown = (await anne.get(f"dossiers/{dossier}")).json()
        assert shown["status"] == status
        assert set(states(shown).values()) <= {"done", state}
        assert word in await page(counter, anne, f"/fr/dossiers/{dossier}")


async def test_an_opinion_that_nobody_asked_for_is_not_done(counter: Counter) -> None:
    """Out of town no mayor is asked (CVR L115-1): examination may do without."""
    anne = await counter.resident()
    dossier = (await filed(anne, "permission-voirie"))["id"]

    shown = (await anne.get(f"dossiers/{dossier}")).json()

    assert (states(shown)["completeness"], states(shown)["opinion"]) == ("current", "possible")
    assert "Avis encore possible" in await page(counter, anne, f"/fr/dossiers/{dossier}")


async def test_what_a_signed_decision_did_without_is_not_under_way(counter: Counter) -> None:
    """Refused while a piece was awaited: only the notification is still to come."""
    anne, agent = await counter.resident(), await desk(counter, "permission-voirie")
    dossier = (await filed(anne, "permission-voirie"))["id"]
    assert (await act(agent, dossier, "decide", REFUSAL)).status_code == 200

    shown = states((await agent.get(f"dossiers/{dossier}")).json())

    assert shown == {
        "completeness": "skipped",
        "assessment": "skipped",
        "opinion": "skipped",
        "decision": "done",
        "notice": "current",
    }


async def test_a_decision_that_nobody_notified_comes_first_and_is_counted(counter: Counter) -> None:
    """`acces-documents` stops at the signature: nothing happens by itself any more, and somebody waits."""
    anne, agent = await counter.resident(), await desk(counter, "acces-documents")
    first, second = [(await filed(anne, "acces-documents"))["id"] for _ in range(2)]
    assert (await act(agent, second, "decide", REFUSAL)).status_code == 200

    rows = (await agent.get("queues/groupe-acces-documents")).json()
    (queue,) = (await agent.get("queues")).json()
    text = await page(counter, agent, "/fr/agents/files/groupe-acces-documents")
    home = await page(counter, agent, "/fr/agents/")

    assert [row["id"] for row in rows] == [second, first]
    assert [(row["late"], row["awaited"]) for row in rows] == [
        (True, "décision à notifier"),
        (False, "à traiter, sans échéance"),
    ]
    assert [(one["open"], one["late"]) for one in queue["serves"]] == [(2, 1)]
    assert "En retard : 23 novembre 2026 décision à notifier" in text
    assert " rien " not in text
    assert "1 en retard" in home
    notified = await act(agent, second, "notify")
    assert notified.status_code == 200, notified.text
    assert [one["late"] for one in (await agent.get("queues")).json()[0]["serves"]] == [0]
