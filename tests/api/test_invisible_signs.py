"""What people paste brings signs that nobody sees: they go before any check, through every door."""

from __future__ import annotations

from typing import Any

import pytest

from tests.api.counter import Counter
from tests.api.journeys import PDF, act, drafted, example, filed, new_key, submitted

LRM, ZERO, SOFT, BOM, OVERRIDE = "\u200e", "\u200b", "\u00ad", "\ufeff", "\u202e"


def pasted(value: Any) -> Any:
    """The same answers as a portal or a PDF gives them: every text with invisible signs in it."""
    match value:
        case str():
            return f"{LRM}{value[:1]}{SOFT}{value[1:]}{ZERO}{BOM}"
        case dict():
            return {name: pasted(each) for name, each in value.items()}
        case list():
            return [pasted(each) for each in value]
        case _:
            return value


@pytest.mark.parametrize("procedure", ["apa-domicile", "subvention-associations", "acces-documents"])
async def test_a_form_full_of_invisible_signs_is_the_same_form(counter: Counter, procedure: str) -> None:
    """Dates, NIR, SIRET, RNA, telephone, commune, choices, amounts: page by page, and as it is kept."""
    anne = await counter.resident()
    draft = (await anne.post("drafts", json={"procedure": procedure})).json()["id"]
    form = example(procedure)["form"]

    for page, answers in form.items():
        saved = await anne.call("PATCH", f"drafts/{draft}/pages/{page}", json=pasted(answers))
        assert (saved.status_code, saved.json().get("errors")) == (200, []), saved.text

    kept = (await anne.get(f"drafts/{draft}")).json()["content"]
    plain = await drafted(anne, procedure)
    assert kept == (await anne.get(f"drafts/{plain}")).json()["content"]


@pytest.mark.parametrize("nothing", ["   ", ZERO, f" {OVERRIDE}\u2060 ", "\u3164", f"\u00a0{LRM}"])
async def test_a_name_with_nothing_to_see_is_empty(counter: Counter, nothing: str) -> None:
    """Refused where it stands, on a page as in a deposit."""
    anne, system = await counter.resident(), await counter.system("acces-documents:deposit")
    draft = await drafted(anne, "acces-documents")
    form = example("acces-documents")["form"]
    form["demandeur"]["nom"] = nothing

    page = await anne.call("PATCH", f"drafts/{draft}/pages/demandeur", json={"nom": nothing})
    body = {"procedure": "acces-documents", "form": form, "applicant": {"name": "Soazig Riou"}}
    deposit = await system.post("dossiers", json=body, headers=new_key())
    body |= {"form": example("acces-documents")["form"], "applicant": {"name": nothing}}
    nobody = await system.post("dossiers", json=body, headers=new_key())

    for refused in (page, deposit):
        told = [(each["pointer"], each["message"]) for each in refused.json()["errors"]]
        assert (refused.status_code, told) == (422, [("/demandeur/nom", "Ce champ est vide.")])
    assert (nobody.status_code, nobody.json()["errors"][0]["pointer"]) == (422, "/applicant/name")


async def test_a_correction_and_an_act_are_read_the_same(counter: Counter) -> None:
    """The journal keeps what is seen."""
    anne = await counter.resident()
    dossier = (await filed(anne, "acces-documents"))["id"]
    form = example("acces-documents")["form"]
    form["demandeur"]["nom"] = f"{LRM}Riou{SOFT} Kerbrat{ZERO}"

    corrected = await act(anne, dossier, "correct", {"form": form})

    assert corrected.status_code in {200, 201}, corrected.text
    assert (await anne.get(f"dossiers/{dossier}")).json()["form"]["demandeur"]["nom"] == "Riou Kerbrat"


async def test_a_password_is_kept_sign_by_sign(counter: Counter) -> None:
    """One with an emoji of several people, whose joiners nobody sees, opens what it locked; without them, nothing."""
    staff = await counter.staff("agent")
    agent = await counter.sign_in(staff)
    joined = "kenavo 👩\u200d👧 ar wech all"

    changed = await agent.post("password", json={"password": staff.password, "new_password": joined})

    assert changed.status_code == 204, changed.text
    staff.password = joined.replace("\u200d", "")
    assert (await counter.client.post("/v1/agents/sign-in", json=staff.factors(drift=1))).status_code == 401
    staff.password = joined
    assert (await counter.client.post("/v1/agents/sign-in", json=staff.factors(drift=1))).status_code == 201


async def test_a_file_s_name_loses_the_marks_at_its_ends(counter: Counter) -> None:
    """A telephone and a mail program put them there; inside the name they still deceive, and are refused."""
    anne = await counter.resident()
    answer = await submitted(anne, await drafted(anne, "apa-domicile"), incomplete=True)
    place, data = f"dossiers/{answer['id']}/documents", {"piece": "identite"}

    named = await anne.post(place, files={"file": (f"{LRM}identité.pdf\u200f", PDF, "application/pdf")}, data=data)
    hidden = await anne.post(place, files={"file": (f"avis{OVERRIDE}fdp.exe", PDF, "application/pdf")}, data=data)

    assert (named.status_code, named.json()["name"]) == (201, "identité.pdf"), named.text
    assert (hidden.status_code, hidden.json()["type"]) == (422, "/problems/document-bad-name"), hidden.text
