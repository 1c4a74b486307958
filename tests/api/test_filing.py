"""Filing: the draft, its pages, submit, and the acknowledgement with every mention of the law."""

from __future__ import annotations

from sqlalchemy import text

from storage.engine.database import Context
from tests.api.counter import Counter, SignedIn
from tests.api.journeys import drafted, example, filed, new_key, submitted


async def test_filing_answers_the_acknowledgement_with_every_mention_of_the_law(counter: Counter) -> None:
    """CRPA R112-11-1: date of receipt, office, what silence means and when, appeals against an implied refusal."""
    anne = await counter.resident()

    answer = await submitted(anne, await drafted(anne, "acces-documents"))

    told = answer["acknowledgement"]
    assert told["received_on"]
    assert told["office"]["name"]
    assert told["office"]["phone"]
    assert told["silence"] == "rejection"
    assert told["implied_on"] is not None
    assert "sous réserve que la demande soit complète" in told["effect"]
    assert told["appeals"]
    assert "CRPA R112-11-1" in told["articles"]
    assert answer["reference"] == told["reference"]


async def test_the_same_key_gets_the_same_answer_and_files_once(counter: Counter) -> None:
    anne = await counter.resident()
    draft, key = await drafted(anne, "acces-documents"), new_key()

    first = await anne.post(f"drafts/{draft}/submit", json={}, headers=key)
    again = await anne.post(f"drafts/{draft}/submit", json={}, headers=key)

    assert (first.status_code, again.status_code) == (201, 201)
    assert first.json() == again.json()
    assert again.headers["Idempotency-Replayed"] == "true"
    assert first.headers["Location"] == again.headers["Location"]
    assert len((await anne.get("dossiers")).json()) == 1


async def test_the_same_key_with_another_body_is_refused(counter: Counter) -> None:
    anne = await counter.resident()
    draft, key = await drafted(anne, "acces-documents"), new_key()
    await anne.post(f"drafts/{draft}/submit", json={}, headers=key)

    other = await anne.post(f"drafts/{draft}/submit", json={"electronic_notice": True}, headers=key)

    assert other.status_code == 422
    assert other.json()["type"] == "/problems/idempotency-key-reused"


async def test_submit_without_a_key_asks_for_one_and_files_nothing(counter: Counter) -> None:
    anne = await counter.resident()
    draft = await drafted(anne, "acces-documents")

    refused = await anne.post(f"drafts/{draft}/submit", json={})

    assert refused.json()["type"] == "/problems/idempotency-key-required"
    assert (await anne.get(f"drafts/{draft}")).status_code == 200
    assert (await anne.get("dossiers")).json() == []


async def test_a_filed_draft_filed_again_under_another_key_says_so(counter: Counter) -> None:
    anne = await counter.resident()
    draft = await drafted(anne, "acces-documents")
    await submitted(anne, draft)

    again = await anne.post(f"drafts/{draft}/submit", json={}, headers=new_key())

    assert (again.status_code, again.json()["type"]) == (409, "/problems/already-filed")


async def test_missing_pieces_are_refused_then_listed_when_confirmed(counter: Counter) -> None:
    """CRPA R112-11-4: an incomplete filing is taken when it is meant, and says what is missing, with its text."""
    anne = await counter.resident()
    draft = await drafted(anne, "apa-domicile")

    refused = await anne.post(f"drafts/{draft}/submit", json={}, headers=new_key())
    answer = await submitted(anne, draft, incomplete=True)

    assert refused.status_code == 409
    assert refused.json()["type"] == "/problems/missing-pieces"
    assert {error["pointer"] for error in refused.json()["errors"]} >= {"/pieces/identite", "/pieces/rib"}
    missing = answer["acknowledgement"]["missing"]
    assert {piece["key"] for piece in missing} >= {"identite", "rib"}
    assert all(piece["reference"] for piece in missing)
    assert answer["acknowledgement"]["complete"] is False
    assert answer["acknowledgement"]["provide_by"] > answer["acknowledgement"]["received_on"]
    assert "CRPA R112-11-4" in answer["acknowledgement"]["articles"]


async def test_a_likely_duplicate_is_said_and_never_blocked(counter: Counter) -> None:
    anne = await counter.resident()
    first = await filed(anne, "acces-documents")

    second = await filed(anne, "acces-documents")

    assert [one["id"] for one in second["possible_duplicates"]] == [first["id"]]
    assert first["possible_duplicates"] == []


async def test_a_draft_of_an_older_form_is_told_what_changed_then_renewed_and_filed(counter: Counter) -> None:
    """Filing after a breaking publication checks the answers anew; nothing of them is lost."""
    anne = await counter.resident()
    draft = (await anne.post("drafts", json={"procedure": "acces-documents"})).json()["id"]
    form = example("acces-documents")["form"]
    for page in ("demandeur", "documents"):
        await anne.call("PATCH", f"drafts/{draft}/pages/{page}", json=form[page])
    await _aged(counter, anne, draft)

    refused = await anne.post(f"drafts/{draft}/submit", json={}, headers=new_key())
    renewed = await anne.post(f"drafts/{draft}/renew")
    await anne.call("PATCH", f"drafts/{draft}/pages/forme", json=form["forme"])
    answer = await submitted(anne, draft)

    assert (refused.status_code, refused.json()["type"]) == (409, "/problems/form-changed")
    assert [error["pointer"] for error in refused.json()["errors"]] == ["/forme"]
    assert renewed.json()["content"]["demandeur"] == form["demandeur"]
    assert answer["id"] == draft


async def _aged(counter: Counter, person: SignedIn, draft: str) -> None:
    """Make the draft one of an earlier form, as if another had been published since."""
    database = counter.app.state.services.database
    async with database.transaction(Context(audience="resident", subject=person.account)) as connection:
        await connection.execute(text("UPDATE draft SET form_version = 0 WHERE id = :id"), {"id": draft})
