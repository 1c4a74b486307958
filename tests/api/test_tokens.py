"""Systems: scoped tokens that expire, are revoked at once, are kept hashed, and outlived by their system."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from fastapi import APIRouter
from sqlalchemy import text

from api.sign_in.identity import System
from tests.api.counter import OWNER, Counter, SignedIn


@pytest.fixture
async def gate(counter: Counter) -> Counter:
    """A route that only a system opens, on this test's application."""
    router = APIRouter()

    @router.get("/gate/{procedure}")
    async def pass_gate(procedure: str, system: System) -> dict[str, str]:
        system.refuse_unless(procedure, "deposit")
        return {"system": str(system.id), "name": system.actor.name, "procedures": ",".join(system.context.procedures)}

    counter.app.include_router(router)
    return counter


async def test_a_token_opens_what_its_scopes_say_and_nothing_else(gate: Counter) -> None:
    system = await gate.system("apa-domicile:deposit", "acces-documents:read")

    within = await system.get("/gate/apa-domicile")
    verb = await system.get("/gate/acces-documents")
    elsewhere = await system.get("/gate/agrement-assistant-maternel")

    assert within.json()["system"] == str(system.account)
    assert within.json()["procedures"] == "acces-documents"
    assert {verb.status_code, elsewhere.status_code} == {403}
    assert verb.json()["type"] == "/problems/token-out-of-scope"


async def test_every_procedure_is_a_scope_of_its_own(gate: Counter) -> None:
    system = await gate.system("*:deposit")

    assert (await system.get("/gate/anything")).status_code == 200


@pytest.mark.parametrize(
    "change", ["expires_at = clock_timestamp()", "revoked_at = clock_timestamp()"], ids=["expired", "revoked"]
)
async def test_a_token_past_its_end_opens_nothing(gate: Counter, change: str) -> None:
    system = await gate.system("apa-domicile:deposit")
    async with gate.owner.transaction(OWNER) as connection:
        await connection.execute(
            text(f"UPDATE system_token SET {change} WHERE system = :id"),  # noqa: S608 (constants)
            {"id": system.account},
        )

    assert (await system.get("/gate/apa-domicile")).status_code == 401


async def test_sessions_are_no_tokens_and_tokens_no_sessions(gate: Counter) -> None:
    system, agent = await gate.system("*:deposit"), await gate.agent()

    assert (await agent.get("/gate/apa-domicile")).status_code == 401
    for space in ("residents", "agents", "mediators", "admin"):
        assert (await system.get(f"/v1/{space}/session")).status_code == 401


async def test_an_administrator_gives_replaces_and_revokes_tokens(gate: Counter) -> None:
    administrator, name = await gate.administrator(), f"SI {uuid4().hex[:8]}"
    body = {"system": name, "scopes": ["apa-domicile:deposit"], "days": 90}

    first = (await administrator.post("tokens", json=body)).json()
    second = (await administrator.post("tokens", json=body)).json()
    listed = await administrator.get("tokens")
    assert (await administrator.call("DELETE", f"tokens/{first['id']}")).status_code == 204
    system = SignedIn(client=gate.client, space="systems", token=first["token"], account=UUID(first["system"]))

    assert first["system"] == second["system"]
    assert first["token"].startswith("gch_")
    assert first["token"] not in listed.text
    assert (await system.get("/gate/apa-domicile")).status_code == 401
    system.token = second["token"]
    assert (await system.get("/gate/apa-domicile")).status_code == 200


@pytest.mark.parametrize(
    "change",
    [
        {"days": 0},
        {"days": 401},
        {"days": "90"},
        {"scopes": []},
        {"scopes": ["apa-domicile"]},
        {"scopes": ["apa-domicile:destroy"]},
        {"scopes": ["../etc:read"]},
        {"forever": True},
    ],
)
async def test_a_token_without_end_or_with_unclear_rights_is_refused(
    counter: Counter, change: dict[str, object]
) -> None:
    administrator = await counter.administrator()
    body = {"system": "SI", "scopes": ["apa-domicile:deposit"], "days": 90} | change

    assert (await administrator.post("tokens", json=body)).status_code == 422


async def test_the_text_of_a_token_is_not_in_the_database(counter: Counter) -> None:
    system = await counter.system("apa-domicile:deposit")
    async with counter.owner.transaction(OWNER) as connection:
        rows = (await connection.execute(text("SELECT * FROM system_token"))).all()
        log = (await connection.execute(text("SELECT * FROM admin_log"))).all()

    assert system.token not in str(rows) + str(log)
    assert timedelta(hours=23) < max(row.expires_at - row.created_at for row in rows)
