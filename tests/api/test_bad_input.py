"""Bad input at the counter: each has its own clear problem, and nothing is lost or half done."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest

from tests.api.counter import Counter
from tests.api.journeys import act, drafted, example, filed, new_key

BROKEN = {
    "json-not-finite": b'{"procedure": NaN}',
    "json-duplicate-key": b'{"procedure": "acces-documents", "procedure": "apa-domicile"}',
    "json-too-deep": b'{"procedure": ' + b"[" * 40 + b"]" * 40 + b"}",
    "json-nul-character": b'{"procedure": "acces\\u0000documents"}',
    "json-lone-surrogate": b'{"procedure": "acces\\ud800documents"}',
    "json-malformed": b'{"procedure": ',
    "json-encoding": b'{"procedure": "\xff"}',
}


@pytest.mark.parametrize("code", BROKEN)
async def test_json_that_is_not_strict_is_refused_by_name(counter: Counter, code: str) -> None:
    anne = await counter.resident()

    refused = await anne.post("drafts", content=BROKEN[code], headers={"Content-Type": "application/json"})

    assert (refused.status_code, refused.json()["type"]) == (400, f"/problems/{code}")
    assert (await anne.get("drafts")).json() == []


@pytest.mark.parametrize(
    ("body", "pointer", "code"),
    [
        ({"procedure": "acces-documents", "couleur": "bleu"}, "/couleur", "extra_forbidden"),
        ({"procedure": 12}, "/procedure", "string_type"),
        ({}, "/procedure", "missing"),
        ([], "", "model_attributes_type"),
    ],
)
async def test_unknown_fields_and_wrong_types_are_told_by_their_pointer(
    counter: Counter, body: Any, pointer: str, code: str
) -> None:
    anne = await counter.resident()

    refused = await anne.post("drafts", json=body)

    assert (refused.status_code, refused.json()["type"]) == (422, "/problems/validation-failed")
    assert [(error["pointer"], error["code"]) for error in refused.json()["errors"]] == [(pointer, code)]


@pytest.mark.parametrize("flag", ["true", 1, None])
async def test_a_consent_is_true_or_false_and_nothing_that_looks_like_it(counter: Counter, flag: Any) -> None:
    anne = await counter.resident()
    draft = await drafted(anne, "acces-documents")

    refused = await anne.post(f"drafts/{draft}/submit", json={"electronic_notice": flag}, headers=new_key())

    assert refused.status_code == 422
    assert refused.json()["errors"][0]["pointer"] == "/electronic_notice"
    assert (await anne.get(f"drafts/{draft}")).status_code == 200


async def test_a_page_out_of_order_names_the_page_to_fill_first(counter: Counter) -> None:
    anne = await counter.resident()
    draft = (await anne.post("drafts", json={"procedure": "acces-documents"})).json()["id"]
    page = example("acces-documents")["form"]["forme"]

    refused = await anne.call("PATCH", f"drafts/{draft}/pages/forme", json=page)

    assert (refused.status_code, refused.json()["type"]) == (409, "/problems/page-out-of-order")
    assert "demandeur" in refused.json()["detail"]
    assert (await anne.get(f"drafts/{draft}")).json()["content"] == {}


async def test_a_page_that_does_not_exist_lists_those_that_do(counter: Counter) -> None:
    anne = await counter.resident()
    draft = (await anne.post("drafts", json={"procedure": "acces-documents"})).json()["id"]

    refused = await anne.call("PATCH", f"drafts/{draft}/pages/loisirs", json={})

    assert (refused.status_code, refused.json()["type"]) == (404, "/problems/page-unknown")
    assert "demandeur" in refused.json()["detail"]


@pytest.mark.parametrize(
    ("patch", "pointer"),
    [
        ({"couleur": "bleu"}, "/demandeur/couleur"),
        ({"nom": 12}, "/demandeur/nom"),
        ({"nom": "x" * 500}, "/demandeur/nom"),
    ],
)
async def test_a_wrong_answer_is_refused_and_the_page_stays_as_it_was(
    counter: Counter, patch: dict[str, Any], pointer: str
) -> None:
    anne = await counter.resident()
    draft = (await anne.post("drafts", json={"procedure": "acces-documents"})).json()["id"]
    page = example("acces-documents")["form"]["demandeur"]
    await anne.call("PATCH", f"drafts/{draft}/pages/demandeur", json=page)

    refused = await anne.call("PATCH", f"drafts/{draft}/pages/demandeur", json=patch)

    assert (refused.status_code, refused.json()["type"]) == (422, "/problems/form-invalid")
    assert pointer in {error["pointer"] for error in refused.json()["errors"]}
    assert (await anne.get(f"drafts/{draft}")).json()["content"]["demandeur"] == page


async def test_a_draft_that_is_not_finished_is_not_filed_and_stays(counter: Counter) -> None:
    anne = await counter.resident()
    draft = (await anne.post("drafts", json={"procedure": "acces-documents"})).json()["id"]

    refused = await anne.post(f"drafts/{draft}/submit", json={}, headers=new_key())

    assert (refused.status_code, refused.json()["type"]) == (422, "/problems/form-invalid")
    assert {"/demandeur", "/documents"} <= {error["pointer"] for error in refused.json()["errors"]}
    assert (await anne.get(f"drafts/{draft}")).status_code == 200


async def test_a_procedure_that_does_not_exist_lists_those_that_do(counter: Counter) -> None:
    anne = await counter.resident()

    refused = await anne.post("drafts", json={"procedure": "permis-de-chasse"})

    assert (refused.status_code, refused.json()["type"]) == (404, "/problems/unknown-procedure")
    assert "acces-documents" in refused.json()["detail"]


@pytest.mark.parametrize("header", ["12", 'W/"12"', '"douze"', '"12", "13"'])
async def test_an_if_match_that_is_not_a_version_says_which_form_it_has(counter: Counter, header: str) -> None:
    anne = await counter.resident()
    dossier = (await filed(anne, "acces-documents"))["id"]

    refused = await anne.post(f"dossiers/{dossier}/acts/withdraw", json={}, headers={"If-Match": header})

    assert (refused.status_code, refused.json()["type"]) == (400, "/problems/if-match-malformed")
    assert (await anne.get(f"dossiers/{dossier}")).json()["status"] == "filed"


@pytest.mark.parametrize("header", ["court", "é" * 9, "x" * 200, "deux mots ici"])
async def test_a_key_that_cannot_be_told_apart_is_refused(counter: Counter, header: str) -> None:
    anne = await counter.resident()
    draft = await drafted(anne, "acces-documents")

    key = {"Idempotency-Key": header.encode()}
    refused = await anne.post(f"drafts/{draft}/submit", json={}, headers=key)

    assert (refused.status_code, refused.json()["type"]) == (400, "/problems/idempotency-key-malformed")


async def test_a_residents_act_on_a_stale_version_changes_nothing(counter: Counter) -> None:
    anne = await counter.resident()
    dossier = (await filed(anne, "acces-documents"))["id"]
    seen = (await anne.get(f"dossiers/{dossier}")).headers["ETag"]
    await act(anne, dossier, "send_message", {"text": "Bonjour"})

    stale = await anne.post(f"dossiers/{dossier}/acts/withdraw", json={}, headers={"If-Match": seen})

    assert (stale.status_code, stale.json()["type"]) == (412, "/problems/stale-version")
    assert stale.headers["ETag"] == (await anne.get(f"dossiers/{dossier}")).headers["ETag"]
    assert (await anne.get(f"dossiers/{dossier}")).json()["status"] == "filed"


@pytest.mark.parametrize("cursor", ["%%%", "abc", "W10", "WzEsMiwzXQ", "bnVsbA"])
async def test_a_cursor_that_we_did_not_write_is_refused(counter: Counter, cursor: str) -> None:
    anne = await counter.resident()
    agent = await counter.agent("groupe-acces-documents", procedures=("acces-documents",))

    for somebody, path in ((anne, "dossiers"), (anne, "drafts"), (agent, "queues/groupe-acces-documents")):
        refused = await somebody.get(path, params={"cursor": cursor})
        assert (refused.status_code, refused.json()["type"]) == (400, "/problems/cursor-malformed"), path


BAD_DATES = [
    1767225600,
    "1767225600",
    "demain",
    "2026-11-23T10:00:00",
    "2026-13-45",
    "0226-11-23T10:00:00Z",
    "0001-01-01T00:00:00+14:00",
]


@pytest.mark.parametrize("date", BAD_DATES)
async def test_a_date_is_written_as_a_date_with_its_offset(counter: Counter, date: Any) -> None:
    agent = await counter.agent("groupe-acces-documents", procedures=("acces-documents",))
    body = {
        "procedure": "acces-documents",
        "applicant": {"name": "Jeanne Kerjean"},
        "form": example("acces-documents")["form"],
        "channel": "paper",
        "evidence": "Tampon",
        "effective": date,
    }

    refused = await agent.post("dossiers", json=body, headers=new_key())

    assert refused.status_code == 422
    assert [error["pointer"] for error in refused.json()["errors"]] == ["/effective"]


@pytest.mark.parametrize("until", [1798675200, "1798675200", "2026-12-31T00:00:00Z", "0226-12-31"])
async def test_a_day_is_written_as_a_day(counter: Counter, until: Any) -> None:
    """An instant is not a day: which one it is depends on where one stands."""
    anne, agent = await counter.resident(), await counter.agent("g", procedures=("acces-documents",))
    dossier = (await filed(anne, "acces-documents"))["id"]

    refused = await act(agent, dossier, "request_pieces", {"pieces": {"identite": "Illisible"}, "until": until})

    assert refused.status_code == 422
    assert [error["pointer"] for error in refused.json()["errors"]] == ["/until"]


async def test_what_people_read_is_in_french(counter: Counter) -> None:
    """The words of the libraries below never reach a person."""
    anne = await counter.resident()
    dossier = (await filed(anne, "acces-documents"))["id"]

    answer = await act(anne, dossier, "answer_proposal", {"answer": "peut-être"})
    address = await anne.post("sign-in/code", json={"email": "anne"})

    assert answer.json()["errors"][0]["message"] == "Valeurs admises : 'accepted', 'changes' ou 'refused'."
    assert address.json()["errors"][0]["message"].startswith("Une adresse électronique est attendue")


async def test_an_identifier_that_is_not_one_is_told_before_anything_is_looked_for(counter: Counter) -> None:
    anne = await counter.resident()

    refused = await anne.get("dossiers/pas-un-uuid")

    assert refused.status_code == 422
    assert refused.json()["errors"][0]["pointer"] == "#path/dossier"
    assert (await anne.get(f"dossiers/{uuid4()}")).status_code == 404
