"""Mediators: a mandate, and the residents' own routes under it, each act checked at its instant."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import text

from tests.api.counter import OWNER, Counter, SignedIn
from tests.api.journeys import drafted, filed, new_key


async def mandated(mediator: SignedIn, *, email: str | None = None, **more: Any) -> dict[str, Any]:
    """A mandate for access to documents, given on site a moment ago."""
    body = {
        "resident_name": "Anne Kervella",
        "resident_email": email,
        "procedures": ["acces-documents"],
        "duration": "short",
        "consent": "signed_on_site",
        "consented_at": (datetime.now(UTC) - timedelta(minutes=5)).isoformat(),
        **more,
    }
    made = await mediator.post("mandates", json=body)
    assert made.status_code == 201, made.text
    answer: dict[str, Any] = made.json()
    return answer


async def test_a_mandate_records_its_scope_its_end_and_the_consent(counter: Counter) -> None:
    mediator, organisation = await counter.mediator()

    mandate = await mandated(mediator, duration="semester")

    assert mandate["procedures"] == ["acces-documents"]
    assert mandate["organisation"] == str(organisation)
    assert mandate["consent"] == "signed_on_site"
    assert mandate["state"] == "active"
    starts, ends = (datetime.fromisoformat(mandate[name]) for name in ("starts", "ends"))
    assert ends - starts == timedelta(days=182)
    assert [one["id"] for one in (await mediator.get("mandates")).json()] == [mandate["id"]]


async def test_the_same_key_gives_the_same_mandate_and_with_another_body_is_refused(counter: Counter) -> None:
    mediator, _ = await counter.mediator()
    body = {
        "resident_name": "Anne Kervella",
        "procedures": ["acces-documents"],
        "duration": "short",
        "consent": "sms",
        "consented_at": (datetime.now(UTC) - timedelta(minutes=5)).isoformat(),
    }
    key = new_key()

    first, again = [await mediator.post("mandates", json=body, headers=key) for _ in range(2)]
    other = await mediator.post("mandates", json={**body, "duration": "year"}, headers=key)

    assert (first.status_code, again.status_code) == (201, 201)
    assert first.json() == again.json()
    assert other.json()["type"] == "/problems/idempotency-key-reused"
    assert len((await mediator.get("mandates")).json()) == 1


async def test_a_mediator_files_for_a_resident_who_sees_who_acted_and_takes_over(counter: Counter) -> None:
    """Named in the journal with the organisation; once taken over, the mediator no longer sees the dossier."""
    anne = await counter.resident()
    mediator, _ = await counter.mediator()
    mandate = await mandated(mediator, email=anne.email)
    under = f"mandates/{mandate['id']}/"

    made = await filed(mediator, "acces-documents", under=under)
    journal = (await anne.get(f"dossiers/{made['id']}/journal")).json()
    taken = await anne.post(f"dossiers/{made['id']}/acts/take_over", json={}, headers=new_key())

    assert journal[0]["by"] == "Maryvonne Le Goff, pour Ti ar Vro"
    assert taken.status_code == 200, taken.text
    assert (await anne.get(f"dossiers/{made['id']}")).json()["taken_over"] is True
    assert (await mediator.get(f"{under}dossiers/{made['id']}")).status_code == 404


async def test_a_resident_without_e_mail_can_be_filed_for(counter: Counter) -> None:
    mediator, _ = await counter.mediator()
    mandate = await mandated(mediator)

    made = await filed(mediator, "acces-documents", under=f"mandates/{mandate['id']}/")

    assert made["acknowledgement"]["complete"] is True


@pytest.mark.parametrize("who", ["resident", "mediator"])
async def test_a_revoked_mandate_stops_the_very_next_request(counter: Counter, who: str) -> None:
    """403 on the draft as on the dossier, whoever revoked; what was written stays the resident's."""
    anne = await counter.resident()
    mediator, _ = await counter.mediator()
    mandate = await mandated(mediator, email=anne.email)
    under = f"mandates/{mandate['id']}/"
    draft = await drafted(mediator, "acces-documents", under=under)

    revoked = await (anne if who == "resident" else mediator).call("DELETE", f"mandates/{mandate['id']}")
    refused = await mediator.post(f"{under}drafts/{draft}/submit", json={}, headers=new_key())

    assert revoked.status_code == 200, revoked.text
    assert (revoked.json()["state"], revoked.json()["revoked_by"]) == ("revoked", who)
    assert (refused.status_code, refused.json()["type"]) == (403, "/problems/mandate-revoked")
    assert (await anne.get(f"drafts/{draft}")).status_code == 200
    assert (await anne.get("dossiers")).json() == []


async def test_an_expired_mandate_is_refused_by_the_legal_clock(counter: Counter) -> None:
    mediator, _ = await counter.mediator()
    mandate = await mandated(mediator)
    await _shorten(counter, UUID(mandate["id"]))

    refused = await mediator.post(f"mandates/{mandate['id']}/drafts", json={"procedure": "acces-documents"})

    assert (refused.status_code, refused.json()["type"]) == (403, "/problems/mandate-expired")


async def test_a_procedure_out_of_the_mandate_is_refused_and_nothing_is_begun(counter: Counter) -> None:
    mediator, _ = await counter.mediator()
    mandate = await mandated(mediator)

    refused = await mediator.post(f"mandates/{mandate['id']}/drafts", json={"procedure": "apa-domicile"})

    assert (refused.status_code, refused.json()["type"]) == (403, "/problems/mandate-out-of-scope")
    assert (await mediator.get(f"mandates/{mandate['id']}/drafts")).json() == []


async def test_another_organisation_learns_nothing_of_a_mandate(counter: Counter) -> None:
    mediator, _ = await counter.mediator()
    stranger, _ = await counter.mediator()
    mandate = await mandated(mediator)

    for path in ("", "/dossiers", "/drafts"):
        assert (await stranger.get(f"mandates/{mandate['id']}{path}")).status_code == 404
    assert (await stranger.call("DELETE", f"mandates/{mandate['id']}")).status_code == 404
    assert (await stranger.get("mandates")).json() == []
    assert (await mediator.get(f"mandates/{mandate['id']}")).json()["state"] == "active"


async def test_a_mandate_shows_the_dossiers_filed_under_it_and_no_other_of_the_resident(counter: Counter) -> None:
    anne = await counter.resident()
    alone = (await filed(anne, "acces-documents"))["id"]
    mediator, _ = await counter.mediator()
    mandate = await mandated(mediator, email=anne.email)

    assert (await mediator.get(f"mandates/{mandate['id']}/dossiers")).json() == []
    assert (await mediator.get(f"mandates/{mandate['id']}/dossiers/{alone}")).status_code == 404


async def test_consent_cannot_be_dated_in_the_future(counter: Counter) -> None:
    mediator, _ = await counter.mediator()
    body = {
        "resident_name": "Anne Kervella",
        "procedures": ["acces-documents"],
        "duration": "short",
        "consent": "signed_paper",
        "consented_at": "2099-01-01T00:00:00Z",
    }

    refused = await mediator.post("mandates", json=body)

    assert refused.status_code == 422
    assert refused.json()["errors"][0]["pointer"] == "/consented_at"
    assert (await mediator.get("mandates")).json() == []


async def _shorten(counter: Counter, mandate: UUID) -> None:
    """Make a mandate end a second ago, as if its days had passed."""
    async with counter.owner.transaction(OWNER) as connection:
        await connection.execute(
            text(
                "UPDATE mandate SET starts = clock_timestamp() - interval '2 days',"
                " ends = clock_timestamp() - interval '1 second' WHERE id = :id"
            ),
            {"id": mandate},
        )
