"""A session that ended before a page was sent loses nothing: the same person, signed in again, sends it."""

from __future__ import annotations

from typing import Any

import httpx2

from tests.web.residents.filling_in import Applicant
from tests.web.site import Site, Visitor, hidden

TYPED = {"demandeur.nom_naissance": "Kervella-Typé"}


async def test_what_was_typed_comes_back_to_the_same_person_and_is_saved(site: Site) -> None:
    anne = await _begun(site)

    over = await _sent_too_late(anne, site)
    resumed = await _signed_in_again(site, anne.visitor, over, anne.visitor.email)
    done = await anne.visitor.post(f"{anne.at}/pages/demandeur", _all_hidden(resumed))

    assert over.status_code == 401
    assert "Kervella-Typé" not in over.text
    assert "Kervella" not in over.text
    assert resumed.status_code == 200
    assert done.headers["location"] == f"{anne.at}/pages/foyer"
    assert "Kervella-Typé" in (await anne.visitor.get(f"{anne.at}/pages/demandeur")).text


async def test_it_is_shown_to_nobody_else(site: Site) -> None:
    anne = await _begun(site)

    over = await _sent_too_late(anne, site)
    other = await _signed_in_again(site, anne.visitor, over, "zoe.autre@example.org")

    assert other.status_code == 303
    assert other.headers["location"] == "/fr/espace"


async def test_it_survives_a_wrong_code_and_another_code(site: Site) -> None:
    anne = await _begun(site)
    over = await _sent_too_late(anne, site)
    asked = await anne.visitor.post("/fr/connexion", hidden(over.text) | {"email": anne.visitor.email})

    wrong = await anne.visitor.post("/fr/connexion/code", hidden(asked.text) | {"code": "00000000"})
    again = await anne.visitor.post("/fr/connexion", hidden(wrong.text))
    code = site.counter.code_sent_to(anne.visitor.email)
    resumed = await anne.visitor.post("/fr/connexion/code", hidden(again.text) | {"code": code})

    assert wrong.status_code == 422
    assert resumed.status_code == 200
    assert "Kervella-Typé" in resumed.text


async def test_what_is_not_ours_or_was_altered_is_forgotten(site: Site) -> None:
    anne = await _begun(site)
    over = await _sent_too_late(anne, site)
    kept = hidden(over.text)["garde"]
    for forged in (kept[:-6] + "AAAAA=", "n'importe quoi", "AAAA"):
        asked = await anne.visitor.post("/fr/connexion", {"suite": "", "garde": forged, "email": anne.visitor.email})
        code = site.counter.code_sent_to(anne.visitor.email)
        opened = await anne.visitor.post("/fr/connexion/code", hidden(asked.text) | {"code": code})
        assert opened.status_code == 303, forged


async def _begun(site: Site) -> Applicant:
    anne = Applicant(await site.resident(), "apa-domicile")
    await anne.begins()
    return anne


async def _sent_too_late(anne: Applicant, site: Site) -> httpx2.Response:
    """The page is open, the session ends elsewhere, the page is sent."""
    at = f"{anne.at}/pages/demandeur"
    page = await anne.visitor.get(at)
    elsewhere = await site.resident(anne.visitor.email)
    await elsewhere.submit("/fr/compte", "/fr/compte/sessions")
    return await anne.sends(at, anne.filled(page.text, "demandeur", TYPED))


async def _signed_in_again(site: Site, visitor: Visitor, over: httpx2.Response, email: str) -> httpx2.Response:
    asked = await visitor.post("/fr/connexion", hidden(over.text) | {"email": email})
    return await visitor.post("/fr/connexion/code", hidden(asked.text) | {"code": site.counter.code_sent_to(email)})


def _all_hidden(page: httpx2.Response) -> dict[str, Any]:
    return hidden(page.text)
