"""Systems: what a token deposits, follows and is told."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from sqlalchemy import text

from storage.engine.settings import Settings
from tests.api.conftest import opened_counter
from tests.api.counter import OWNER, Counter, SignedIn
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


async def test_a_token_without_read_reads_nothing_not_even_what_its_system_deposited(counter: Counter) -> None:
    """Whatever else it may do, there or on another procedure; and no reading is noted."""
    name = f"SI {uuid4().hex[:8]}"
    anne = await counter.resident()
    theirs = (await filed(anne, "acces-documents"))["id"]
    depositor = await counter.system("acces-documents:deposit", "acces-documents:read", name=name)
    mine = (await deposited(depositor))["id"]

    for scope in ("fsl:webhook", "acces-documents:webhook", "acces-documents:deposit", "apa-domicile:read"):
        other = await counter.system(scope, name=name)
        for path in (f"dossiers/{mine}", f"dossiers/{mine}/explanation"):
            refused = await other.get(path)
            assert (refused.status_code, refused.json()["type"]) == (403, "/problems/token-out-of-scope"), scope
        assert (await other.get(f"dossiers/{theirs}")).status_code == 404
        listed = await other.get("dossiers")
        assert listed.status_code == (200 if scope.endswith("read") else 403), scope
        assert mine not in listed.text
    readers = await _readers(counter, mine)

    assert (await depositor.get(f"dossiers/{mine}")).status_code == 200
    assert readers == 0
    assert await _readers(counter, mine) == 1


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


HOSTILE = [
    "https://127.0.0.1/", "https://localhost/guichet", "https://169.254.169.254/latest/", "https://[::1]/",
    "https://[::ffff:10.0.0.1]/", "https://0x7f.1/", "https://2130706433/", "https://10.1.2.3/", "https://[fc00::1]/",
    "http://si.example.org/", "https://si.example.org:25/", "https://si.example.org:99999/",
    "https://si.example.org:0/",
]  # fmt: skip


async def test_an_address_that_would_never_be_called_is_refused_at_registration(settings: Settings) -> None:
    """In production: judged as each delivery will be, without a call; the field is named, and nothing is kept."""
    fit = {"mode": "production", "public_url": "https://guichet.example", "smtp_url": "smtp://127.0.0.1:9"}
    async with opened_counter(settings.model_copy(update=fit)) as counter:
        system = await counter.system("*:webhook")
        for url in HOSTILE:
            refused = await system.post("webhooks", json={"url": url, "procedures": ["*"]})
            assert refused.status_code == 422, (url, refused.text)
            assert [one["pointer"] for one in refused.json()["errors"]] == ["/url"], url
        public = await system.post("webhooks", json={"url": "https://8.8.8.8/guichet", "procedures": ["*"]})

        assert public.status_code == 201, public.text
        assert [one["url"] for one in (await system.get("webhooks")).json()] == ["https://8.8.8.8/guichet"]


async def _readers(counter: Counter, dossier: str) -> int:
    async with counter.owner.transaction(OWNER) as connection:
        noted = text("SELECT count(*) FROM access_log WHERE dossier = :dossier")
        return int((await connection.execute(noted, {"dossier": dossier})).scalar_one())
