"""Every limit of what anybody may call is met by the route that it protects, and says how long to wait."""

from __future__ import annotations

from uuid import uuid4

import pytest
from sqlalchemy import text

from api.sign_in import limits
from storage.accounts.rate_limits import SLACK, Limit
from tests.api.counter import OWNER, PASSWORD, Counter

HERE = "127.0.0.1"
SOMEBODY = "anne@example.org"
CODE = ("/v1/residents/sign-in/code", {"email": SOMEBODY})
TRY = ("/v1/residents/sign-in", {"challenge": str(uuid4()), "code": "12345678"})
SIGN_IN = ("/v1/agents/sign-in", {"email": SOMEBODY, "password": "not the password", "code": "123456"})
REACHED = [
    (limits.CODE_PER_ADDRESS_AND_NETWORK, f"{SOMEBODY}|{HERE}", CODE),
    (limits.CODE_PER_ADDRESS, SOMEBODY, CODE),
    (limits.CODE_PER_NETWORK, HERE, CODE),
    (limits.CODE_FOR_ALL, "", CODE),
    (limits.TRY_PER_NETWORK, HERE, TRY),
    (limits.PASSWORD_PER_ACCOUNT_AND_NETWORK, f"agent|{SOMEBODY}|{HERE}", SIGN_IN),
    (limits.PASSWORD_PER_ACCOUNT, f"agent|{SOMEBODY}", SIGN_IN),
    (limits.PASSWORD_PER_NETWORK, HERE, SIGN_IN),
    (limits.PASSWORD_FOR_ALL, "", SIGN_IN),
]


async def spent(counter: Counter, limit: Limit, whom: str) -> None:
    """Use that limit up and a little more, within what a clock may be put back by: a share given back admits nobody."""
    bucket = counter.settings.master.fingerprint(whom, f"rate|{limit.name}")
    full = text(
        "INSERT INTO rate_limit VALUES (:bucket, clock_timestamp() + CAST(:period AS interval))"
        " ON CONFLICT (bucket) DO UPDATE SET full_until = excluded.full_until"
    )
    async with counter.owner.transaction(OWNER) as connection:
        await connection.execute(full, {"bucket": bucket, "period": limit.period + SLACK * 0.9})


@pytest.mark.parametrize(("limit", "whom", "call"), REACHED, ids=[limit.name for limit, _, _ in REACHED])
async def test_a_limit_used_up_refuses_the_next_call(
    counter: Counter, limit: Limit, whom: str, call: tuple[str, dict[str, str]]
) -> None:
    """The same call before it is answered otherwise; somebody else's bucket changes nothing."""
    path, body = call
    await spent(counter, limit, "somebody else")
    before = await counter.client.post(path, json=body)
    async with counter.owner.transaction(OWNER) as connection:
        await connection.execute(text("DELETE FROM rate_limit"))
    await spent(counter, limit, whom)

    refused = await counter.client.post(path, json=body)

    assert before.status_code in {202, 401}
    assert (refused.status_code, refused.json()["type"]) == (429, "/problems/too-many-requests")
    share = limit.period / limit.count
    assert 0 < int(refused.headers["Retry-After"]) <= (limit.period + share).total_seconds() + 1


@pytest.mark.parametrize("limit", [limits.PASSWORD_PER_ACCOUNT, limits.PASSWORD_PER_NETWORK], ids=lambda one: one.name)
async def test_changing_one_s_password_is_counted_too(counter: Counter, limit: Limit) -> None:
    """Otherwise a stolen session would try passwords for ever."""
    agent = await counter.sign_in(await counter.staff("agent"))
    async with counter.owner.transaction(OWNER) as connection:
        await connection.execute(text("DELETE FROM rate_limit"))
    await spent(counter, limit, HERE if limit is limits.PASSWORD_PER_NETWORK else str(agent.account))

    refused = await agent.post("password", json={"password": PASSWORD, "new_password": "kenavo ar wech all"})

    assert refused.status_code == 429
