"""Days that nobody means, at the counter: refused where they stand, or asked to be looked at again."""

from __future__ import annotations

import copy
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tests.api.counter import Counter
from tests.api.journeys import act, drafted, example, filed, new_key

TOMORROW = (datetime.now(UTC) + timedelta(days=2)).date().isoformat()


@pytest.mark.parametrize(
    ("procedure", "page", "field", "day", "code"),
    [
        ("apa-domicile", "demandeur", "date_naissance", "2144-01-01", "to_come"),
        ("apa-domicile", "demandeur", "date_naissance", "0026-01-01", "format"),
        ("apa-domicile", "demandeur", "date_naissance", "1860-01-01", "too_old"),
        ("permission-voirie", "travaux", "au", "2027-01-31", "before"),
        ("rapo-rsa", "decision", "date", TOMORROW, "to_come"),
    ],
)
async def test_an_absurd_day_is_refused_at_its_field(
    counter: Counter, procedure: str, page: str, field: str, day: str, code: str
) -> None:
    """When the page is saved, and when a system deposits; nothing is kept of it."""
    anne, system = await counter.resident(), await counter.system(f"{procedure}:deposit")
    draft, form = await drafted(anne, procedure), copy.deepcopy(example(procedure)["form"])
    before = form[page][field]
    form[page][field] = day

    saved = await anne.call("PATCH", f"drafts/{draft}/pages/{page}", json={field: day})
    body = {"procedure": procedure, "form": form, "applicant": {"name": "Soazig Riou"}, "incomplete": True}
    deposited = await system.post("dossiers", json=body, headers=new_key())

    for refused in (saved, deposited):
        told = [(each["pointer"], each["code"]) for each in refused.json()["errors"]]
        assert (refused.status_code, told) == (422, [(f"/{page}/{field}", code)])
    assert (await anne.get(f"drafts/{draft}")).json()["content"][page][field] == before


async def test_an_odd_day_is_kept_and_told(counter: Counter) -> None:
    """A birth of 1918 is possible: a warning beside the errors, when saved and when filed."""
    anne = await counter.resident()
    draft = await drafted(anne, "apa-domicile")

    saved = await anne.call("PATCH", f"drafts/{draft}/pages/demandeur", json={"date_naissance": "1918-03-14"})
    made = await anne.post(f"drafts/{draft}/submit", json={"incomplete": True}, headers=new_key())

    for answer in (saved.json(), made.json()):
        assert ("/demandeur/date_naissance", "unlikely") in [(w["pointer"], w["code"]) for w in answer["warnings"]]
    assert (saved.status_code, made.status_code) == (200, 201)


@pytest.mark.parametrize("birth", ["1948", "1948-03"])
async def test_a_birth_known_by_its_year_and_a_person_without_a_first_name_are_filed(
    counter: Counter, birth: str
) -> None:
    """As the civil register knows them; the dossier keeps it so."""
    anne = await counter.resident()
    draft = await drafted(anne, "apa-domicile")
    answers: dict[str, Any] = {"date_naissance": birth, "prenoms": None, "sans_prenom": True}

    saved = await anne.call("PATCH", f"drafts/{draft}/pages/demandeur", json=answers)
    made = await anne.post(f"drafts/{draft}/submit", json={"incomplete": True}, headers=new_key())

    assert (saved.status_code, saved.json()["complete"], made.status_code) == (200, True, 201), saved.text
    form = (await anne.get(f"dossiers/{made.json()['id']}")).json()["form"]
    assert form["demandeur"]["date_naissance"] == birth
    assert "prenoms" not in form["demandeur"]


async def test_an_address_abroad_and_an_association_outside_the_register_are_taken(counter: Counter) -> None:
    """Anybody may ask for a document; an association of Alsace-Moselle has no RNA."""
    anne = await counter.resident()
    draft = await drafted(anne, "acces-documents")
    abroad = {"voie": "10 Downing Street", "code_postal": "SW1A 2AA", "ville": "London", "pays": "Royaume-Uni"}
    answers = {"adresse": abroad, "au_rna": "non", "rna": None}

    saved = await anne.call("PATCH", f"drafts/{draft}/pages/demandeur", json=answers)
    at_home = await anne.call("PATCH", f"drafts/{draft}/pages/demandeur", json={"adresse": {"pays": None}})
    asked = await anne.call("PATCH", f"drafts/{draft}/pages/demandeur", json={"au_rna": "oui"})

    assert (saved.status_code, saved.json()["complete"]) == (200, True), saved.text
    assert [each["pointer"] for each in at_home.json()["errors"]] == ["/demandeur/adresse/code_postal"]
    assert [each["pointer"] for each in asked.json()["errors"]] == ["/demandeur/rna"]


async def test_a_correction_is_judged_too(counter: Counter) -> None:
    """Filed well, corrected into something absurd."""
    anne = await counter.resident()
    dossier = (await filed(anne, "rapo-rsa"))["id"]
    form = copy.deepcopy(example("rapo-rsa")["form"])
    form["decision"]["date"] = TOMORROW

    refused = await act(anne, dossier, "correct", {"form": form})

    assert refused.status_code == 422
    assert [each["pointer"] for each in refused.json()["errors"]] == ["/form/decision/date"]
