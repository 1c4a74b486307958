"""Residents: drafts by page, their dossiers and acts; nothing of one is ever another's."""

from __future__ import annotations

from uuid import uuid4

import pytest

from tests.api.counter import Counter
from tests.api.journeys import act, drafted, example, filed, given, new_key


async def test_a_page_is_saved_by_merge_patch_and_null_takes_an_answer_back(counter: Counter) -> None:
    """RFC 7396."""
    anne = await counter.resident()
    draft = (await anne.post("drafts", json={"procedure": "acces-documents"})).json()["id"]
    page = example("acces-documents")["form"]["demandeur"]
    patch = {"content-type": "application/merge-patch+json"}

    first = await anne.call("PATCH", f"drafts/{draft}/pages/demandeur", json=page, headers=patch)
    second = await anne.call("PATCH", f"drafts/{draft}/pages/demandeur", json={"nom": None, "prenom": "Nolwenn"})

    assert first.json()["complete"] is True
    assert second.status_code == 200, second.text
    assert second.json()["content"]["prenom"] == "Nolwenn"
    assert "nom" not in second.json()["content"]
    assert second.json()["complete"] is False
    assert [error["pointer"] for error in second.json()["errors"]] == ["/demandeur/nom"]
    assert (await anne.get(f"drafts/{draft}")).json()["content"]["demandeur"]["prenom"] == "Nolwenn"


async def test_a_page_saved_on_a_stale_version_is_refused_and_nothing_is_lost(counter: Counter) -> None:
    anne = await counter.resident()
    begun = await anne.post("drafts", json={"procedure": "acces-documents"})
    draft, seen = begun.json()["id"], begun.headers["ETag"]
    page = example("acces-documents")["form"]["demandeur"]
    path = f"drafts/{draft}/pages/demandeur"
    await anne.call("PATCH", path, json=page, headers={"If-Match": seen})

    stale = await anne.call("PATCH", path, json={"nom": "Autre"}, headers={"If-Match": seen})

    assert (stale.status_code, stale.json()["type"]) == (412, "/problems/stale-version")
    assert (await anne.get(f"drafts/{draft}")).json()["content"]["demandeur"]["nom"] == page["nom"]


async def test_the_check_says_what_the_whole_draft_lacks(counter: Counter) -> None:
    anne = await counter.resident()
    draft = await drafted(anne, "apa-domicile")
    await given(anne, f"drafts/{draft}", "rib")

    check = (await anne.get(f"drafts/{draft}/check")).json()

    assert check["errors"] == []
    assert check["missing_pieces"] == ["identite", "avis_imposition"]
    assert check["valid"] is False


async def test_a_draft_given_up_is_gone(counter: Counter) -> None:
    anne = await counter.resident()
    draft = await drafted(anne, "acces-documents")

    assert (await anne.call("DELETE", f"drafts/{draft}")).status_code == 204
    assert (await anne.get(f"drafts/{draft}")).status_code == 404
    assert (await anne.get("drafts")).json() == []


async def test_a_draft_begun_twice_with_one_key_is_one_draft(counter: Counter) -> None:
    anne, key = await counter.resident(), new_key()

    first = await anne.post("drafts", json={"procedure": "acces-documents"}, headers=key)
    again = await anne.post("drafts", json={"procedure": "acces-documents"}, headers=key)
    other = await anne.post("drafts", json={"procedure": "apa-domicile"}, headers=key)

    assert first.json() == again.json()
    assert (other.status_code, other.json()["type"]) == (422, "/problems/idempotency-key-reused")
    assert len((await anne.get("drafts")).json()) == 1


async def test_nothing_of_a_resident_is_anothers(counter: Counter) -> None:
    """The same answer as for what does not exist, on every route."""
    anne, yann = await counter.resident(), await counter.resident()
    draft = await drafted(anne, "acces-documents")
    dossier = (await filed(anne, "acces-documents"))["id"]

    for path in (
        f"drafts/{draft}",
        f"drafts/{draft}/check",
        f"drafts/{draft}/documents",
        *(f"dossiers/{dossier}{what}" for what in READINGS),
    ):
        theirs, nothing = await yann.get(path), await yann.get(path.replace(draft, NOBODY).replace(dossier, NOBODY))
        assert (theirs.status_code, theirs.json()["detail"]) == (404, nothing.json()["detail"]), path
    acted = await yann.post(f"dossiers/{dossier}/acts/withdraw", json={}, headers=new_key())
    assert acted.status_code == 404
    submitted = await yann.post(f"drafts/{draft}/submit", json={}, headers=new_key())
    assert submitted.status_code == 404
    assert (await yann.get("dossiers")).json() == []
    assert (await anne.get(f"dossiers/{dossier}")).json()["status"] == "filed"


NOBODY = str(uuid4())
READINGS = ("", "/pieces", "/journal", "/messages", "/explanation", "/readers", "/letters", "/documents")


async def test_another_residents_document_cannot_be_given_as_a_piece(counter: Counter) -> None:
    anne, yann = await counter.resident(), await counter.resident()
    theirs = (await filed(yann, "apa-domicile"))["id"]
    document = await given(yann, f"dossiers/{theirs}", "rib")
    mine = (await filed(anne, "apa-domicile"))["id"]

    refused = await act(anne, mine, "provide_piece", {"piece": "rib", "documents": [document]})

    assert (refused.status_code, refused.json()["type"]) == (409, "/problems/document-unknown")
    missing = [piece["key"] for piece in (await anne.get(f"dossiers/{mine}/pieces")).json() if piece["missing"]]
    assert "rib" in missing


async def test_every_date_and_status_is_explained_with_its_article(counter: Counter) -> None:
    anne = await counter.resident()
    dossier = (await filed(anne, "acces-documents"))["id"]

    lines = (await anne.get(f"dossiers/{dossier}/explanation")).json()

    assert {line["about"] for line in lines} == {"event", "interval", "term", "status", "due"}
    assert all(line["article"] for line in lines if line["about"] == "due")
    shown = (await anne.get(f"dossiers/{dossier}")).json()
    assert shown["clock"]["born"] == shown["next"]["on"]


async def test_messages_go_both_ways_and_say_who_writes(counter: Counter) -> None:
    anne = await counter.resident()
    dossier = (await filed(anne, "acces-documents"))["id"]
    agent = await counter.agent("groupe-acces-documents", procedures=("acces-documents",))

    await act(anne, dossier, "send_message", {"text": "Bonjour ?"})
    await act(agent, dossier, "send_message", {"text": "Bonjour !"})

    told = (await anne.get(f"dossiers/{dossier}/messages")).json()
    assert [(one["sender"], one["text"]) for one in told] == [("resident", "Bonjour ?"), ("agent", "Bonjour !")]
    assert told[1]["by"] == "Maryvonne Le Goff"


async def test_the_form_is_corrected_until_examination_begins(counter: Counter) -> None:
    anne = await counter.resident()
    dossier = (await filed(anne, "acces-documents"))["id"]
    agent = await counter.agent("groupe-acces-documents", procedures=("acces-documents",))
    form = example("acces-documents")["form"]
    form["demandeur"]["prenom"] = "Nolwenn"

    wrong = await act(anne, dossier, "correct", {"form": {**form, "inconnue": {}}})
    corrected = await act(anne, dossier, "correct", {"form": form})
    await act(agent, dossier, "take")
    late = await act(anne, dossier, "correct", {"form": form})

    assert wrong.json()["type"] == "/problems/form-invalid"
    assert corrected.status_code == 200, corrected.text
    assert (late.status_code, late.json()["type"]) == (409, "/problems/not-now")
    assert (await anne.get(f"dossiers/{dossier}")).json()["form"]["demandeur"]["prenom"] == "Nolwenn"


async def test_a_withdrawn_request_is_closed_but_still_takes_messages(counter: Counter) -> None:
    anne = await counter.resident()
    dossier = (await filed(anne, "acces-documents"))["id"]

    withdrawn = await act(anne, dossier, "withdraw", {"reason": "Document trouvé."})
    again = await act(anne, dossier, "withdraw")

    assert withdrawn.json()["status"] == "withdrawn"
    assert again.status_code == 409
    assert (await act(anne, dossier, "send_message", {"text": "Merci"})).status_code == 200


@pytest.mark.parametrize("wrong", ["agents", "systems", "admin", "mediators"])
async def test_a_residents_session_opens_no_other_space(counter: Counter, wrong: str) -> None:
    anne = await counter.resident()
    path = {"agents": "queues", "systems": "dossiers", "admin": "accounts", "mediators": "mandates"}[wrong]

    refused = await anne.get(f"/v1/{wrong}/{path}")

    assert refused.status_code in {401, 403}
    assert "detail" in refused.json()
