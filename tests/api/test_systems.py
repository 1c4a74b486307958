"""Systems: what a token deposits, follows and is told."""

from __future__ import annotations

from typing import Any

from tests.api.counter import Counter, SignedIn
from tests.api.journeys import PDF, example, filed, new_key

APPLICANT = {"name": "Soazig Riou"}


async def deposited(system: SignedIn, **more: Any) -> dict[str, Any]:
    """A deposit of the worked example."""
    body = {"procedure": "acces-documents", "form": example("acces-documents")["form"], "applicant": APPLICANT, **more}
    made = await system.post("dossiers", json=body, headers=new_key())
    assert made.status_code == 201, made.text
    answer: dict[str, Any] = made.json()
    return answer


async def test_a_system_deposits_a_dossier_with_its_documents(counter: Counter) -> None:
    """APA with its three required pieces: complete at once, and the journal says by which channel."""
    system = await counter.system("apa-domicile:deposit", "apa-domicile:read")
    prepared = await system.post("deposits", json={"procedure": "apa-domicile", "applicant": APPLICANT})
    assert prepared.status_code == 201, prepared.text
    for piece in ("identite", "avis_imposition", "rib"):
        sent = await system.post(
            prepared.headers["Location"], files={"file": ("p.pdf", PDF, "application/pdf")}, data={"piece": piece}
        )
        assert sent.status_code == 201, sent.text

    body = {"procedure": "apa-domicile", "form": example("apa-domicile")["form"], "prepared": prepared.json()["id"]}
    made = await system.post("dossiers", json=body, headers=new_key())

    assert made.status_code == 201, made.text
    assert made.json()["id"] == prepared.json()["id"]
    assert made.json()["acknowledgement"]["complete"] is True
    shown = (await system.get(f"dossiers/{made.json()['id']}")).json()
    assert {piece["key"] for piece in shown["pieces"] if piece["documents"]} == {"identite", "avis_imposition", "rib"}


async def test_a_token_deposits_only_what_its_scopes_cover(counter: Counter) -> None:
    system = await counter.system("apa-domicile:deposit")
    body = {"procedure": "acces-documents", "form": example("acces-documents")["form"], "applicant": APPLICANT}

    refused = await system.post("dossiers", json=body, headers=new_key())

    assert (refused.status_code, refused.json()["type"]) == (403, "/problems/token-out-of-scope")
    assert (await system.get("dossiers")).json() == []


async def test_the_same_deposit_sent_twice_is_made_once(counter: Counter) -> None:
    system = await counter.system("acces-documents:deposit", "acces-documents:read")
    body = {"procedure": "acces-documents", "form": example("acces-documents")["form"], "applicant": APPLICANT}
    key = new_key()

    first = await system.post("dossiers", json=body, headers=key)
    again = await system.post("dossiers", json=body, headers=key)

    assert first.status_code == 201, first.text
    assert again.json() == first.json()


async def test_a_list_followed_by_its_cursor_gives_each_dossier_once(counter: Counter) -> None:
    """`updated_since`, then `Link` until there is none."""
    system = await counter.system("acces-documents:deposit", "acces-documents:read")
    before = (await deposited(system))["acknowledgement"]["received_at"]
    mine = {(await deposited(system))["id"] for _ in range(5)}

    seen: list[str] = []
    page = await system.get("dossiers", params={"updated_since": before, "limit": "2"})
    while True:
        assert page.status_code == 200, page.text
        seen += [one["id"] for one in page.json()]
        if "Link" not in page.headers:
            break
        page = await system.get(page.headers["Link"].partition(">")[0].removeprefix("<"))

    assert len(seen) == len(set(seen))
    assert mine <= set(seen)


async def test_a_token_without_read_sees_only_what_its_system_deposited(counter: Counter) -> None:
    anne = await counter.resident()
    theirs = (await filed(anne, "acces-documents"))["id"]
    system = await counter.system("acces-documents:deposit")
    mine = (await deposited(system))["id"]

    listed = {one["id"] for one in (await system.get("dossiers")).json()}

    assert listed == {mine}
    assert (await system.get(f"dossiers/{theirs}")).status_code == 404


async def test_a_reading_by_a_system_is_shown_to_the_resident(counter: Counter) -> None:
    anne = await counter.resident()
    dossier = (await filed(anne, "acces-documents"))["id"]
    system = await counter.system("acces-documents:read")

    assert (await system.get(f"dossiers/{dossier}")).status_code == 200
    readers = (await anne.get(f"dossiers/{dossier}/readers")).json()

    assert [one["audience"] for one in readers] == ["system"]


async def test_a_webhook_secret_is_shown_once_and_can_be_rotated(counter: Counter) -> None:
    system = await counter.system("acces-documents:webhook")
    wanted = {"url": "https://si.example.org/guichet", "procedures": ["acces-documents"]}

    made = await system.post("webhooks", json=wanted)
    rotated = await system.post(f"webhooks/{made.json()['id']}/rotate")
    listed = await system.get("webhooks")
    removed = await system.call("DELETE", f"webhooks/{made.json()['id']}")

    assert made.status_code == 201, made.text
    assert made.json()["secret"].startswith("whsec_")
    assert rotated.json()["secret"] not in (made.json()["secret"], "")
    assert "secret" not in listed.json()[0]
    assert removed.status_code == 204
    assert (await system.get("webhooks")).json() == []


async def test_a_webhook_of_another_system_is_not_found(counter: Counter) -> None:
    system, other = await counter.system("*:webhook"), await counter.system("*:webhook")
    made = (await system.post("webhooks", json={"url": "https://si.example.org/", "procedures": ["*"]})).json()

    assert (await other.post(f"webhooks/{made['id']}/rotate")).status_code == 404
    assert (await other.call("DELETE", f"webhooks/{made['id']}")).status_code == 404
    assert [one["id"] for one in (await system.get("webhooks")).json()] == [made["id"]]
