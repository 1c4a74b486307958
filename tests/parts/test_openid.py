"""The demonstration's provider refuses what the real ones refuse, and its debugger is off."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import parse_qs, urlsplit

import httpx2
import pytest

from tests.web.sign_in.openid.provider import CLIENT, SECRET, SITE, Provider, person, providing

# The verifier and the challenge of RFC 7636, appendix B.
VERIFIER = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"
RETURN = f"{SITE}/fr/connexion/franceconnect/retour"
ASKED = {
    "response_type": "code",
    "client_id": CLIENT,
    "redirect_uri": RETURN,
    "scope": "openid given_name",
    "state": "s" * 32,
    "nonce": "n" * 32,
    "code_challenge": "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM",
    "code_challenge_method": "S256",
}


@pytest.fixture(scope="module")
def provider(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Provider]:
    """One that knows Anna."""
    with providing(tmp_path_factory.mktemp("provider"), [person("anna")]) as running:
        yield running


def code(provider: Provider) -> str:
    """A code that Anna obtained."""
    sent = httpx2.post(f"{provider.issuer}/oauth2/authorize", params=ASKED, data={"sub": "anna"}, timeout=20)
    return parse_qs(urlsplit(sent.headers["location"]).query)["code"][0]


def exchanged(provider: Provider, **changed: str) -> httpx2.Response:
    """The answer to a code."""
    body = {
        "grant_type": "authorization_code",
        "code": code(provider),
        "redirect_uri": RETURN,
        "client_id": CLIENT,
        "client_secret": SECRET,
        "code_verifier": VERIFIER,
    }
    return httpx2.post(f"{provider.issuer}/oauth2/token", data=body | changed, timeout=20)


def test_a_code_is_exchanged_by_its_own_client_with_its_verifier(provider: Provider) -> None:
    assert exchanged(provider).status_code == 200
    assert exchanged(provider, code_verifier="w" * 48).status_code == 400
    assert exchanged(provider, code_verifier="").status_code == 400
    assert exchanged(provider, client_secret="wrong").status_code in {400, 401}
    assert exchanged(provider, client_id="another").status_code in {400, 401}


@pytest.mark.parametrize(
    "changed",
    [{"nonce": ""}, {"state": ""}, {"client_id": "another"}, {"redirect_uri": "https://evil.example/"}],
)
def test_a_request_that_the_real_one_refuses_is_refused(provider: Provider, changed: dict[str, str]) -> None:
    answer = httpx2.get(f"{provider.issuer}/oauth2/authorize", params=ASKED | changed, timeout=20)

    assert answer.status_code == 400


def test_nobody_makes_people_nor_clients_there_nor_runs_code(provider: Provider) -> None:
    made = httpx2.put(f"{provider.issuer}/users/eve", json={}, timeout=20)
    client = httpx2.post(f"{provider.issuer}/oauth2/clients", json={"redirect_uris": ["https://evil.example"]})
    console = httpx2.get(f"{provider.issuer}/console", timeout=20)

    assert made.status_code == 400
    assert client.status_code == 400
    assert console.status_code == 404


def test_sign_out_returns_to_declared_addresses_only(provider: Provider) -> None:
    asked = {"id_token_hint": "x", "state": "y", "post_logout_redirect_uri": "https://evil.example/"}
    address = f"{provider.issuer}/oauth2/end_session"

    assert httpx2.get(address, params=asked, timeout=20).status_code == 400
    confirmed = httpx2.post(f"{address}/confirm", data={"redirect_uri": "https://evil.example/"}, timeout=20)
    assert confirmed.status_code == 400
