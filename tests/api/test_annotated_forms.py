"""What the API does with a form's computed fields and advised answers, and with the commune it asks for."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import text

from catalogue import forms
from tests.api.counter import OWNER, Counter, SignedIn
from tests.api.journeys import act, drafted, example, filed, new_key
from tests.catalogue.every_format import written

SLUG = "acces-documents"


@pytest.fixture
def answers(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """The form with every format, asked for in place of a shipped one; gives the answers to it."""
    form, data = written()
    monkeypatch.setattr(forms, "form", lambda *_: form)
    return data


async def _begun(anne: SignedIn) -> str:
    draft: str = (await anne.post("drafts", json={"procedure": SLUG})).json()["id"]
    return draft


async def _page(anne: SignedIn, draft: str, page: str, said: Any) -> Any:
    return await anne.call("PATCH", f"drafts/{draft}/pages/{page}", json=said)


async def test_a_saved_page_has_its_computed_fields(counter: Counter, answers: dict[str, Any]) -> None:
    """Written by the server, and again when an answer changes; another value is refused."""
    anne = await counter.resident()
    draft = await _begun(anne)
    await _page(anne, draft, "personne", answers["personne"])

    first = await _page(anne, draft, "ressources", answers["ressources"])
    after = await _page(anne, draft, "ressources", {"pension": "1000.00"})
    wrong = await _page(anne, draft, "ressources", {"total": "1.00"})

    assert first.json()["content"]["total"] == "912.05"
    assert after.json()["content"]["total"] == "1012.05"
    assert wrong.status_code == 422
    assert [(each["pointer"], each["code"]) for each in wrong.json()["errors"]] == [("/ressources/total", "computed")]


async def test_advised_answers_are_told_at_each_moment_and_never_block(
    counter: Counter, answers: dict[str, Any]
) -> None:
    """When a page is saved, when the draft is checked, when it is filed."""
    anne = await counter.resident()
    draft = await _begun(anne)
    del answers["personne"]["telephone"]
    saved = [await _page(anne, draft, page, said) for page, said in answers.items()]

    checked = (await anne.get(f"drafts/{draft}/check")).json()
    sent = await anne.post(f"drafts/{draft}/submit", json={"incomplete": True}, headers=new_key())

    advised = ["/personne/telephone", "/personne/adresse/complement", "/ressources/loyers/0/bien"]
    assert all(answer.json()["complete"] for answer in saved)
    assert [each["pointer"] for each in saved[0].json()["warnings"]] == advised[:2]
    assert (checked["valid"], checked["errors"]) == (True, [])
    assert [each["pointer"] for each in checked["warnings"]] == advised
    assert sent.status_code == 201
    assert [each["pointer"] for each in sent.json()["warnings"]] == advised
    assert sent.json()["warnings"][0]["message"].startswith("Sans téléphone")


@pytest.mark.parametrize(("total", "status"), [(None, 201), ("912.05", 201), ("0.00", 422)])
async def test_a_system_may_leave_a_computed_field_out(
    counter: Counter, answers: dict[str, Any], total: str | None, status: int
) -> None:
    """Or send it right; what is kept is complete."""
    portal = await counter.system(f"{SLUG}:deposit", f"{SLUG}:read")
    if total is not None:
        answers["ressources"]["total"] = total
    body = {"procedure": SLUG, "form": answers, "applicant": {"name": "Anne", "email": "anne@example.org"}}

    sent = await portal.post("dossiers", json=body | {"incomplete": True}, headers=new_key())

    assert sent.status_code == status, sent.text
    if status == 201:
        read = (await portal.get(f"dossiers/{sent.json()['id']}")).json()
        assert read["form"]["ressources"]["total"] == "912.05"


async def _place(counter: Counter, dossier: str) -> tuple[str | None, str | None]:
    async with counter.owner.transaction(OWNER) as connection:
        found = await connection.execute(
            text("SELECT commune, epci FROM queue_row WHERE dossier = :dossier"), {"dossier": dossier}
        )
        row = found.one()
    return row.commune, row.epci


async def test_a_dossier_is_dispatched_by_its_commune_and_its_epci(counter: Counter) -> None:
    """29232 is Quimper, in Quimper Bretagne Occidentale."""
    anne = await counter.resident()

    dossier = (await filed(anne, "apa-domicile"))["id"]

    assert await _place(counter, dossier) == ("29232", "200068120")


async def test_a_form_without_a_commune_dispatches_by_none(counter: Counter) -> None:
    """The columns stay empty."""
    anne = await counter.resident()
    assert await _place(counter, (await filed(anne, SLUG))["id"]) == (None, None)


@pytest.mark.parametrize(
    ("commune", "place"), [("29155", ("29155", None)), ("35238", ("35238", None)), ("29019", ("29019", "242900314"))]
)
async def test_a_corrected_commune_changes_where_it_is_dispatched(
    counter: Counter, commune: str, place: tuple[str, str | None]
) -> None:
    """An island has no EPCI; another département's commune is kept, its EPCI unknown here."""
    anne = await counter.resident()
    dossier = (await filed(anne, "apa-domicile"))["id"]
    form = example("apa-domicile")["form"]
    form["domicile"]["commune"] = commune

    corrected = await act(anne, dossier, "correct", {"form": form})

    assert corrected.status_code == 200, corrected.text
    assert await _place(counter, dossier) == place


async def test_a_postal_code_in_place_of_a_commune_is_told(counter: Counter) -> None:
    """With the commune that it serves."""
    anne = await counter.resident()
    draft = await drafted(anne, "apa-domicile")

    refused = await anne.call("PATCH", f"drafts/{draft}/pages/domicile", json={"commune": "29900"})

    assert refused.status_code == 422
    assert "Concarneau (29039)" in refused.json()["errors"][0]["message"]


async def test_a_new_form_computes_anew_what_an_old_one_computed(
    counter: Counter, answers: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A field that is computed no more is not left behind for the person to take away."""
    anne = await counter.resident()
    draft = await _begun(anne)
    for page, said in answers.items():
        await _page(anne, draft, page, said)
    old, schema = forms.form(SLUG, "v1"), dict(written()[0].schema)
    del schema["properties"]["ressources"]["properties"]["total"]
    new = forms.Form(schema)
    async with counter.owner.transaction(OWNER) as connection:
        await connection.execute(text("UPDATE draft SET form_version = 0 WHERE id = :id"), {"id": draft})
    monkeypatch.setattr("api.offer.form_of", lambda _, version=None: old if version == 0 else new)

    renewed = await anne.post(f"drafts/{draft}/renew")

    assert renewed.json()["content"]["ressources"].keys() == {"pension", "loyers", "biens"}
