"""An agent takes a dossier to another published version: who may, what is answered, what the resident reads."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID, uuid4

import pytest

from catalogue.loader import catalogue
from domain.calendar import Delay
from domain.plan import Plan
from tests.api.counter import Counter, SignedIn
from tests.api.journeys import act, filed, new_key

DOC = "acces-documents"
BODY = {"version": 2, "ground": "immediate_effect", "text": "Décret d'essai", "article": "décret 2026-1 art. 3"}


@pytest.fixture(autouse=True)
def second_version(monkeypatch: pytest.MonkeyPatch) -> Iterator[Plan]:
    """A second published version of the shipped procedure, in force since yesterday; the first stays available."""
    within = catalogue()
    first = replace(within.published(DOC)[-1], version=1, in_force_from=None)
    longer = replace(first.clock, delay=Delay(months=2))
    second = replace(first, version=2, clock=longer, in_force_from=date(2026, 11, 1))
    monkeypatch.setitem(within._published, DOC, (first,))
    yield second
    within._published.pop(DOC, None)


def publish(second: Plan) -> None:
    """From now on both are published."""
    within = catalogue()
    within._published[DOC] = (within.published(DOC)[0], second)


async def desk(counter: Counter, procedure: str = DOC, **options: Any) -> SignedIn:
    """An agent of a group that serves the procedure."""
    return await counter.agent(f"migre-{procedure}", procedures=(procedure,), **options)


async def test_a_signatory_migrates_a_dossier_and_everybody_reads_why(counter: Counter, second_version: Plan) -> None:
    """The answer says what happened and the new due; the resident's journal tells it with its article."""
    anne = await counter.resident()
    dossier = (await filed(anne, DOC))["id"]
    agent = await desk(counter)
    before = (await agent.get(f"dossiers/{dossier}")).json()
    publish(second_version)

    done = await act(agent, dossier, "migrate", BODY)

    assert done.status_code == 200, done.text
    told = done.json()
    assert [one["kind"] for one in told["happened"]] == ["migrated"]
    assert told["happened"][0]["article"] == "décret 2026-1 art. 3"
    after = (await agent.get(f"dossiers/{dossier}")).json()
    assert (before["clock"]["delay"], after["clock"]["delay"]) == ("1 mois", "2 mois")
    journal = (await anne.get(f"dossiers/{dossier}/journal")).text
    assert "La version 2 de la démarche s'applique désormais" in journal


async def test_the_act_is_done_once_under_its_key(counter: Counter, second_version: Plan) -> None:
    anne = await counter.resident()
    dossier = (await filed(anne, DOC))["id"]
    agent = await desk(counter)
    publish(second_version)
    seen = (await agent.get(f"dossiers/{dossier}")).headers["ETag"]
    headers = {"If-Match": seen, **new_key()}

    first = await agent.post(f"dossiers/{dossier}/acts/migrate", json=BODY, headers=headers)
    again = await agent.post(f"dossiers/{dossier}/acts/migrate", json=BODY, headers=headers)

    assert (first.status_code, again.status_code) == (200, 200), again.text
    assert first.json() == again.json()


async def test_what_cannot_be_followed_is_refused_with_its_reason(counter: Counter, second_version: Plan) -> None:
    """An unknown version, the same one, no ground: each has its own problem, and nothing is written."""
    anne = await counter.resident()
    dossier = (await filed(anne, DOC))["id"]
    agent = await desk(counter)
    publish(second_version)

    unknown = await act(agent, dossier, "migrate", {**BODY, "version": 7})
    same = await act(agent, dossier, "migrate", {**BODY, "version": 1})
    bare = await act(agent, dossier, "migrate", {**BODY, "article": ""})
    late = await act(agent, dossier, "migrate", {**BODY, "ground": "convenience"})

    assert (unknown.status_code, unknown.json()["type"]) == (404, "/problems/unknown-version")
    assert (same.status_code, same.json()["type"]) == (409, "/problems/cannot-migrate")
    assert (bare.status_code, bare.json()["type"]) == (409, "/problems/ground-missing")
    assert late.status_code == 422
    assert (await agent.get(f"dossiers/{dossier}")).json()["clock"]["delay"] == "1 mois"


async def test_migrating_needs_a_delegation_of_signature(counter: Counter, second_version: Plan) -> None:
    """CRPA L212-1; an instructor, a reader, an agent of another group, a resident, a system, nobody."""
    anne = await counter.resident()
    dossier = (await filed(anne, DOC))["id"]
    publish(second_version)

    for role in ("instructor", "reader"):
        agent = await counter.agent(f"migre-{role}-{uuid4().hex[:6]}", procedures=(DOC,), role=role)
        refused = await act(agent, dossier, "migrate", BODY)
        assert (refused.status_code, refused.json()["type"]) == (403, "/problems/signature-needed")
    stranger = await desk(counter, "agrement-assistant-maternel")
    path, headers = f"/v1/agents/dossiers/{dossier}/acts/migrate", {"If-Match": '"3"', **new_key()}
    system = await counter.system(f"{DOC}:deposit", f"{DOC}:read")
    answers = [await who.post(path, json=BODY, headers=headers) for who in (stranger, anne, system)]
    nobody = await counter.client.post(path, content=json.dumps(BODY), headers=headers)

    assert answers[0].status_code == 404
    assert {answer.status_code for answer in answers[1:]} <= {401, 403}
    assert nobody.status_code in {401, 415}


async def test_a_filing_of_today_pins_the_version_in_force_today(counter: Counter, second_version: Plan) -> None:
    """And the public list describes it; a version to come is not offered yet."""
    anne = await counter.resident()
    publish(replace(second_version, in_force_from=date(2999, 1, 1)))
    first = (await filed(anne, DOC))["id"]
    publish(second_version)
    second = (await filed(anne, DOC))["id"]
    agent = await desk(counter)

    delays = [(await agent.get(f"dossiers/{one}")).json()["clock"]["delay"] for one in (first, second)]

    assert delays == ["1 mois", "2 mois"]
    assert (await counter.client.get(f"/v1/public/procedures/{DOC}")).json()["delay"] == "2 mois"
    assert UUID(first) != UUID(second)
