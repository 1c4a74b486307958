"""The attestation of an acceptance acquired by silence: asked for by the person, their mediator, or on paper."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from catalogue.loader import catalogue
from domain.calendar import Instant
from storage.engine.database import Database
from storage.engine.legal_time import move_clock
from storage.engine.settings import Settings
from tests.api.case_player import begin_time
from tests.api.conftest import opened_counter
from tests.api.counter import Counter, SignedIn
from tests.api.journeys import act, drafted, given, new_key, submitted
from tests.api.test_agents import desk
from tests.api.test_mediators import mandated

SLUG = "agrement-accueillant-familial"
START = datetime(2026, 11, 23, 11, tzinfo=UTC)
ACCEPTED = START + timedelta(days=150)
ON_PAPER = {"channel": "paper", "evidence": "Courrier reçu le 22 avril"}


@pytest.fixture
async def counter(own_settings: Settings) -> AsyncIterator[Counter]:
    """A counter of its own, on 23 November 2026."""
    async with opened_counter(own_settings) as opened:
        await begin_time(opened.owner, START)
        yield opened


async def at(counter: Counter, to: Instant) -> None:
    """Stop the legal clock there."""
    worker = Database(counter.settings, "worker", size=1)
    await move_clock(worker, to, fixed=True, signal=False)
    await worker.close()


async def filed_complete(person: SignedIn, under: str = "") -> str:
    """A complete request, filed; nobody will answer it."""
    draft = await drafted(person, SLUG, under=under)
    for piece in catalogue().plan(SLUG).pieces:
        if piece.required:
            await given(person, f"{under}drafts/{draft}", piece.key)
    dossier: str = (await submitted(person, draft, under=under))["id"]
    return dossier


async def asked(person: SignedIn, dossier: str, under: str = "") -> Any:
    """The attestation asked for."""
    path = f"{under}dossiers/{dossier}/acts/request_attestation"
    return await person.post(path, json={}, headers={"If-Match": "*", **new_key()})


async def test_it_is_issued_to_who_asks_once_the_acceptance_is_acquired(counter: Counter) -> None:
    """Offered then and not before, refused with its article before and after."""
    anne = await counter.resident()
    dossier = await filed_complete(anne)
    early = await asked(anne, dossier)
    assert (early.status_code, early.json()["article"]) == (409, "CRPA L232-3")
    assert "rien à attester" in early.json()["detail"]

    await at(counter, ACCEPTED)
    shown = (await anne.get(f"dossiers/{dossier}")).json()
    assert {one["act"]: one["admitted"] for one in shown["acts"]}["request_attestation"] is True
    done = await act(anne, dossier, "request_attestation")
    assert done.status_code == 200, done.text
    again = await asked(anne, dossier)
    assert (again.status_code, again.json()["article"]) == (409, "CRPA L232-3")
    journal = (await anne.get(f"dossiers/{dossier}/journal")).json()
    assert [one["kind"] for one in journal][-2:] == ["silence_took_effect", "attestation_requested"]


async def test_a_mediator_asks_under_the_mandate(counter: Counter) -> None:
    anne, (mediator, _) = await counter.resident(), await counter.mediator()
    terms = {"procedures": [SLUG], "duration": "year", "consented_at": START.isoformat()}
    under = f"mandates/{(await mandated(mediator, email=anne.email, **terms))['id']}/"
    dossier = await filed_complete(mediator, under)
    await at(counter, ACCEPTED)

    assert (await asked(mediator, dossier, under)).status_code == 200
    (last,) = (await anne.get(f"dossiers/{dossier}/journal")).json()[-1:]
    assert (last["kind"], last["by"]) == ("attestation_requested", "Maryvonne Le Goff, pour Ti ar Vro")


async def test_an_agent_writes_down_a_request_on_paper_with_its_evidence(counter: Counter) -> None:
    """From the day that it came, the acceptance acquired; never of an agent's own accord."""
    anne, agent = await counter.resident(), await desk(counter, SLUG, role="instructor")
    dossier = await filed_complete(anne)
    await at(counter, ACCEPTED)

    own = await act(agent, dossier, "request_attestation")
    assert (own.status_code, own.json()["type"]) == (409, "/problems/evidence-missing")
    early = (START + timedelta(days=30)).isoformat()
    before = await act(agent, dossier, "request_attestation", {"effective": early, **ON_PAPER})
    assert "rien à attester" in before.json()["detail"]
    came = ACCEPTED - timedelta(days=1)
    done = await act(agent, dossier, "request_attestation", {"effective": came.isoformat(), **ON_PAPER})
    assert done.status_code == 200, done.text
    (last,) = (await anne.get(f"dossiers/{dossier}/journal")).json()[-1:]
    assert (last["kind"], datetime.fromisoformat(last["at"])) == ("attestation_requested", came)


async def test_what_silence_granted_is_not_withdrawn_but_given_up_knowingly(counter: Counter) -> None:
    """The right stays as long as its holder has not said that they know what they lose (CRPA L242-3, L242-4)."""
    anne = await counter.resident()
    dossier = await filed_complete(anne)
    await at(counter, ACCEPTED)

    withdrawn = await act(anne, dossier, "withdraw")
    assert (withdrawn.status_code, withdrawn.json()["type"]) == (409, "/problems/not-now")
    assert "L242-3" in withdrawn.json()["detail"]
    unread = await act(anne, dossier, "renounce", {"reason": "Je déménage."})
    assert unread.status_code == 422
    assert (await anne.get(f"dossiers/{dossier}")).json()["status"] == "implied_acceptance"

    done = await act(anne, dossier, "renounce", {"understood": True, "reason": "Je déménage."})
    assert done.status_code == 200, done.text
    shown = (await anne.get(f"dossiers/{dossier}")).json()
    assert (shown["status"], shown["closed"], shown["next"]) == ("renounced", True, None)


async def test_no_mediator_gives_up_somebodys_right_and_an_agent_only_with_their_letter(counter: Counter) -> None:
    anne, (mediator, _) = await counter.resident(), await counter.mediator()
    terms = {"procedures": [SLUG], "duration": "year", "consented_at": START.isoformat()}
    under = f"mandates/{(await mandated(mediator, email=anne.email, **terms))['id']}/"
    dossier, agent = await filed_complete(mediator, under), await desk(counter, SLUG, role="instructor")
    await at(counter, ACCEPTED)

    path = f"{under}dossiers/{dossier}/acts/renounce"
    theirs = await mediator.post(path, json={"understood": True}, headers={"If-Match": "*", **new_key()})
    assert (theirs.status_code, theirs.json()["type"]) == (403, "/problems/not-yours")
    own = await act(agent, dossier, "renounce")
    assert (own.status_code, own.json()["type"]) == (409, "/problems/evidence-missing")
    done = await act(agent, dossier, "renounce", ON_PAPER)
    assert done.status_code == 200, done.text
