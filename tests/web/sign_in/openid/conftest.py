"""A provider for residents and one for staff, started once for these tests; the pages that know them."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator, Iterator

import pytest

from storage.engine.settings import Settings
from tests.web.conftest import opened_site
from tests.web.sign_in.openid.provider import Provider, person, providing
from tests.web.visitors import Site

LIARS = [
    person("wrong-nonce", nonce="somebody-else-s"),
    person("wrong-aud", aud="another-client"),
    person("second-aud", aud=["guichet", "another-client"]),
    person("wrong-iss", iss="https://evil.example"),
    person("expired", exp=int(time.time()) - 3600),
    person("no-level", acr=None),
    person("low-level", acr="eidas0"),
    person("swapped", userinfo={"sub": "somebody-else", "email": "swapped@example.org"}),
    person("alg-none"),
    person("unsigned"),
]
HONEST = [
    person("anna"),
    person("yann"),
    person("gwenn"),
    person("couple-1", userinfo={"given_name": "Un", "email": "couple@example.org"}),
    person("couple-2", userinfo={"given_name": "Deux", "email": "couple@example.org"}),
    person("nolwenn", userinfo={"given_name": "Nolwenn", "family_name": "Évenou", "email": "nolwenn@example.org"}),
    person("nolwenn-2", userinfo={"given_name": "NOLWENN", "family_name": "EVENOU", "email": "nolwenn@example.org"}),
    person("no-email", userinfo={"given_name": "Sans", "family_name": "Courriel"}),
    person("closed"),
]


@pytest.fixture(scope="session")
def franceconnect(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Provider]:
    """The residents' provider: honest people, and liars."""
    folder = tmp_path_factory.mktemp("franceconnect")
    with providing(folder, [*HONEST, *LIARS], module="tests.web.sign_in.openid.lying") as provider:
        yield provider


@pytest.fixture(scope="session")
def proconnect(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Provider]:
    """The staff's provider: the same address, said with more or less certainty."""
    two = "https://proconnect.gouv.fr/assurance/consistency-checked-2fa"
    one = "https://proconnect.gouv.fr/assurance/self-asserted"
    sure = {"given_name": "Soizig", "usual_name": "Riou", "siret": "22290001700011", "idp_id": "fi-1"}
    people = [
        person("two", userinfo={**sure, "email": "two@agents.example", "email_verified": True}, acr=two),
        person("one", userinfo={**sure, "email": "one@agents.example", "email_verified": True}, acr=one),
        person("clicks", userinfo={**sure, "email": "clicks@agents.example", "email_verified": True}, acr=one),
        person("known", userinfo={**sure, "email": "known@agents.example", "email_verified": True}, acr=two),
        person("mfa", userinfo={**sure, "email": "mfa@agents.example", "email_verified": True}, acr=one, amr=["mfa"]),
        person("tried", userinfo={**sure, "email": "tried@agents.example", "email_verified": True}, acr=two),
        person("again", userinfo={**sure, "email": "again@agents.example", "email_verified": True}, acr=two),
        person("unsaid", userinfo={**sure, "email": "unsaid@agents.example"}, acr=two),
        person("unverified", userinfo={**sure, "email": "two@agents.example", "email_verified": False}, acr=two),
        person("usurper", userinfo={**sure, "email": "two@agents.example", "email_verified": True}, acr=two),
        person("elsewhere", userinfo={**sure, "email": "two@agents.example", "idp_id": "fi-2"}, acr=two),
        person("nobody", userinfo={**sure, "email": "nobody@agents.example", "email_verified": True}, acr=two),
    ]
    with providing(tmp_path_factory.mktemp("proconnect"), people) as provider:
        yield provider


@pytest.fixture
async def offices(settings: Settings, proconnect: Provider) -> AsyncIterator[Site]:
    """The pages, with ProConnect, which admits one identity provider."""
    known = proconnect.settings("proconnect") | {"proconnect_idp_ids": "fi-1 fi-3"}
    async with opened_site(settings.model_copy(update=known)) as opened:
        yield opened


@pytest.fixture
async def site(settings: Settings, franceconnect: Provider) -> AsyncIterator[Site]:
    """The pages, with FranceConnect."""
    async with opened_site(settings.model_copy(update=franceconnect.settings("franceconnect"))) as opened:
        yield opened
