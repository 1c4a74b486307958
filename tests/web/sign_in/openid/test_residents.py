"""A resident signs in through FranceConnect: the real flow, with a provider that is a process of its own."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import httpx2
import pytest
from structlog.testing import capture_logs

from storage.accounts import accounts
from storage.engine.settings import Settings
from tests.api.counter import OWNER
from tests.web.conftest import opened_site
from tests.web.residents.filling_in import Applicant
from tests.web.sign_in.openid.provider import choose, here, nobody_listens, there_and_back
from tests.web.visitors import Site, Visitor, hidden

BASE = "/fr/connexion/franceconnect"


async def first_time(site: Site, sub: str, email: str = "") -> Visitor:
    """Somebody who comes for the first time, and proves their address."""
    visitor = site.visitor()
    asked = await there_and_back(visitor, BASE, sub)
    assert asked.headers["location"] == f"{BASE}/adresse"
    code = site.counter.code_sent_to(email or f"{sub}@example.org")
    opened = await visitor.submit(f"{BASE}/adresse", f"{BASE}/adresse", {"code": code})
    assert opened.status_code == 303, opened.text
    return visitor


async def test_the_request_follows_franceconnect_s_rules(site: Site) -> None:
    left = await site.visitor().get(f"{BASE}?suite=/fr/demarches")

    asked = {name: values[0] for name, values in parse_qs(urlsplit(left.headers["location"]).query).items()}
    assert asked["response_type"] == "code"
    assert asked["acr_values"] == "eidas1"
    assert asked["scope"].split()[0] == "openid"
    assert asked["code_challenge_method"] == "S256"
    assert len(asked["state"]) >= 32
    assert len(asked["nonce"]) >= 32
    kept = left.headers["set-cookie"]
    assert "HttpOnly" in kept
    assert "SameSite=lax" in kept
    assert f"Path={BASE}" in kept
    assert asked["state"] not in kept


async def test_the_first_time_the_address_is_proven_then_never_again(site: Site) -> None:
    await first_time(site, "anna")
    again = site.visitor()

    opened = await there_and_back(again, f"{BASE}?suite=/fr/demarches", "anna")

    assert opened.headers["location"] == "/fr/demarches"
    mine = await again.get("/fr/espace")
    assert "Anna Le Goff" in mine.text


async def test_an_account_that_already_has_the_address_is_joined_by_the_code_alone(site: Site) -> None:
    before = await site.resident("yann@example.org")
    stranger = site.visitor()
    await there_and_back(stranger, BASE, "yann")

    guessed = await stranger.submit(f"{BASE}/adresse", f"{BASE}/adresse", {"code": "00000000"})
    seen = await stranger.get("/fr/espace")

    assert guessed.status_code == 422
    assert 'href="#code"' in guessed.text
    assert seen.status_code == 303
    code = site.counter.code_sent_to("yann@example.org")
    await stranger.submit(f"{BASE}/adresse", f"{BASE}/adresse", {"code": code})
    assert await _account(site, stranger) == await _account(site, before)


async def test_what_was_typed_when_the_session_ended_comes_back_by_the_provider(site: Site) -> None:
    """From the page that kept it, once FranceConnect has said in another tab that it is the same person."""
    gwenn = Applicant(await first_time(site, "gwenn"), "apa-domicile")
    await gwenn.begins()
    at = f"{gwenn.at}/pages/demandeur"
    typed = gwenn.filled((await gwenn.visitor.get(at)).text, "demandeur", {"demandeur.nom_naissance": "Kervella-Typé"})
    gwenn.visitor.client.cookies.delete("guichet_session")

    over = await gwenn.sends(at, typed)
    await there_and_back(gwenn.visitor, BASE, "gwenn")
    resumed = await gwenn.visitor.post("/fr/reprise", hidden(over.text))
    done = await gwenn.visitor.post(at, hidden(resumed.text))

    assert (over.status_code, resumed.status_code) == (401, 200)
    assert done.headers["location"] == f"{gwenn.at}/pages/foyer"
    assert "Kervella-Typé" in (await gwenn.visitor.get(at)).text


async def test_two_people_who_share_an_address_do_not_share_an_account(site: Site) -> None:
    one = await first_time(site, "couple-1", "couple@example.org")
    other = site.visitor()
    await there_and_back(other, BASE, "couple-2")
    code = site.counter.code_sent_to("couple@example.org")

    taken = await other.submit(f"{BASE}/adresse", f"{BASE}/adresse", {"code": code})
    without = await other.submit(f"{BASE}/adresse", f"{BASE}/sans-adresse")

    assert taken.status_code == 422
    assert "déjà à une autre personne" in taken.text
    assert "ouvrez-le par un code" in taken.text
    assert without.status_code == 303
    assert await _account(site, other) != await _account(site, one)


async def test_without_an_address_one_signs_in_all_the_same(site: Site) -> None:
    visitor = site.visitor()

    opened = await there_and_back(visitor, BASE, "no-email")

    assert opened.headers["location"] == "/fr/espace"
    assert (await visitor.get("/fr/espace")).status_code == 200


@pytest.mark.parametrize(
    ("liar", "because"),
    [
        ("wrong-nonce", "'nonce'"),
        ("wrong-aud", "'aud'"),
        ("second-aud", "azp"),
        ("wrong-iss", "'iss'"),
        ("expired", "expired_token"),
        ("no-level", "acr"),
        ("low-level", "acr"),
        ("swapped", "'sub'"),
        ("alg-none", "UnsupportedAlgorithmError"),
        ("unsigned", "userinfo is not signed"),
    ],
)
async def test_what_does_not_verify_opens_nothing(site: Site, liar: str, because: str) -> None:
    visitor = site.visitor()

    with capture_logs() as said:
        refused = await there_and_back(visitor, BASE, liar)

    assert refused.status_code == 401
    assert "pas pu être vérifiée" in refused.text
    assert (await visitor.get("/fr/espace")).status_code == 303
    assert because in next(line["detail"] for line in said if line["event"] == "sign-in refused")


async def test_a_way_back_that_this_browser_did_not_open_leads_nowhere(site: Site) -> None:
    begun, other = site.visitor(), site.visitor()
    back = await choose(await begun.get(BASE), sub="anna")

    without = await other.get(back)
    await other.get(BASE)
    another = await other.get(back)
    altered = await begun.get(back.replace("state=", "state=x"))

    for lost in (without, another, altered):
        assert lost.status_code == 400
        assert "pas abouti" in lost.text


async def test_a_way_back_serves_once_even_to_who_copied_the_cookie(site: Site) -> None:
    visitor = site.visitor()
    back = await choose(await visitor.get(BASE), sub="no-email")
    copied = dict(visitor.client.cookies)
    assert (await visitor.get(back)).status_code == 303

    again = await visitor.get(back)
    thief = site.visitor()
    thief.client.cookies.update(copied)
    replayed = await thief.get(back)

    assert again.status_code == 400
    assert replayed.status_code == 400


async def test_a_missing_state_or_code_is_a_lost_way(site: Site) -> None:
    visitor = site.visitor()
    await visitor.get(BASE)

    assert (await visitor.get(f"{BASE}/retour?code=abc")).status_code == 400
    assert (await visitor.get(f"{BASE}/retour")).status_code == 400


async def test_who_refuses_there_is_told_that_nothing_was_sent(site: Site) -> None:
    visitor = site.visitor()
    left = await visitor.get(BASE)
    state = parse_qs(urlsplit(left.headers["location"]).query)["state"][0]

    # The mock forgets the state when somebody refuses; the providers send it back (RFC 6749 §4.1.2.1).
    refused = await visitor.get(f"{BASE}/retour?error=access_denied&state={state}")

    assert refused.status_code == 401
    assert "refusée ou abandonnée sur FranceConnect" in refused.text


async def test_a_provider_that_is_away_is_said_to_be(settings: Settings) -> None:
    away = {
        "franceconnect_issuer": nobody_listens(),
        "franceconnect_client_id": "a",
        "franceconnect_client_secret": "b",
    }
    async with opened_site(settings.model_copy(update=away)) as site:
        told = await site.visitor().get(BASE)

    assert told.status_code == 503
    assert "FranceConnect ne répond pas" in told.text


async def test_without_settings_nothing_is_offered(settings: Settings) -> None:
    async with opened_site(settings) as bare:
        page = await bare.visitor().get("/fr/connexion")

    assert "FranceConnect" not in page.text


async def test_with_settings_the_link_keeps_where_one_was_going(site: Site) -> None:
    page = await site.visitor().get("/br/connexion?suite=/br/espace")

    assert 'href="/br/connexion/franceconnect?suite=%2Fbr%2Fespace"' in page.text


async def test_a_session_never_survives_the_sign_in(site: Site) -> None:
    visitor = await site.resident("elodie@example.org")
    before = visitor.client.cookies["guichet_session"]

    await there_and_back(visitor, BASE, "no-email")

    assert visitor.client.cookies["guichet_session"] != before
    old = site.visitor()
    old.client.cookies.set("guichet_session", before)
    assert (await old.get("/fr/espace")).status_code == 303


async def test_a_closed_account_stays_closed(site: Site) -> None:
    await first_time(site, "closed")
    async with site.counter.owner.transaction(OWNER) as connection:
        account = await accounts.find(connection, site.counter.settings.master, "resident", "closed@example.org")
        await accounts.disable(connection, account.id)

    refused = await there_and_back(site.visitor(), BASE, "closed")

    assert refused.status_code == 403
    assert "Ce compte est fermé" in refused.text


async def test_signing_out_goes_on_to_franceconnect_and_comes_back(site: Site) -> None:
    visitor = await _signed_in(site)

    left = await visitor.submit("/fr/espace", "/fr/deconnexion")

    assert left.status_code == 200
    assert (await visitor.get("/fr/espace")).status_code == 303
    address = _refresh(left)
    asked = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
    assert asked["id_token_hint"].count(".") == 2
    async with httpx2.AsyncClient(follow_redirects=False, timeout=20) as browser:
        page = await browser.get(address)
        to = f"{asked['post_logout_redirect_uri']}?state={asked['state']}"
        assert page.status_code == 200, page.text
        confirmed = await browser.post(_origin(address) + "/oauth2/end_session/confirm", data={"redirect_uri": to})
    back = await visitor.get(here(confirmed.headers["location"]))
    assert back.headers["location"] == "/fr/?dit=deconnecte"
    forged = await visitor.get("/fr/deconnexion/franceconnect?state=x")
    assert forged.headers["location"] == "/fr/"


async def _signed_in(site: Site) -> Visitor:
    visitor = site.visitor()
    await there_and_back(visitor, BASE, "no-email")
    return visitor


async def _account(site: Site, visitor: Visitor) -> str:
    who = await visitor.client.get("/v1/residents/session")
    assert who.status_code == 200, who.text
    found: str = who.json()["account"]
    return found


def _refresh(page: httpx2.Response) -> str:
    return page.text.partition('content="0; url=')[2].partition('"')[0].replace("&amp;", "&")


def _origin(address: str) -> str:
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}"
