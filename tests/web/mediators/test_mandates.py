"""A mediator records a mandate, acts under it, gives it up; nothing is seen that it does not cover."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

import pytest
from playwright.async_api import Browser

from api.sign_in.credentials import COOKIE
from tests.api.counter import SignedIn
from tests.api.journeys import filed, new_key
from tests.api.test_mediators import mandated
from tests.web.visitors import Site, Visitor, hidden

HOME, NEW, SEND = "/fr/mediateurs/", "/fr/mediateurs/mandats/nouveau", "/fr/mediateurs/mandats"
GIVEN = {
    "nom": "Yves Kerbrat",
    "courriel": "",
    "demarches": "acces-documents",
    "duree": "month",
    "capacite": "adult",
    "consentement": "signed_paper",
}


async def mediator_of(site: Site, organisation: UUID | None = None) -> tuple[Visitor, SignedIn, UUID]:
    """A mediator with a browser; of that organisation, or of a new one."""
    if organisation is None:
        signed_in, organisation = await site.counter.mediator()
    else:
        signed_in = await site.counter.sign_in(await site.counter.staff("mediator", organisation=organisation))
    visitor = site.visitor()
    visitor.client.cookies.set(COOKIE, signed_in.token)
    return visitor, signed_in, organisation


async def recorded(visitor: Visitor, **changed: Any) -> str:
    """The page of a mandate recorded through the form."""
    form = await visitor.submit(NEW, SEND, {**GIVEN, **_today(), **changed})
    assert form.status_code == 303, form.text
    return form.headers["location"].partition("?")[0]


def _today() -> dict[str, str]:
    """The day that the form proposes: today."""
    now = datetime.now(UTC)
    return {"jour": str(now.day), "mois": str(now.month), "annee": str(now.year)}


async def test_without_a_session_one_is_sent_to_the_mediators_door(site: Site) -> None:
    away = await site.visitor().get(HOME)

    assert away.headers["location"] == "/fr/mediateurs/connexion?suite=/fr/mediateurs/"


async def test_a_mandate_is_recorded_and_is_live_at_once(site: Site) -> None:
    visitor, signed_in, _ = await mediator_of(site)

    place = await recorded(visitor)

    shown = await visitor.get(place)
    assert "Mandat de Yves Kerbrat" in shown.text
    assert "signé sur papier" in shown.text
    (one,) = (await signed_in.get("mandates")).json()
    assert (one["procedures"], one["duration"], one["state"]) == (["acces-documents"], "month", "active")
    assert "Yves Kerbrat" in (await visitor.get(HOME)).text


async def test_signed_on_the_spot_it_has_no_effect_until_the_signature_is_recorded(site: Site) -> None:
    visitor, signed_in, _ = await mediator_of(site)

    place = await recorded(visitor, consentement="signed_on_site")

    shown = await visitor.get(place)
    assert "Agir pour Yves Kerbrat" not in shown.text
    assert "Remettez-le-lui" in shown.text, "without an address, the paper is how the person knows"
    assert (await visitor.get(f"{place}/espace")).status_code == 403
    assert "un mois</strong> à partir de ma signature" in (await visitor.get(f"{place}/consentement")).text
    (one,) = (await signed_in.get("mandates")).json()
    assert (one["state"], one["consented_at"]) == ("proposed", None)

    await visitor.submit(place, f"{place}/accord")

    (one,) = (await signed_in.get("mandates")).json()
    assert (one["state"], one["consent"]) == ("active", "signed_on_site")
    assert "Agir pour Yves Kerbrat" in (await visitor.get(place)).text


@pytest.mark.parametrize(
    ("capacity", "said", "then"),
    [
        ("minor", "Une personne mineure ne peut pas donner mandat", "Un parent ou le tuteur fait la demande"),
        ("protected", "sous tutelle, sous curatelle", "par la personne chargée de la mesure"),
    ],
)
async def test_who_cannot_give_a_mandate_is_refused_with_what_to_do(
    site: Site, capacity: str, said: str, then: str
) -> None:
    visitor, signed_in, _ = await mediator_of(site)

    refused = await visitor.submit(NEW, SEND, {**GIVEN, **_today(), "capacite": capacity})

    assert refused.status_code == 422
    assert said in refused.text
    assert then in refused.text
    assert 'href="#capacite"' in refused.text
    assert (await signed_in.get("mandates")).json() == []


async def test_no_field_under_a_mandate_is_filled_in_with_the_mediator_s_own_identity(site: Site) -> None:
    visitor, signed_in, _ = await mediator_of(site)
    mandate = await mandated(signed_in, procedures=["apa-domicile"])
    draft = (await signed_in.post(f"mandates/{mandate['id']}/drafts", json={"procedure": "apa-domicile"})).json()["id"]

    shown = (await visitor.get(f"{SEND}/{mandate['id']}/brouillons/{draft}/pages/demandeur")).text

    assert 'autocomplete="off"' in shown
    assert set(re.findall(r'autocomplete="([^"]*)"', shown)) == {"off"}


async def test_an_address_that_is_somebody_else_s_is_said_to_both(site: Site) -> None:
    """A couple with one mailbox: whoever reads it sees the requests of both."""
    anna = await site.counter.resident("couple@example.org")
    visitor, signed_in, _ = await mediator_of(site)
    await mandated(signed_in, resident_name="Anna Kerbrat", email="couple@example.org")
    place = await recorded(visitor, courriel="couple@example.org")

    shown = await visitor.get(place)

    assert "un compte d&#39;un autre nom" in shown.text or "un compte d'un autre nom" in shown.text
    mine = site.visitor()
    mine.client.cookies.set(COOKIE, anna.token)
    listed = (await mine.get("/fr/mandats")).text
    assert "Au nom de Yves Kerbrat." in listed
    assert "Au nom de Anna Kerbrat." in listed


async def test_renewed_for_a_person_without_an_address_it_is_the_same_person_and_their_requests_follow(
    site: Site,
) -> None:
    visitor, signed_in, _ = await mediator_of(site)
    before = await mandated(signed_in)
    dossier = await filed(signed_in, "acces-documents", under=f"mandates/{before['id']}/")
    form = await visitor.get(f"{NEW}?de={before['id']}")
    assert 'name="courriel"' not in form.text
    sent = await visitor.post(SEND, {**hidden(form.text), **GIVEN, **_today(), "de": before["id"]})
    after = sent.headers["location"].partition("?")[0].rpartition("/")[2]
    await signed_in.call("DELETE", f"mandates/{before['id']}")

    listed = (await signed_in.get(f"mandates/{after}/dossiers")).json()
    place = f"mandates/{after}/dossiers/{dossier['id']}"
    said = {**new_key(), "If-Match": (await signed_in.get(place)).headers["ETag"]}
    message = await signed_in.post(f"{place}/acts/send_message", json={"text": "Bonjour"}, headers=said)

    assert [one["id"] for one in listed] == [dossier["id"]]
    assert message.status_code == 200, message.text


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"nom": ""}, "nom"),
        ({"courriel": "yves"}, "courriel"),
        ({"demarches": []}, "demarches"),
        ({"duree": ""}, "duree"),
        ({"consentement": "oral"}, "consentement"),
        ({"capacite": ""}, "capacite"),
        ({"courriel": "zoé@exemple.fr"}, "courriel"),
        ({"jour": "31", "mois": "2"}, "jour"),
        ({"annee": "2999"}, "jour"),
    ],
)
async def test_what_is_missing_or_wrong_is_said_beside_its_field_and_the_rest_is_kept(
    site: Site, changed: dict[str, Any], field: str
) -> None:
    visitor, signed_in, _ = await mediator_of(site)
    fields = {**GIVEN, "nom": "Yvonne Riou", **_today(), **changed}

    refused = await visitor.submit(NEW, SEND, fields)

    assert refused.status_code == 422
    assert "<title>Erreur : " in refused.text
    assert f'href="#{field}"' in refused.text
    assert f'id="{field}"' in refused.text
    assert 'value="month" checked' in refused.text or field == "duree"
    assert (await signed_in.get("mandates")).json() == []


async def test_the_same_form_sent_twice_makes_one_mandate(site: Site) -> None:
    visitor, signed_in, _ = await mediator_of(site)
    sent = {**hidden((await visitor.get(NEW)).text), **GIVEN, "jour": "1", "mois": "10", "annee": "2025"}

    await visitor.post(SEND, sent)
    again = await visitor.post(SEND, sent)

    assert again.headers["location"] == f"{HOME}?dit=deja"
    assert len((await signed_in.get("mandates")).json()) == 1


async def test_a_page_under_a_mandate_says_for_whom_until_when_and_offers_what_it_covers(site: Site) -> None:
    visitor, _, _ = await mediator_of(site)
    place = await recorded(visitor)

    space = await visitor.get(f"{place}/espace")
    offered = await visitor.get(f"{place}/demarches")

    for shown in (space, offered):
        assert "Vous agissez pour Yves Kerbrat" in shown.text
        assert "jusqu" in shown.text
    assert 'value="acces-documents"' in offered.text
    assert 'value="apa-domicile"' not in offered.text
    assert f'href="{place}/demarches"' in space.text


async def test_nothing_is_shown_that_the_mandate_does_not_cover(site: Site) -> None:
    resident = await site.counter.resident()
    outside = (await filed(resident, "apa-domicile"))["id"]
    visitor, signed_in, _ = await mediator_of(site)
    mandate = await mandated(signed_in, email=resident.email, procedures=["acces-documents"])
    inside = (await filed(signed_in, "acces-documents", under=f"mandates/{mandate['id']}/"))["id"]
    place = f"/fr/mediateurs/mandats/{mandate['id']}"

    space = await visitor.get(f"{place}/espace")

    assert inside in space.text
    assert outside not in space.text
    assert (await visitor.get(f"{place}/dossiers/{inside}")).status_code == 200
    assert (await visitor.get(f"{place}/dossiers/{outside}")).status_code in {403, 404, 409}


async def test_another_organisation_sees_none_of_it(site: Site) -> None:
    visitor, _, _ = await mediator_of(site)
    place = await recorded(visitor)
    other, _, _ = await mediator_of(site)

    for path in ("", "/consentement", "/fin", "/espace", "/demarches"):
        assert (await other.get(place + path)).status_code == 404
    assert "Yves Kerbrat" not in (await other.get(HOME)).text


async def test_a_colleague_takes_over_without_doing_anything(site: Site) -> None:
    visitor, _, organisation = await mediator_of(site)
    place = await recorded(visitor)
    colleague, _, _ = await mediator_of(site, organisation)

    assert "Vous agissez pour Yves Kerbrat" in (await colleague.get(f"{place}/espace")).text


async def test_giving_it_up_is_asked_once_and_takes_effect_at_once(site: Site) -> None:
    visitor, _, _ = await mediator_of(site)
    place = await recorded(visitor)

    ended = await visitor.submit(f"{place}/fin", f"{place}/fin")

    assert ended.headers["location"] == f"{HOME}?dit=mandat_fini"
    refused = await visitor.get(f"{place}/espace")
    assert refused.status_code == 403
    assert "révoqué" in refused.text
    assert "Yves Kerbrat" not in (await visitor.get(HOME)).text
    assert "Yves Kerbrat" in (await visitor.get(f"{HOME}?etat=finis")).text


async def test_the_paper_to_sign_says_what_who_and_until_when(site: Site) -> None:
    visitor, _, _ = await mediator_of(site)
    place = await recorded(visitor)

    paper = (await visitor.get(f"{place}/consentement")).text

    for said in ("Yves Kerbrat", "Ti ar Vro", "articles 1984 et suivants du code civil", "article 2004", "Signature"):
        assert said in paper


async def test_a_new_mandate_may_begin_from_one_that_ends(site: Site) -> None:
    visitor, signed_in, _ = await mediator_of(site)
    before = await mandated(signed_in, resident_name=f"Léa {uuid4().hex[:6]}", duration="semester")

    form = (await visitor.get(f"{NEW}?de={before['id']}")).text

    assert before["resident_name"] in form
    assert 'value="acces-documents" checked' in form
    assert 'value="semester" checked' in form


async def test_a_long_name_stays_on_the_page_of_a_telephone(site: Site, served: str, browser: Browser) -> None:
    """Its title and the button that names the person break a word where they must, at 320 px."""
    visitor, signed_in, _ = await mediator_of(site)
    place = await recorded(visitor, nom="Fañch " + "K" * 60)
    context = await browser.new_context(viewport={"width": 320, "height": 800})
    await context.add_cookies([{"name": COOKIE, "value": signed_in.token, "url": served}])
    page = await context.new_page()

    for path in (HOME, place, f"{place}/espace"):
        await page.goto(served + path)
        assert "K" * 60 in await page.content()
        assert await page.evaluate("() => document.documentElement.scrollWidth") <= 320, path
    await context.close()
