"""Residents sign in by a code: same answers for everybody, five tries, once, ten minutes."""

from __future__ import annotations

from uuid import uuid4

from sqlalchemy import text

from tests.api.counter import OWNER, Counter

CODE = "/v1/residents/sign-in/code"
SIGN_IN = "/v1/residents/sign-in"


async def test_a_code_sent_by_e_mail_opens_a_session_and_makes_the_account(counter: Counter) -> None:
    anne = await counter.resident()

    who = (await anne.get("session")).json()

    assert who["audience"] == "resident"
    assert who["account"] == str(anne.account)


async def test_the_same_address_is_the_same_account_however_it_is_spelled(counter: Counter) -> None:
    first = await counter.resident("Yann.LeBras@example.org".lower())
    asked = await counter.client.post(CODE, json={"email": " Yann.LeBras@Example.org"})
    body = {"challenge": asked.json()["challenge"], "code": counter.code_sent_to("yann.lebras@example.org")}
    again = await counter.client.post(SIGN_IN, json=body)

    assert again.json()["account"] == str(first.account)


async def test_the_answer_is_the_same_whether_the_account_exists_or_not(counter: Counter) -> None:
    known = await counter.resident()

    for_known = await counter.client.post(CODE, json={"email": known.email})
    for_stranger = await counter.client.post(CODE, json={"email": f"{uuid4().hex}@example.org"})

    assert for_known.status_code == for_stranger.status_code == 202
    assert for_known.json().keys() == for_stranger.json().keys()
    assert for_known.json()["expires_in_seconds"] == for_stranger.json()["expires_in_seconds"] == 600


async def test_a_code_serves_once(counter: Counter) -> None:
    asked = await counter.client.post(CODE, json={"email": "once@example.org"})
    body = {"challenge": asked.json()["challenge"], "code": counter.code_sent_to("once@example.org")}

    first = await counter.client.post(SIGN_IN, json=body)
    counter.client.cookies.clear()
    second = await counter.client.post(SIGN_IN, json=body)

    assert first.status_code == 201
    assert second.status_code == 401
    assert second.json()["type"] == "/problems/code-refused"


async def test_after_five_wrong_tries_even_the_good_code_is_refused(counter: Counter) -> None:
    asked = await counter.client.post(CODE, json={"email": "tries@example.org"})
    challenge, good = asked.json()["challenge"], counter.code_sent_to("tries@example.org")
    wrong = f"{(int(good) + 1) % 10**8:08d}"

    refused = [await counter.client.post(SIGN_IN, json={"challenge": challenge, "code": wrong}) for _ in range(5)]
    last = await counter.client.post(SIGN_IN, json={"challenge": challenge, "code": good})

    assert {answer.status_code for answer in refused} == {401}
    assert last.status_code == 401


async def test_after_four_wrong_tries_the_good_code_is_still_accepted(counter: Counter) -> None:
    asked = await counter.client.post(CODE, json={"email": "four@example.org"})
    challenge, good = asked.json()["challenge"], counter.code_sent_to("four@example.org")
    for _ in range(4):
        await counter.client.post(SIGN_IN, json={"challenge": challenge, "code": f"{(int(good) + 1) % 10**8:08d}"})

    assert (await counter.client.post(SIGN_IN, json={"challenge": challenge, "code": good})).status_code == 201


async def test_a_code_older_than_ten_minutes_is_refused(counter: Counter) -> None:
    asked = await counter.client.post(CODE, json={"email": "late@example.org"})
    body = {"challenge": asked.json()["challenge"], "code": counter.code_sent_to("late@example.org")}
    async with counter.owner.transaction(OWNER) as connection:
        await connection.execute(
            text("UPDATE sign_in_code SET expires_at = expires_at - interval '10 minutes' WHERE id = :id"),
            {"id": body["challenge"]},
        )

    assert (await counter.client.post(SIGN_IN, json=body)).status_code == 401


async def test_a_code_of_another_challenge_is_refused(counter: Counter) -> None:
    first = await counter.client.post(CODE, json={"email": "one@example.org"})
    await counter.client.post(CODE, json={"email": "two@example.org"})
    body = {"challenge": first.json()["challenge"], "code": counter.code_sent_to("two@example.org")}

    assert (await counter.client.post(SIGN_IN, json=body)).status_code == 401


async def test_neither_code_nor_address_lies_in_clear_in_the_database(counter: Counter) -> None:
    await counter.client.post(CODE, json={"email": "hidden@example.org"})
    code = counter.code_sent_to("hidden@example.org")
    anne = await counter.resident("hidden.too@example.org")
    async with counter.owner.transaction(OWNER) as connection:
        rows = [
            str(await_row)
            for table in ("sign_in_code", "account", "session", "rate_limit")
            for await_row in (await connection.execute(text(f"SELECT * FROM {table}"))).all()  # noqa: S608 (constants)
        ]

    everything = "\n".join(rows)
    for secret in (code, "hidden@example.org", "hidden.too@example.org", anne.token):
        assert secret not in everything


async def test_a_disabled_resident_cannot_sign_in(counter: Counter) -> None:
    anne = await counter.resident()
    administrator = await counter.administrator()
    assert (await administrator.post(f"accounts/{anne.account}/disable")).status_code == 204

    asked = await counter.client.post(CODE, json={"email": anne.email})
    body = {"challenge": asked.json()["challenge"], "code": counter.code_sent_to(anne.email)}

    assert (await counter.client.post(SIGN_IN, json=body)).status_code == 401
    assert (await anne.get("session")).status_code == 401


async def test_the_seventh_code_within_the_hour_for_an_address_waits(counter: Counter) -> None:
    answers = [await counter.client.post(CODE, json={"email": "often@example.org"}) for _ in range(7)]

    assert [answer.status_code for answer in answers] == [202] * 6 + [429]
    assert 0 < int(answers[-1].headers["Retry-After"]) <= 600
    assert answers[-1].json()["type"] == "/problems/too-many-requests"
