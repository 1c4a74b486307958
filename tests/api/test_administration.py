"""Administrators manage accounts, groups, organisations, factors and tokens; each act is logged, none twice."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest

from tests.api.counter import PASSWORD, Counter, SignedIn, Staff, secret_in


async def logged(administrator: SignedIn, target: object) -> list[str]:
    """The acts logged on a target, the latest first."""
    entries = (await administrator.get("log", params={"limit": 100})).json()
    mine = [one for one in entries if one["target"] == str(target)]
    assert {one["actor"] for one in mine} <= {str(administrator.account), None}
    return [one["action"] for one in mine]


def new_agent(**more: Any) -> dict[str, Any]:
    """The body of an agent's account."""
    return {"audience": "agent", "email": f"{uuid4().hex[:10]}@example.org", "name": "Gaël Riou", **more}


WEAK = ["short", "aaaaaaaaaaaaaaaa", "gael-riou-2026", "motdepasse2026", "azertyuiop123", "Bienvenue-2026"]


def proof(chief: Staff) -> dict[str, str]:
    """The administrator's next code, given again."""
    return {"X-Second-Factor": chief.factors(drift=1)["code"]}


async def test_an_account_is_made_with_both_factors_shown_once(counter: Counter) -> None:
    administrator = await counter.administrator()
    body = new_agent()

    made = (await administrator.post("accounts", json=body)).json()
    staff = Staff(
        id=made["id"],
        audience="agent",
        email=body["email"],
        secret=secret_in(made["otpauth_uri"]),
        password=made["password"],
    )
    shown = (await administrator.get(f"accounts/{made['id']}")).json()

    opened = await counter.client.post("/v1/agents/sign-in", json=staff.factors() | {"new_password": PASSWORD})
    assert opened.status_code == 201, opened.text
    assert (shown["email"], shown["name"]) == (body["email"], "Gaël Riou")
    assert made["password"] not in str(shown)
    assert "password" not in shown
    assert await logged(administrator, made["id"]) == ["account.add"]


async def test_the_same_address_makes_one_account_per_audience(counter: Counter) -> None:
    administrator = await counter.administrator()
    body = new_agent()

    first = await administrator.post("accounts", json=body)
    again = await administrator.post("accounts", json=body | {"email": body["email"].upper()})
    elsewhere = await administrator.post("accounts", json=body | {"audience": "mediator"})

    assert [first.status_code, again.status_code, elsewhere.status_code] == [201, 409, 201]
    assert again.json()["type"] == "/problems/already-exists"


@pytest.mark.parametrize("password", WEAK)
async def test_a_weak_password_is_refused_and_nothing_is_made(counter: Counter, password: str) -> None:
    administrator = await counter.administrator()
    body = new_agent(email=f"gael-riou{'' if password.startswith('gael') else uuid4().hex}@example.org")

    answer = await administrator.post("accounts", json=body | {"password": password})

    assert (answer.status_code, answer.json()["type"]) == (422, "/problems/weak-password")
    assert body["email"] not in (await administrator.get("accounts", params={"limit": 100})).text


async def test_disabling_ends_sessions_at_once_and_enabling_lets_in_again(counter: Counter) -> None:
    administrator, staff = await counter.administrator(), await counter.staff("agent")
    agent = await counter.sign_in(staff)

    assert (await administrator.post(f"accounts/{staff.id}/disable")).status_code == 204
    assert (await agent.get("session")).status_code == 401
    assert (await counter.client.post("/v1/agents/sign-in", json=staff.factors(drift=1))).status_code == 401
    assert (await administrator.post(f"accounts/{staff.id}/enable")).status_code == 204
    assert (await counter.client.post("/v1/agents/sign-in", json=staff.factors(drift=1))).status_code == 201
    assert await logged(administrator, staff.id) == ["account.enable", "account.disable", "account.add"]


async def test_nobody_shuts_oneself_out(counter: Counter) -> None:
    administrator = await counter.administrator()

    answer = await administrator.post(f"accounts/{administrator.account}/disable")

    assert (answer.status_code, answer.json()["type"]) == (409, "/problems/account-not-concerned")


async def test_a_replaced_second_factor_ends_sessions_and_the_old_one_opens_nothing(counter: Counter) -> None:
    chief, staff = await counter.staff("administrator"), await counter.staff("agent")
    administrator, agent = await counter.sign_in(chief), await counter.sign_in(staff)

    made = await administrator.post(f"accounts/{staff.id}/second-factor", headers=proof(chief))

    assert (await agent.get("session")).status_code == 401
    assert (await counter.client.post("/v1/agents/sign-in", json=staff.factors(drift=1))).status_code == 401
    staff.secret = secret_in(made.json()["otpauth_uri"])
    assert (await counter.sign_in(staff)).account == staff.id


async def test_a_replaced_password_ends_sessions_and_the_old_one_opens_nothing(counter: Counter) -> None:
    chief, staff = await counter.staff("administrator"), await counter.staff("agent")
    administrator, agent = await counter.sign_in(chief), await counter.sign_in(staff)

    made = await administrator.post(f"accounts/{staff.id}/password", headers=proof(chief))

    assert (await agent.get("session")).status_code == 401
    assert (await counter.client.post("/v1/agents/sign-in", json=staff.factors(drift=1))).status_code == 401
    staff.password = made.json()["password"]
    refused = await counter.client.post("/v1/agents/sign-in", json=staff.factors(drift=1))
    assert (refused.status_code, refused.json()["type"]) == (403, "/problems/password-to-change")
    for weak in (staff.password, "azertyuiop1234", "Guichet29000!"):
        body = staff.factors(drift=1) | {"new_password": weak}
        answer = await counter.client.post("/v1/agents/sign-in", json=body)
        assert (answer.status_code, answer.json()["type"]) == (422, "/problems/weak-password"), weak
    chosen = staff.factors(drift=1) | {"new_password": "kenavo ar wech all"}
    assert (await counter.client.post("/v1/agents/sign-in", json=chosen)).status_code == 201
    staff.password = "kenavo ar wech all"
    assert (await counter.client.post("/v1/agents/sign-in", json=staff.factors(drift=1))).status_code == 401


async def test_nobody_s_ways_in_are_touched_without_the_second_factor_again(counter: Counter) -> None:
    """No code, a wrong one, one that has served: a stolen session resets nothing; and the tries are counted."""
    chief, staff = await counter.staff("administrator"), await counter.staff("agent")
    spent = {"X-Second-Factor": chief.factors()["code"]}
    administrator = await counter.sign_in(chief)
    place = f"accounts/{staff.id}"
    touching = [("POST", f"{place}/second-factor"), ("POST", f"{place}/password"), ("DELETE", f"{place}/identities")]
    wrong, params = {"X-Second-Factor": "12345"}, {"issuer": "https://franceconnect.example"}

    for method, path in touching:
        for headers in ({}, spent, wrong):
            refused = await administrator.call(method, path, headers=headers, params=params)
            assert (refused.status_code, refused.json()["type"]) == (403, "/problems/second-factor-needed")
    assert (await counter.client.post("/v1/agents/sign-in", json=staff.factors())).status_code == 201
    tries = [(await administrator.post(f"{place}/password", headers=wrong)).status_code for _ in range(3)]

    assert tries[-1] == 429


async def test_a_resident_has_no_factor_to_reset(counter: Counter) -> None:
    chief, anne = await counter.staff("administrator"), await counter.resident()
    administrator = await counter.sign_in(chief)

    answer = await administrator.post(f"accounts/{anne.account}/second-factor", headers=proof(chief))

    assert (answer.status_code, answer.json()["type"]) == (409, "/problems/account-not-concerned")


async def test_groups_serve_procedures_and_their_members_have_roles(counter: Counter) -> None:
    administrator, agent = await counter.administrator(), await counter.agent()
    slug = f"pmi-{uuid4().hex[:8]}"

    made = await administrator.post("groups", json={"slug": slug, "title": "PMI", "procedures": ["b", "a"]})
    await administrator.call("PUT", f"groups/{slug}/members/{agent.account}", json={"role": "reader"})
    await administrator.call("PUT", f"groups/{slug}/members/{agent.account}", json={"role": "signatory"})
    await administrator.call("PUT", f"groups/{slug}/procedures", json={"procedures": ["apa-domicile"]})
    (listed,) = [one for one in (await administrator.get("groups")).json() if one["slug"] == slug]

    assert made.status_code == 201
    assert listed == {"slug": slug, "title": "PMI", "procedures": ["apa-domicile"], "members": 1}
    assert (await administrator.get(f"groups/{slug}/members")).json() == [
        {"account": str(agent.account), "role": "signatory"}
    ]
    assert (await agent.get("session")).json()["groups"] == {slug: "signatory"}
    assert (await administrator.post("groups", json={"slug": slug, "title": "x"})).status_code == 409


async def test_only_agents_enter_groups_and_only_mediators_organisations(counter: Counter) -> None:
    administrator, (mediator, organisation) = await counter.administrator(), await counter.mediator()
    agent = await counter.agent("test-group")

    wrong_group = await administrator.call(
        "PUT", f"groups/test-group/members/{mediator.account}", json={"role": "reader"}
    )
    wrong_organisation = await administrator.call("PUT", f"organisations/{organisation}/members/{agent.account}")

    assert wrong_group.status_code == wrong_organisation.status_code == 404


async def test_a_mediator_changes_organisation_and_leaves_it(counter: Counter) -> None:
    administrator, (mediator, before) = await counter.administrator(), await counter.mediator()
    after = (await administrator.post("organisations", json={"name": "Maison France services"})).json()["id"]

    await administrator.call("PUT", f"organisations/{after}/members/{mediator.account}")
    assert (await mediator.get("session")).json()["organisation"] == after
    assert (await administrator.get(f"organisations/{before}/members")).json() == []
    await administrator.call("DELETE", f"organisations/{after}/members/{mediator.account}")
    assert (await mediator.get("session")).json()["organisation"] is None


async def test_the_list_of_accounts_goes_on_by_cursor_without_repeating(counter: Counter) -> None:
    administrator = await counter.administrator()
    made = {str((await counter.staff("mediator")).id) for _ in range(3)}
    seen: list[str] = []
    url: str | None = "/v1/admin/accounts?audience=mediator&limit=2"
    while url is not None:
        answer = await administrator.get(url)
        seen += [one["id"] for one in answer.json()]
        url = answer.links.get("next", {}).get("url")

    assert made <= set(seen)
    assert len(seen) == len(set(seen))


@pytest.mark.parametrize("path", ["accounts", "log"])
async def test_a_cursor_we_did_not_write_is_refused(counter: Counter, path: str) -> None:
    administrator = await counter.administrator()
    for cursor in ("nonsense", "WyJ4Il0", "W10", "eyJhIjoxfQ"):
        answer = await administrator.get(path, params={"cursor": cursor})
        assert (answer.status_code, answer.json()["type"]) == (400, "/problems/cursor-malformed")


async def test_every_administrators_route_is_closed_to_everybody_else(counter: Counter) -> None:
    """Each operation under /v1/admin but signing in: 401 without a session, 403 with another's."""
    agent, anne = await counter.agent(), await counter.resident()
    operations = [
        (method.upper(), path.replace("{", "").replace("}", ""))
        for path, item in counter.app.openapi()["paths"].items()
        for method in item
        if path.startswith("/v1/admin/") and path != "/v1/admin/sign-in"
    ]

    assert len(operations) > 20
    for method, path in operations:
        assert (await counter.client.request(method, path)).status_code == 401, path
        assert (await agent.call(method, path)).status_code == 403, path
        assert (await anne.call(method, path)).status_code == 403, path
