"""Sessions: opaque, killed on the server's side, idle and absolute limits, rotation, cookies with their CSRF token."""

from __future__ import annotations

import pytest
from sqlalchemy import text

from storage.accounts.accounts import Audience
from tests.api.counter import OWNER, Counter, SignedIn


async def age(counter: Counter, signed_in: SignedIn, change: str) -> None:
    """Change the stored session, as time would."""
    async with counter.owner.transaction(OWNER) as connection:
        await connection.execute(
            text(f"UPDATE session SET {change} WHERE account = :account"),  # noqa: S608 (constants)
            {"account": signed_in.account},
        )


async def test_signing_out_kills_the_session_on_the_server(counter: Counter) -> None:
    anne = await counter.resident()

    assert (await anne.call("DELETE", "session")).status_code == 204
    assert (await anne.get("session")).status_code == 401


@pytest.mark.parametrize(("minutes", "status"), [(14, 200), (16, 401)])
async def test_an_agent_is_signed_out_after_fifteen_idle_minutes(counter: Counter, minutes: int, status: int) -> None:
    agent = await counter.agent()
    await age(counter, agent, f"seen_at = clock_timestamp() - interval '{minutes} minutes'")

    assert (await agent.get("session")).status_code == status


async def test_each_request_puts_idleness_off(counter: Counter) -> None:
    agent = await counter.agent()
    await age(counter, agent, "seen_at = clock_timestamp() - interval '14 minutes'")
    await agent.get("session")
    await age(counter, agent, "seen_at = seen_at - interval '14 minutes'")

    assert (await agent.get("session")).status_code == 200


async def test_nobody_stays_more_than_eight_hours(counter: Counter) -> None:
    agent, anne = await counter.agent(), await counter.resident()
    for somebody in (agent, anne):
        await age(counter, somebody, "expires_at = expires_at - interval '7 hours 59 minutes'")
        assert (await somebody.get("session")).status_code == 200
        await age(counter, somebody, "expires_at = expires_at - interval '1 minute'")

        assert (await somebody.get("session")).status_code == 401


async def test_signing_in_again_ends_the_session_presented(counter: Counter) -> None:
    first = await counter.agent()
    staff = await counter.staff("agent")
    headers = {"Authorization": f"Bearer {first.token}"}

    await counter.client.post("/v1/agents/sign-in", json=staff.factors(), headers=headers)

    assert (await first.get("session")).status_code == 401


async def test_one_sees_and_ends_one_s_own_sessions_only(counter: Counter) -> None:
    anne, other = await counter.resident("anne.twice@example.org"), await counter.resident()
    elsewhere = await counter.resident("anne.twice@example.org")
    listed = (await anne.get("sessions")).json()
    others = (await other.get("sessions")).json()

    assert [one["current"] for one in listed].count(True) == 1
    assert len(listed) == 2
    assert (await anne.call("DELETE", f"sessions/{others[0]['id']}")).status_code == 404
    assert (await other.get("session")).status_code == 200
    assert (await anne.call("DELETE", "sessions")).status_code == 204
    assert (await elsewhere.get("session")).status_code == 401
    assert (await anne.get("session")).status_code == 200


@pytest.mark.parametrize("audience", ["resident", "agent", "mediator", "administrator"])
async def test_a_session_opens_one_space_only(counter: Counter, audience: Audience) -> None:
    spaces = {"resident": "residents", "agent": "agents", "mediator": "mediators", "administrator": "admin"}
    somebody = (
        await counter.resident() if audience == "resident" else await counter.sign_in(await counter.staff(audience))
    )

    for other, space in spaces.items():
        answer = await somebody.get(f"/v1/{space}/session")
        assert answer.status_code == (200 if other == audience else 403)
        if other != audience:
            assert answer.json()["type"] == "/problems/wrong-audience"


async def test_a_cookie_needs_its_csrf_token_for_what_changes_something(counter: Counter) -> None:
    staff = await counter.staff("agent")
    opened = await counter.client.post("/v1/agents/sign-in", json=staff.factors() | {"transport": "cookie"})
    cookie = opened.headers["Set-Cookie"]

    assert opened.json()["token"] is None
    assert "HttpOnly" in cookie
    assert "SameSite=lax" in cookie
    assert (await counter.client.get("/v1/agents/session")).json()["csrf_token"] == opened.json()["csrf_token"]
    forged = await counter.client.delete("/v1/agents/session")
    assert (forged.status_code, forged.json()["type"]) == (403, "/problems/csrf-token-missing")
    wrong = await counter.client.delete("/v1/agents/session", headers={"X-CSRF-Token": "0" * 64})
    assert wrong.status_code == 403
    good = await counter.client.delete("/v1/agents/session", headers={"X-CSRF-Token": opened.json()["csrf_token"]})
    assert good.status_code == 204
    assert (await counter.client.get("/v1/agents/session")).status_code == 401


async def test_a_member_taken_out_of_a_group_loses_it_at_the_next_request(counter: Counter) -> None:
    agent, administrator = await counter.agent("pmi-test", role="instructor"), await counter.administrator()
    assert (await agent.get("session")).json()["groups"] == {"pmi-test": "instructor"}

    await administrator.call("DELETE", f"groups/pmi-test/members/{agent.account}")

    assert (await agent.get("session")).json()["groups"] == {}


async def test_a_mediator_of_a_disabled_organisation_is_out_at_once(counter: Counter) -> None:
    mediator, organisation = await counter.mediator()
    administrator = await counter.administrator()
    assert (await mediator.get("session")).json()["organisation"] == str(organisation)

    await administrator.post(f"organisations/{organisation}/disable")

    assert (await mediator.get("session")).status_code == 401
