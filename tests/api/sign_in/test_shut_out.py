"""Nobody shuts somebody else out: what strangers try is counted where they are, and who signed in before stays open."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from uuid import uuid4

import httpx2
import pytest

from api.sign_in import known_browsers, limits
from storage.accounts.rate_limits import Limit
from tests.api.counter import Counter, Staff
from tests.api.sign_in.test_limits import spent

CODE, OPEN = "/v1/residents/sign-in/code", "/v1/residents/sign-in"
FLOODED = [limits.CODE_PER_ADDRESS, limits.CODE_PER_NETWORK, limits.CODE_FOR_ALL]
TRIED = [limits.PASSWORD_PER_ACCOUNT, limits.PASSWORD_PER_NETWORK, limits.PASSWORD_FOR_ALL]


@asynccontextmanager
async def coming_from(counter: Counter, host: str) -> AsyncIterator[httpx2.AsyncClient]:
    """A browser in another network."""
    transport = httpx2.ASGITransport(app=counter.app, raise_app_exceptions=False, client=(host, 40_000))
    async with httpx2.AsyncClient(transport=transport, base_url="http://guichet.test") as client:
        yield client


def messages_to(counter: Counter, address: str, subject: str) -> int:
    """How many messages this address received that say so."""
    folder = counter.settings.mail_folder
    assert folder is not None
    read = [file.read_text(encoding="utf-8") for file in folder.glob("*.eml")]
    return len([one for one in read if f"To: {address}" in one and subject in one])


async def signed_in(counter: Counter, client: httpx2.AsyncClient, address: str) -> httpx2.Response:
    """A resident asks for a code and gives it back, in this browser."""
    asked = await client.post(CODE, json={"email": address})
    if asked.status_code != 202:
        return asked
    code = counter.code_sent_to(address)
    return await client.post(OPEN, json={"challenge": asked.json()["challenge"], "code": code, "transport": "cookie"})


async def test_strangers_who_ask_codes_for_a_resident_do_not_shut_them_out(counter: Counter) -> None:
    """From seven networks, until each is refused; the resident, from their own, still gets a code, and is told once."""
    anne = f"anne.{uuid4().hex[:8]}@example.org"
    for number in range(7):
        async with coming_from(counter, f"198.51.100.{number}") as stranger:
            answers = [(await stranger.post(CODE, json={"email": anne})).status_code for _ in range(8)]
        assert answers == [202] * 6 + [429] * 2

    async with coming_from(counter, "192.0.2.1") as home:
        opened = await signed_in(counter, home, anne)
    await counter.app.state.services.afterwards.done()

    assert opened.status_code == 201, opened.text
    assert messages_to(counter, anne, "essais de connexion") == 1


async def test_strangers_who_try_passwords_do_not_shut_an_agent_out(counter: Counter) -> None:
    """Seventy wrong passwords and more; the agent is told once, in a message that names nothing of their work."""
    agent = await counter.staff("agent")
    wrong = agent.factors() | {"password": "not the password"}
    for number in range(10):
        async with coming_from(counter, f"2001:db8:{number}::1") as stranger:
            answers = [(await stranger.post("/v1/agents/sign-in", json=wrong)).status_code for _ in range(10)]
        assert answers == [401] * 8 + [429] * 2

    async with coming_from(counter, "192.0.2.1") as desk:
        opened = await desk.post("/v1/agents/sign-in", json=agent.factors())
    await counter.app.state.services.afterwards.done()

    assert opened.status_code == 201, opened.text
    assert messages_to(counter, agent.email, "essais de connexion") == 1


async def test_nobody_is_written_to_whom_no_account_knows(counter: Counter) -> None:
    """Staff's sign-in writes to no address of somebody's choosing."""
    nobody = f"nobody.{uuid4().hex[:8]}@example.org"
    body = {"email": nobody, "password": "not the password", "code": "123456"}
    answers = [(await counter.client.post("/v1/agents/sign-in", json=body)).status_code for _ in range(9)]
    await counter.app.state.services.afterwards.done()

    assert answers[-1] == 429
    assert messages_to(counter, nobody, "") == 0


@pytest.mark.parametrize("limit", FLOODED, ids=lambda one: one.name)
async def test_a_resident_s_known_browser_stays_open(counter: Counter, limit: Limit) -> None:
    """Whatever the whole world has used up; another browser, or the same for somebody else, waits."""
    anne, yann = (f"{name}.{uuid4().hex[:8]}@example.org" for name in ("anne", "yann"))
    async with coming_from(counter, "192.0.2.1") as home, coming_from(counter, "192.0.2.1") as other:
        assert (await signed_in(counter, home, anne)).status_code == 201
        for address in (anne, yann):
            await spent(counter, limit, {"code|address": address, "code|network": "192.0.2.1"}.get(limit.name, ""))

        assert (await signed_in(counter, home, anne)).status_code == 201
        assert (await signed_in(counter, home, yann)).status_code == 429
        assert (await signed_in(counter, other, anne)).status_code == 429


@pytest.mark.parametrize("limit", TRIED, ids=lambda one: one.name)
async def test_an_agent_s_known_browser_stays_open_and_is_limited_too(counter: Counter, limit: Limit) -> None:
    agent = await counter.staff("agent")
    whom = {"password|account": f"agent|{agent.email}", "password|network": "192.0.2.1"}.get(limit.name, "")
    async with coming_from(counter, "192.0.2.1") as desk, coming_from(counter, "192.0.2.1") as other:
        assert (await _tried(desk, agent, -1)).status_code == 201
        await spent(counter, limit, whom)

        assert (await _tried(desk, agent, 0)).status_code == 201
        assert (await _tried(other, agent, 1)).status_code == 429
        wrong = agent.factors() | {"password": "not the password"}
        answers = [(await desk.post("/v1/agents/sign-in", json=wrong)).status_code for _ in range(9)]

    assert answers == [401] * 8 + [429]


async def test_a_mark_is_nobody_else_s_ends_and_cannot_be_made(
    counter: Counter, monkeypatch: pytest.MonkeyPatch
) -> None:
    agent, other = await counter.staff("agent"), await counter.staff("agent")
    async with coming_from(counter, "192.0.2.1") as desk:
        await _tried(desk, agent, 0)
        mark = desk.cookies[known_browsers.NAME]
        await spent(counter, limits.PASSWORD_PER_ACCOUNT, f"agent|{agent.email}")
        await spent(counter, limits.PASSWORD_PER_ACCOUNT, f"agent|{other.email}")
        number, _, rest = mark.partition("-")
        made_up = [
            f"{number}0-{rest}",
            f"{number}-9{rest}",
            mark[:-1] + ("0" if mark[-1] != "0" else "1"),
            "~" * 900,
            "é",
        ]
        assert (await _tried(desk, other, 0)).status_code == 429
        for forged in made_up:
            headers = {b"Cookie": f"{known_browsers.NAME}={forged}".encode()}
            answer = await counter.client.post("/v1/agents/sign-in", json=agent.factors(drift=1), headers=headers)
            assert answer.status_code == 429, forged
        later = time.time() + 181 * 86_400
        monkeypatch.setattr("api.sign_in.known_browsers.time.time", lambda: later)
        assert (await _tried(desk, agent, 1)).status_code == 429


async def _tried(client: httpx2.AsyncClient, agent: Staff, drift: int) -> httpx2.Response:
    return await client.post("/v1/agents/sign-in", json=agent.factors(drift=drift) | {"transport": "cookie"})
