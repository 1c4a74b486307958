"""A code sent twice, or an older one, or written as people write: the same browser is let in, and nobody else."""

from __future__ import annotations

import asyncio
from uuid import UUID

import httpx2
import pytest
from sqlalchemy import text

from tests.api.counter import OWNER, Counter

CODE = "/v1/residents/sign-in/code"
SIGN_IN = "/v1/residents/sign-in"


def browser(counter: Counter) -> httpx2.AsyncClient:
    """A client with cookies of its own."""
    transport = httpx2.ASGITransport(app=counter.app, raise_app_exceptions=False)
    return httpx2.AsyncClient(transport=transport, base_url="http://guichet.test")


async def asked(counter: Counter, client: httpx2.AsyncClient, email: str) -> dict[str, str]:
    """What a browser that asked for a code sends back with it."""
    sent = await client.post(CODE, json={"email": email})
    assert sent.status_code == 202, sent.text
    return {"challenge": sent.json()["challenge"], "code": counter.code_sent_to(email)}


async def test_two_clicks_at_once_open_one_session(counter: Counter) -> None:
    client = browser(counter)
    body = await asked(counter, client, "clics@example.org")

    first, second = await asyncio.gather(client.post(SIGN_IN, json=body), client.post(SIGN_IN, json=body))

    assert (first.status_code, second.status_code) == (201, 201)
    assert first.json()["token"] == second.json()["token"]
    assert await sessions_of(counter, first.json()["account"]) == 1


async def test_six_sendings_on_a_slow_line_are_not_wrong_tries(counter: Counter) -> None:
    client = browser(counter)
    body = await asked(counter, client, "lente@example.org")

    answers = [await client.post(SIGN_IN, json=body) for _ in range(6)]

    assert {answer.status_code for answer in answers} == {201}
    assert len({answer.json()["token"] for answer in answers}) == 1


async def test_another_browser_that_has_read_the_code_is_refused(counter: Counter) -> None:
    mine, other = browser(counter), browser(counter)
    body = await asked(counter, mine, "volee@example.org")
    await asked(counter, other, "autre@example.org")
    await mine.post(SIGN_IN, json=body)

    assert (await other.post(SIGN_IN, json=body)).status_code == 401


async def test_a_session_that_was_ended_is_never_opened_again(counter: Counter) -> None:
    """Ended from elsewhere, the browser still having its secret: Back and the code again open nothing."""
    client = browser(counter)
    body = await asked(counter, client, "finie@example.org")
    opened = (await client.post(SIGN_IN, json=body)).json()
    bearer = {"Authorization": f"Bearer {opened['token']}"}
    assert (await client.delete("/v1/residents/session", headers=bearer)).status_code == 204

    assert (await client.post(SIGN_IN, json=body)).status_code == 401


async def test_the_older_of_two_codes_is_taken_too(counter: Counter) -> None:
    client = browser(counter)
    older = await asked(counter, client, "deux@example.org")
    newer = await asked(counter, client, "deux@example.org")
    assert older["code"] != newer["code"]

    late = await client.post(SIGN_IN, json={"challenge": newer["challenge"], "code": older["code"]})
    again = await client.post(SIGN_IN, json={"challenge": newer["challenge"], "code": older["code"]})
    early = await client.post(SIGN_IN, json={"challenge": older["challenge"], "code": newer["code"]})

    assert (late.status_code, again.status_code, early.status_code) == (201, 201, 201)
    assert late.json()["token"] == again.json()["token"] != early.json()["token"]


async def test_a_page_older_than_its_code_takes_the_code_asked_since(counter: Counter) -> None:
    client = browser(counter)
    older = await asked(counter, client, "vieille@example.org")
    await moved_back(counter, older["challenge"], minutes=11)
    newer = await asked(counter, client, "vieille@example.org")

    expired = await client.post(SIGN_IN, json=older)
    taken = await client.post(SIGN_IN, json={"challenge": older["challenge"], "code": newer["code"]})
    await moved_back(counter, older["challenge"], minutes=60)
    forgotten = await client.post(SIGN_IN, json={"challenge": older["challenge"], "code": newer["code"]})

    assert (expired.status_code, taken.status_code, forgotten.status_code) == (401, 201, 401)


async def test_wrong_tries_close_their_own_page_alone(counter: Counter) -> None:
    """Whoever tries codes for somebody's address does not close the page of that person."""
    mine, thief = browser(counter), browser(counter)
    theirs = await asked(counter, thief, "visee@example.org")
    body = await asked(counter, mine, "visee@example.org")
    wrong = f"{(int(body['code']) + 1) % 10**8:08d}"

    for _ in range(5):
        await thief.post(SIGN_IN, json={**theirs, "code": wrong})

    assert (await thief.post(SIGN_IN, json=theirs)).status_code == 401
    assert (await mine.post(SIGN_IN, json=body)).status_code == 201


@pytest.mark.parametrize(
    "written",
    ["{0}-{1}", "{0} {1}.", " {0}\u00a0{1} ", "{0}\u202f{1}", "{0}\u2011{1}", "{0}\u200b{1}\u200e", "« {0} {1} »"],
)
async def test_a_code_is_read_however_it_is_written(counter: Counter, written: str) -> None:
    client = browser(counter)
    body = await asked(counter, client, "ecrit@example.org")
    said = written.format(body["code"][:4], body["code"][4:])

    assert (await client.post(SIGN_IN, json={**body, "code": said})).status_code == 201


@pytest.mark.parametrize("written", ["{0}", "{0}1{1}", "{0}{1}a", "²{0}{1}"])
async def test_what_is_not_eight_digits_is_said_so(counter: Counter, written: str) -> None:
    client = browser(counter)
    body = await asked(counter, client, "pas@example.org")

    answer = await client.post(SIGN_IN, json={**body, "code": written.format(body["code"][:4], body["code"][4:])})

    assert answer.status_code == 422


async def test_staff_who_click_twice_open_one_session_and_their_code_is_spent_for_others(counter: Counter) -> None:
    mine, other = browser(counter), browser(counter)
    # A page of ours gives a browser its secret; the code of an address does too.
    for client in (mine, other):
        await asked(counter, client, "agent@example.org")
    body = (await counter.staff("agent")).factors()

    first, second = await asyncio.gather(*(mine.post("/v1/agents/sign-in", json=body) for _ in range(2)))
    elsewhere = await other.post("/v1/agents/sign-in", json=body)

    assert (first.status_code, second.status_code, elsewhere.status_code) == (201, 201, 401)
    assert first.json()["token"] == second.json()["token"]


async def sessions_of(counter: Counter, account: str) -> int:
    """How many sessions an account has."""
    async with counter.owner.transaction(OWNER) as connection:
        found = await connection.execute(
            text("SELECT count(*) FROM session WHERE account = :id"), {"id": UUID(account)}
        )
        return int(found.scalar_one())


async def moved_back(counter: Counter, challenge: str, *, minutes: int) -> None:
    """As if that code had been asked for earlier."""
    async with counter.owner.transaction(OWNER) as connection:
        await connection.execute(
            text("UPDATE sign_in_code SET expires_at = expires_at - make_interval(mins => :minutes) WHERE id = :id"),
            {"id": challenge, "minutes": minutes},
        )
