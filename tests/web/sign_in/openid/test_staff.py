"""Agents and mediators sign in through ProConnect: their account exists, and two factors were checked somewhere."""

from __future__ import annotations

import asyncio
import json
from contextlib import suppress
from urllib.parse import parse_qs, urlsplit
from uuid import UUID

import pyotp

from api.sign_in import limits
from api.sign_in.credentials import COOKIE
from storage.accounts import accounts
from storage.accounts.accounts import AlreadyExists, Audience
from storage.accounts.administration import Office
from tests.api.counter import OWNER, PASSWORD, secret_in
from tests.api.sign_in.test_limits import spent
from tests.web.sign_in.openid.provider import there_and_back
from tests.web.visitors import Site, Visitor, hidden

BASE = "/fr/agents/connexion/proconnect"


async def made(site: Site, sub: str, audience: Audience = "agent", organisation: UUID | None = None) -> str:
    """An account with the professional address of that person, made by an administrator; its second factor."""
    async with site.counter.owner.transaction(OWNER) as connection:
        office = Office(connection, site.counter.settings.master, None)
        new = await office.add_staff(
            audience,
            f"{sub}@agents.example",
            "Soizig Riou",
            password=PASSWORD,
            organisation=organisation,
            to_change=False,
        )
    return secret_in(new.otpauth_uri)


async def is_signed_in(visitor: Visitor, space: str = "agents") -> bool:
    """Whether a session of that space is open."""
    return (await visitor.client.get(f"/v1/{space}/session")).status_code == 200


async def test_the_request_asks_levels_by_claims_alone(offices: Site) -> None:
    left = await offices.visitor().get(BASE)

    asked = {name: values[0] for name, values in parse_qs(urlsplit(left.headers["location"]).query).items()}
    assert "acr_values" not in asked
    assert json.loads(asked["claims"])["id_token"]["amr"] == {"essential": True}
    assert {"siret", "uid", "idp_id"} <= set(asked["scope"].split())


async def test_two_factors_there_are_enough_then_the_identity_is_bound(offices: Site) -> None:
    await made(offices, "two")
    visitor = offices.visitor()

    opened = await there_and_back(visitor, f"{BASE}?suite=/fr/agents/files", "two")

    assert opened.headers["location"] == "/fr/agents/files"
    assert await is_signed_in(visitor)
    usurper = await there_and_back(offices.visitor(), BASE, "usurper")
    assert usurper.status_code == 409
    unverified = await there_and_back(offices.visitor(), BASE, "unverified")
    assert unverified.status_code == 403


async def test_an_administrator_unbinds_an_account_and_its_person_proves_it_again(offices: Site) -> None:
    """Sessions end at once; the same person comes back by their address, as the first time."""
    await made(offices, "again")
    chief, other = [await offices.counter.staff("administrator") for _ in range(2)]
    visitor, administrator = offices.visitor(), await offices.counter.sign_in(chief)
    await there_and_back(visitor, BASE, "again")
    async with offices.counter.owner.transaction(OWNER) as connection:
        account = await accounts.find(connection, offices.counter.settings.master, "agent", "again@agents.example")
    place = f"accounts/{account.id}/identities"

    (bound,) = (await administrator.get(place)).json()
    params = {"issuer": bound["issuer"]}
    proof, proof_of_other = ({"X-Second-Factor": one.factors(drift=1)["code"]} for one in (chief, other))
    unbound = await administrator.call("DELETE", place, params=params, headers=proof)
    again = await (await offices.counter.sign_in(other)).call("DELETE", place, params=params, headers=proof_of_other)

    assert (unbound.status_code, again.status_code) == (204, 404)
    assert not await is_signed_in(visitor)
    assert (await administrator.get(place)).json() == []
    assert "account.unbind" in (await administrator.get("log", params={"limit": 5})).text
    await there_and_back(visitor, BASE, "again")
    assert await is_signed_in(visitor)


async def test_one_factor_there_asks_for_ours(offices: Site) -> None:
    secret = await made(offices, "one")
    visitor = offices.visitor()

    asked = await there_and_back(visitor, BASE, "one")
    assert asked.headers["location"] == f"{BASE}/code"
    assert not await is_signed_in(visitor)
    wrong = await visitor.submit(f"{BASE}/code", f"{BASE}/code", {"code": "000000"})
    assert wrong.status_code == 422
    assert not await is_signed_in(visitor)
    code = pyotp.TOTP(secret).now()
    opened = await visitor.submit(f"{BASE}/code", f"{BASE}/code", {"code": code})

    assert opened.headers["location"] == "/fr/agents/"
    assert await is_signed_in(visitor)
    again = offices.visitor()
    await there_and_back(again, BASE, "one")
    spent = await again.submit(f"{BASE}/code", f"{BASE}/code", {"code": code})
    assert spent.status_code == 422


async def test_two_clicks_on_the_second_factor_open_one_session_in_this_browser_alone(offices: Site) -> None:
    """The second finds the session of the first; another browser that sends the same code is refused."""
    secret = await made(offices, "clicks")
    visitor, other = offices.visitor(), offices.visitor()
    for one in (visitor, other):
        await there_and_back(one, BASE, "clicks")
    page, page_of_other = await visitor.get(f"{BASE}/code"), await other.get(f"{BASE}/code")
    code = {"code": pyotp.TOTP(secret).now()}
    fields = {**hidden(page.text), **code}

    first, second = await asyncio.gather(*(visitor.post(f"{BASE}/code", fields) for _ in range(2)))
    stolen = await other.post(f"{BASE}/code", {**hidden(page_of_other.text), **code})

    assert [answer.headers["location"] for answer in (first, second)] == ["/fr/agents/"] * 2
    assert first.cookies[COOKIE] == second.cookies[COOKIE]
    assert len((await visitor.client.get("/v1/agents/sessions")).json()) == 1
    assert stolen.status_code == 422


async def test_a_browser_that_signed_in_there_stays_known_here(offices: Site) -> None:
    """Whatever strangers try on the account, its person's password is still read from that browser."""
    secret = await made(offices, "known")
    visitor, stranger = offices.visitor(), offices.visitor()
    await there_and_back(visitor, BASE, "known")
    await spent(offices.counter, limits.PASSWORD_PER_ACCOUNT, "agent|known@agents.example")
    body = {"email": "known@agents.example", "password": PASSWORD, "code": pyotp.TOTP(secret).now()}

    known = await visitor.client.post("/v1/agents/sign-in", json=body)
    unknown = await stranger.client.post("/v1/agents/sign-in", json=body)

    assert (known.status_code, unknown.status_code) == (201, 429)


async def test_methods_say_two_factors_as_well_as_levels(offices: Site) -> None:
    await made(offices, "mfa")
    visitor = offices.visitor()

    opened = await there_and_back(visitor, BASE, "mfa")

    assert opened.headers["location"] == "/fr/agents/"


async def test_an_address_not_said_to_be_verified_is_bound_by_our_second_factor_only(offices: Site) -> None:
    secret = await made(offices, "unsaid")
    visitor = offices.visitor()

    asked = await there_and_back(visitor, BASE, "unsaid")
    assert asked.headers["location"] == f"{BASE}/code"
    await visitor.submit(f"{BASE}/code", f"{BASE}/code", {"code": pyotp.TOTP(secret).now()})
    later = await there_and_back(offices.visitor(), BASE, "unsaid")

    assert later.headers["location"] == "/fr/agents/"


async def test_without_an_account_here_one_stays_out(offices: Site) -> None:
    refused = await there_and_back(offices.visitor(), BASE, "nobody")

    assert refused.status_code == 403
    assert "Aucun compte ne correspond" in refused.text


async def test_an_identity_provider_that_is_not_admitted_is_refused(offices: Site) -> None:
    refused = await there_and_back(offices.visitor(), BASE, "elsewhere")

    assert refused.status_code == 401


async def test_an_agent_s_identity_does_not_open_a_mediator_s_space(offices: Site) -> None:
    with suppress(AlreadyExists):
        await made(offices, "two")
    visitor = offices.visitor()

    refused = await there_and_back(visitor, "/fr/mediateurs/connexion/proconnect", "two")

    assert refused.status_code == 403
    async with offices.counter.owner.transaction(OWNER) as connection:
        organisation = await Office(connection, offices.counter.settings.master, None).add_organisation("Ti", None)
    await made(offices, "two", "mediator", organisation)
    await there_and_back(visitor, "/fr/mediateurs/connexion/proconnect", "two")
    assert await is_signed_in(visitor, "mediators")


async def test_it_stays_open_to_an_agent_whose_password_strangers_try(offices: Site) -> None:
    """ProConnect proves who it is: nothing that is tried elsewhere counts against it."""
    await made(offices, "tried")
    for limit, whom in (
        (limits.PASSWORD_PER_ACCOUNT, "agent|tried@agents.example"),
        (limits.PASSWORD_PER_NETWORK, "127.0.0.1"),
        (limits.PASSWORD_FOR_ALL, ""),
    ):
        await spent(offices.counter, limit, whom)
    visitor = offices.visitor()

    await there_and_back(visitor, BASE, "tried")

    assert await is_signed_in(visitor)
