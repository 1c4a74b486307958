"""Agents, mediators and administrators sign in by password and second factor; every failure looks alike."""

from __future__ import annotations

from statistics import median
from time import perf_counter

import pytest
from sqlalchemy import text

from storage.accounts.accounts import STAFF, Audience
from storage.accounts.administration import Office
from tests.api.counter import OWNER, SPACE, Counter


@pytest.mark.parametrize("audience", STAFF)
async def test_both_factors_open_a_session_of_that_audience(counter: Counter, audience: Audience) -> None:
    signed_in = await counter.sign_in(await counter.staff(audience))

    assert (await signed_in.get("session")).json()["audience"] == audience


async def test_every_failure_gives_the_same_answer(counter: Counter) -> None:
    staff = await counter.staff("agent")
    disabled = await counter.staff("agent")
    async with counter.owner.transaction(OWNER) as connection:
        await Office(connection, counter.settings.master, None).disable(disabled.id)
    good = staff.factors()
    tries = [
        good | {"password": "not the password"},
        good | {"code": staff.factors(drift=40)["code"]},
        good | {"email": "nobody@example.org"},
        disabled.factors(),
    ]

    answers = [await counter.client.post("/v1/agents/sign-in", json=body) for body in tries]

    told = [{key: value for key, value in answer.json().items() if key != "instance"} for answer in answers]
    assert {answer.status_code for answer in answers} == {401}
    assert all(one == told[0] for one in told)
    assert told[0]["type"] == "/problems/sign-in-refused"


async def test_a_code_that_has_served_is_refused_even_within_its_thirty_seconds(counter: Counter) -> None:
    staff = await counter.staff("agent")
    body = staff.factors()

    first = await counter.client.post("/v1/agents/sign-in", json=body)
    second = await counter.client.post("/v1/agents/sign-in", json=body)

    assert (first.status_code, second.status_code) == (201, 401)


async def test_a_code_older_than_the_last_one_spent_is_refused(counter: Counter) -> None:
    staff = await counter.staff("agent")

    after = await counter.client.post("/v1/agents/sign-in", json=staff.factors(drift=1))
    before = await counter.client.post("/v1/agents/sign-in", json=staff.factors(drift=0))

    assert (after.status_code, before.status_code) == (201, 401)


async def test_an_account_of_one_audience_does_not_open_another(counter: Counter) -> None:
    staff = await counter.staff("agent")

    assert (await counter.client.post("/v1/admin/sign-in", json=staff.factors())).status_code == 401


@pytest.mark.usefixtures("costly_passwords")
async def test_an_unknown_account_takes_as_long_as_a_wrong_password(counter: Counter) -> None:
    """Within half: without the dummy verification it would be more than ten times faster."""
    staff = await counter.staff("agent")
    wrong = staff.factors() | {"password": "not the password"}

    async def seconds(body: dict[str, str]) -> float:
        start = perf_counter()
        assert (await counter.client.post("/v1/agents/sign-in", json=body)).status_code == 401
        return perf_counter() - start

    known = median([await seconds(wrong) for _ in range(5)])
    unknown = median([await seconds(wrong | {"email": "nobody.at.all@example.org"}) for _ in range(5)])

    assert 0.5 < unknown / known < 2


@pytest.mark.usefixtures("costly_passwords")
async def test_passwords_are_kept_as_argon2id_and_secrets_sealed(counter: Counter) -> None:
    staff = await counter.staff("agent")
    async with counter.owner.transaction(OWNER) as connection:
        row = (await connection.execute(text("SELECT * FROM account WHERE id = :id"), {"id": staff.id})).one()

    assert row.password_hash.startswith("$argon2id$v=19$m=65536,t=3,p=4$")
    assert staff.secret.encode() not in row.totp_sealed


async def test_the_ninth_try_for_an_account_from_a_network_waits(counter: Counter) -> None:
    staff = await counter.staff("agent")
    wrong = staff.factors() | {"password": "not the password"}

    answers = [await counter.client.post("/v1/agents/sign-in", json=wrong) for _ in range(9)]

    assert [answer.status_code for answer in answers] == [401] * 8 + [429]
    assert int(answers[-1].headers["Retry-After"]) > 0


async def test_one_s_own_password_is_changed_with_the_present_one(counter: Counter) -> None:
    staff = await counter.staff("agent")
    agent = await counter.sign_in(staff)
    wrong = await agent.post("password", json={"password": "not mine", "new_password": "kenavo ar wech all"})
    weak = await agent.post("password", json={"password": staff.password, "new_password": "court"})
    good = await agent.post("password", json={"password": staff.password, "new_password": "kenavo ar wech all"})

    assert (wrong.status_code, weak.status_code, good.status_code) == (401, 422, 204)
    assert weak.json()["type"] == "/problems/weak-password"
    assert (await agent.get("session")).status_code == 200
    assert (await counter.client.post("/v1/agents/sign-in", json=staff.factors(drift=1))).status_code == 401
    staff.password = "kenavo ar wech all"
    assert (await counter.client.post("/v1/agents/sign-in", json=staff.factors(drift=1))).status_code == 201


async def test_no_header_names_the_user(counter: Counter) -> None:
    """Whatever a caller pretends to be, only a token counts."""
    administrator = await counter.staff("administrator")
    pretended = {
        name: str(administrator.id)
        for name in ("X-User", "X-User-Id", "X-Remote-User", "Remote-User", "X-Forwarded-User", "X-Account")
    }

    for audience in SPACE.values():
        answer = await counter.client.get(f"/v1/{audience}/session", headers=pretended)
        assert answer.status_code == 401
        assert answer.headers["WWW-Authenticate"].startswith("Bearer")
