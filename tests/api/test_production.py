"""Production does not begin with what would leak or lie, stops when its clock lies, and says what it lacks."""

from __future__ import annotations

from typing import get_args

import httpx2
import psycopg
import pytest
from sqlalchemy import text

from api.app import create_app, running
from api.production import Standing
from storage.engine.fitness import Unfit, unfit, unserved
from storage.engine.settings import NoAddress, Served, Settings
from tests.api.conftest import opened_counter
from tests.api.counter import OWNER, Counter
from tests.web.conftest import opened_site

FIT = {"mode": "production", "public_url": "https://guichet.example", "smtp_url": "smtp://127.0.0.1:9"}


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"public_url": "http://guichet.example"}, "PUBLIC_URL"),
        ({"public_url": "http://127.0.0.1:8000"}, "PUBLIC_URL"),
        ({"smtp_url": None}, "SMTP_URL"),
    ],
)
async def test_it_does_not_begin_in_clear_or_with_codes_in_a_folder(
    settings: Settings, change: dict[str, str | None], said: str
) -> None:
    served = settings.served_as("app")
    wrong = served.model_copy(update={**FIT, **change})
    app = create_app(wrong)

    with pytest.raises(Unfit, match=said):
        async with running(wrong, app):
            pass
    assert unfit(served.model_copy(update=FIT)) == []
    assert unfit(wrong.model_copy(update={"mode": "demonstration"})) == []


async def test_it_does_not_begin_with_the_owner_s_address(settings: Settings) -> None:
    """Nor does the worker, nor a command: each needs its own role's; demonstrations let one secret be enough."""
    told = settings.model_copy(update=FIT)
    with pytest.raises(Unfit, match="DATABASE_URL est l'adresse de qui possède la base"):
        async with running(told, create_app(told)):
            pass
    assert [unserved(told.served_as(role), role) for role in get_args(Served)] == [[], [], []]
    assert unserved(told.served_as("app"), "worker") == ["WORKER_DATABASE_URL n'est pas défini."]
    assert unserved(settings, "worker") == []


def test_what_serves_pages_reaches_the_database_as_its_own_role_alone(settings: Settings) -> None:
    """The worker's and the owner's rooms of the database are closed to it, even by a page that would want them."""
    served = settings.served_as("app")
    for role in ("owner", "worker", "operator", "backup"):
        with pytest.raises(NoAddress):
            served.url_of(role)
    with psycopg.connect(served.url_of("app")) as app:
        assert app.execute("SELECT current_user").fetchone() == ("guichet_app",)


async def test_a_clock_moved_in_production_stops_everything_but_its_health(own_settings: Settings) -> None:
    """Whoever moved it; and it serves again once it follows real time."""
    async with opened_counter(own_settings.model_copy(update=FIT)) as counter:
        standing: Standing = counter.app.state.standing
        before = await counter.client.get("/v1/public/procedures")
        await _clock(counter, "UPDATE legal_clock SET mode = 'offset', ahead = interval '2 days'")
        await standing.look(counter.app.state.services)
        stopped = [await counter.client.get(path) for path in ("/v1/public/procedures", "/v1/residents/dossiers")]
        health = [(await counter.client.get(f"/health/{one}")).status_code for one in ("live", "ready")]

    assert before.status_code == 200
    assert [(one.status_code, one.headers["content-type"]) for one in stopped] == [
        (503, "application/problem+json")
    ] * 2
    assert "déplacée" in stopped[0].json()["detail"]
    assert health == [200, 503]


async def _clock(counter: Counter, statement: str) -> None:
    async with counter.owner.transaction(OWNER) as connection:
        await connection.execute(text(statement))


async def test_browsers_are_told_to_come_back_by_tls_alone_and_cookies_are_this_host_s(settings: Settings) -> None:
    over_tls = settings.model_copy(update={"public_url": "https://guichet.example"})
    async with opened_site(over_tls) as site:
        transport = httpx2.ASGITransport(app=site.counter.app, raise_app_exceptions=False)
        async with httpx2.AsyncClient(transport=transport, base_url="https://guichet.example") as client:
            staff = await site.counter.staff("agent")
            page = await client.get("/fr/")
            opened = await client.post("/v1/agents/sign-in", json=staff.factors() | {"transport": "cookie"})
            session = await client.get("/v1/agents/session")
            token = client.cookies["__Host-guichet_session"]
            client.cookies.clear()
            stray = await client.get("/v1/agents/session", headers={"Cookie": f"guichet_session={token}"})
    async with opened_site(settings) as site:
        plain = await site.visitor().get("/fr/")

    cookies = opened.headers.get_list("set-cookie")
    assert all(one.headers["strict-transport-security"] == "max-age=31536000" for one in (page, opened, session))
    assert "strict-transport-security" not in plain.headers
    assert {one.partition("=")[0] for one in cookies} == {"__Host-guichet_session", "__Host-guichet_connu"}
    assert all("; Path=/" in one and "Secure" in one and "HttpOnly" in one and "Domain" not in one for one in cookies)
    assert (session.status_code, stray.status_code) == (200, 401)


async def test_without_an_antivirus_readiness_says_so(settings: Settings) -> None:
    for clamd, lacks in ((None, 1), ("127.0.0.1:9", 0)):
        async with opened_counter(settings.model_copy(update={"clamd_address": clamd})) as counter:
            ready = await counter.client.get("/health/ready")
        assert (ready.status_code, len(ready.json()["warnings"])) == (200, lacks), ready.text


async def test_a_full_disk_is_a_problem_that_readiness_tells(own_settings: Settings) -> None:
    """PostgreSQL refuses to write, with its own code: what reads goes on, what writes is answered 503."""
    full = (
        "CREATE FUNCTION no_room() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
        " RAISE EXCEPTION 'could not extend file' USING ERRCODE = 'disk_full'; END $$"
    )
    async with opened_counter(own_settings) as counter:
        anne = await counter.resident()
        await _clock(counter, full)
        for table in ("rate_limit", "draft", "session"):
            every = f"CREATE TRIGGER no_room BEFORE INSERT OR UPDATE ON {table} EXECUTE FUNCTION no_room()"
            await _clock(counter, every)
        written = [
            await anne.post("drafts", json={"procedure": "acces-documents"}),
            await counter.client.post("/v1/residents/sign-in/code", json={"email": "anne@example.org"}),
        ]
        ready, read = await counter.client.get("/health/ready"), await anne.get("drafts")

    assert [(one.status_code, one.json()["type"]) for one in written] == [(503, "/problems/unavailable")] * 2
    assert all(one.headers["content-type"] == "application/problem+json" for one in (*written, ready))
    assert ready.status_code == 503
    assert [one["code"] for one in ready.json()["errors"]] == ["room"]
    assert "disque" in ready.json()["detail"]
    assert read.status_code == 200


async def test_a_full_disk_of_this_machine_is_a_problem_too(settings: Settings) -> None:
    """Whatever writes there, and in pages as in the API; another failure of the system stays a defect."""
    async with opened_counter(settings) as counter:

        async def writes() -> None:
            with open("/dev/full", "wb", buffering=0) as full:  # noqa: ASYNC230, PTH123
                full.write(b"x")

        async def reads() -> None:
            with open("/nowhere", "rb"):  # noqa: ASYNC230, PTH123
                pass

        routes = counter.app.router.routes[:]
        counter.app.add_api_route("/v1/writes", writes)
        counter.app.add_api_route("/v1/reads", reads)
        full, defect = await counter.client.get("/v1/writes"), await counter.client.get("/v1/reads")
        counter.app.router.routes[:] = routes

    assert (full.status_code, full.json()["type"]) == (503, "/problems/unavailable")
    assert (defect.status_code, defect.json()["type"]) == (500, "/problems/unexpected")
    assert full.headers["content-type"] == defect.headers["content-type"] == "application/problem+json"


async def test_every_function_of_walls_says_where_it_looks(counter: Counter) -> None:
    """In plpgsql, or as its owner: an object of whoever asks must not come before ours."""
    loose = text(
        "SELECT proname FROM pg_proc p JOIN pg_language l ON l.oid = p.prolang"
        " WHERE pronamespace = 'public'::regnamespace AND (l.lanname = 'plpgsql' OR prosecdef)"
        " AND NOT coalesce(array_to_string(proconfig, ','), '') LIKE '%search_path=%pg_temp%'"
    )
    async with counter.owner.transaction(OWNER) as connection:
        assert (await connection.execute(loose)).scalars().all() == []
