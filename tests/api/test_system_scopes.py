"""What a token may not do, route by route: another's dossier, a right it lacks, another token's webhooks."""

from __future__ import annotations

from uuid import uuid4

import pytest

from tests.api.counter import Counter, SignedIn
from tests.api.journeys import PDF, act, example, filed, given, new_key
from tests.api.test_systems import APPLICANT, deposited

ADDRESS = {"url": "https://si.example.org/guichet", "procedures": ["acces-documents"]}
FILE = {"file": ("p.pdf", PDF, "application/pdf")}


async def tokens(counter: Counter, *scopes: tuple[str, ...]) -> list[SignedIn]:
    """Several tokens of one system."""
    name = f"SI {uuid4().hex[:8]}"
    return [await counter.system(*each, name=name) for each in scopes]


@pytest.mark.parametrize(
    ("scopes", "problem"),
    [
        (("acces-documents:read",), "token-out-of-scope"),
        (("acces-documents:read", "apa-domicile:deposit"), "token-out-of-scope"),
        (("acces-documents:read", "acces-documents:deposit"), "not-deposited-by-you"),
    ],
    ids=["read-only", "deposit-elsewhere", "not-its-own"],
)
async def test_a_system_adds_nothing_to_a_dossier_that_it_did_not_deposit(
    counter: Counter, scopes: tuple[str, ...], problem: str
) -> None:
    """Neither a document, nor one of the person's own as a piece; the dossier stays as it was."""
    anne = await counter.resident()
    dossier = (await filed(anne, "acces-documents"))["id"]
    document = await given(anne, f"dossiers/{dossier}", "precisions")
    system = await counter.system(*scopes)
    before = (await anne.get(f"dossiers/{dossier}")).json()["version"]

    sent = await system.post(f"dossiers/{dossier}/documents", files=FILE)
    provided = await act(system, dossier, "provide_piece", {"piece": "precisions", "documents": [document]})

    for refused in (sent, provided):
        assert (refused.status_code, refused.json()["type"]) == (403, f"/problems/{problem}")
    assert (await anne.get(f"dossiers/{dossier}")).json()["version"] == before
    assert len((await anne.get(f"dossiers/{dossier}/documents")).json()) == 1


async def test_a_system_completes_what_it_deposited_under_a_token_that_may_deposit(counter: Counter) -> None:
    """Another token of the same system, without that right, may not; nor to a deposit being prepared."""
    depositor, reader = await tokens(
        counter, ("acces-documents:deposit", "acces-documents:read"), ("acces-documents:read",)
    )
    dossier = (await deposited(depositor))["id"]
    prepared = await depositor.post("deposits", json={"procedure": "acces-documents", "applicant": APPLICANT})

    document = await given(depositor, f"dossiers/{dossier}", "precisions")
    body = {"piece": "precisions", "documents": [document]}
    refused = [
        await act(reader, dossier, "provide_piece", body),
        await reader.post(f"dossiers/{dossier}/documents", files=FILE),
        await reader.post(prepared.headers["Location"], files=FILE),
    ]
    done = await act(depositor, dossier, "provide_piece", body)

    assert [(one.status_code, one.json()["type"]) for one in refused] == [(403, "/problems/token-out-of-scope")] * 3
    assert done.status_code == 200, done.text


async def test_what_a_token_does_not_see_is_not_found(counter: Counter) -> None:
    anne = await counter.resident()
    dossier = (await filed(anne, "acces-documents"))["id"]
    stranger = await counter.system("acces-documents:deposit")

    sent = await stranger.post(f"dossiers/{dossier}/documents", files=FILE)
    body = {"piece": "precisions", "documents": [str(uuid4())]}
    provided = await stranger.post(f"dossiers/{dossier}/acts/provide_piece", json=body, headers=new_key())

    assert (sent.status_code, provided.status_code) == (404, 404)


async def test_a_deposit_without_its_required_pieces_is_refused_and_nothing_is_filed(counter: Counter) -> None:
    """A system deposits a complete dossier: what is missing is named, and what was prepared is kept."""
    system = await counter.system("apa-domicile:deposit", "apa-domicile:read")
    before = (await system.get("dossiers")).json()
    prepared = await system.post("deposits", json={"procedure": "apa-domicile", "applicant": APPLICANT})
    await system.post(prepared.headers["Location"], files=FILE, data={"piece": "identite"})
    body = {"procedure": "apa-domicile", "form": example("apa-domicile")["form"]}

    bare = await system.post("dossiers", json={**body, "applicant": APPLICANT}, headers=new_key())
    partly = await system.post("dossiers", json={**body, "prepared": prepared.json()["id"]}, headers=new_key())

    for refused in (bare, partly):
        assert (refused.status_code, refused.json()["type"]) == (409, "/problems/missing-pieces")
    missing = {error["pointer"] for error in partly.json()["errors"]}
    assert missing == {"/pieces/avis_imposition", "/pieces/rib"}
    assert (await system.get("dossiers")).json() == before
    assert (await system.post(prepared.headers["Location"], files=FILE)).status_code == 201


async def test_each_webhook_route_asks_for_the_webhook_right(counter: Counter) -> None:
    """A token of the same system that only reads lists, rotates and removes nothing."""
    told, reader = await tokens(counter, ("acces-documents:webhook",), ("acces-documents:read",))
    made = (await told.post("webhooks", json=ADDRESS)).json()

    refused = [
        await reader.post("webhooks", json=ADDRESS),
        await reader.get("webhooks"),
        await reader.post(f"webhooks/{made['id']}/rotate"),
        await reader.call("DELETE", f"webhooks/{made['id']}"),
    ]

    assert [(one.status_code, one.json()["type"]) for one in refused] == [(403, "/problems/token-out-of-scope")] * 4
    assert [one["id"] for one in (await told.get("webhooks")).json()] == [made["id"]]


async def test_a_token_manages_only_the_webhooks_of_procedures_that_it_covers(counter: Counter) -> None:
    """Those of its own system, whichever token registered them; never another procedure's."""
    told, other, every = await tokens(counter, ("acces-documents:webhook",), ("apa-domicile:webhook",), ("*:webhook",))
    made = (await told.post("webhooks", json=ADDRESS)).json()

    rotated = await other.post(f"webhooks/{made['id']}/rotate")
    removed = await other.call("DELETE", f"webhooks/{made['id']}")

    assert (await other.get("webhooks")).json() == []
    assert (rotated.status_code, removed.status_code) == (403, 403)
    assert [one["id"] for one in (await every.get("webhooks")).json()] == [made["id"]]
    assert (await every.call("DELETE", f"webhooks/{made['id']}")).status_code == 204
