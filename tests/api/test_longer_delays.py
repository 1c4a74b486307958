"""An agent suspends, resumes and prolongs through the API: everybody sees the date that comes of it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from uuid_utils.compat import uuid7

from catalogue.loader import catalogue
from domain.actors import Actor
from domain.calendar import Delay, civil
from domain.filing import File
from storage.engine.database import WORKING, Database
from storage.engine.legal_time import legal_now, move_clock
from storage.engine.settings import Settings
from storage.register import filing
from tests.api.conftest import opened_counter
from tests.api.counter import Counter, SignedIn
from tests.api.journeys import act, example

SLUG = "agrement-assistant-maternel"
LONGER = Delay(months=2)
PAGES = "suspend", "resume", "extend"


@pytest.fixture
async def alone(own_settings: Settings) -> AsyncIterator[Counter]:
    """A counter whose legal clock the test may move."""
    async with opened_counter(own_settings) as counter:
        yield counter


@pytest.fixture
async def worker(own_settings: Settings) -> AsyncIterator[Database]:
    """The database as the worker reaches it."""
    database = Database(own_settings, "worker", size=2)
    yield database
    await database.close()


async def deposited(worker: Database, resident: SignedIn, extension: Delay | None) -> str:
    """A complete request, whose plan allows that prolongation: no shipped procedure has a text for one."""
    plan = replace(catalogue().plan(SLUG), extension=extension)
    form, dossier = example(SLUG)["form"], uuid7()
    pieces = {piece.key: (uuid7(),) for piece in plan.pieces if piece.required_for(form)}
    actor = Actor(kind="resident", id=resident.account)
    owner = filing.Owner(resident=resident.account)
    await filing.deposit(worker, WORKING, dossier, File(form=form, pieces=pieces), actor, plan=plan, owner=owner)
    return str(dossier)


async def later(worker: Database, days: int) -> date:
    """Some days later; the civil day it then is."""
    async with worker.transaction(WORKING) as connection:
        now = await legal_now(connection)
    await move_clock(worker, now + timedelta(days=days), fixed=True)
    return civil(now + timedelta(days=days))


async def clock(person: SignedIn, dossier: str) -> dict[str, Any]:
    """The clock as this person sees it, with `next` and `suspended`."""
    shown = (await person.get(f"dossiers/{dossier}")).json()
    return {**shown["clock"], "next": shown["next"], "suspended": shown["suspended"]}


async def test_a_delay_is_suspended_resumed_and_prolonged(alone: Counter, worker: Database) -> None:
    anne = await alone.resident()
    agent = await alone.agent("pmi", procedures=(SLUG,))
    dossier = await deposited(worker, anne, LONGER)
    first = await clock(anne, dossier)
    start = date.fromisoformat(first["started"])

    begun = await later(worker, 5)
    suspended = await act(agent, dossier, "suspend", {"reasons": "L'original du diplôme est demandé."})
    assert suspended.status_code == 200, suspended.text
    for person in (anne, agent):
        told = await clock(person, dossier)
        assert (told["suspended"], told["expires"], told["born"], told["next"]) == (True, None, None, None)
    ended = await later(worker, 12)
    resumed = await act(agent, dossier, "resume")
    assert resumed.status_code == 200, resumed.text
    told, stopped = await clock(anne, dossier), ended - begun
    assert (told["suspended"], date.fromisoformat(told["expires"])) == (
        False, Delay(months=3).last_day(start) + stopped,
    )  # fmt: skip

    extended = await act(agent, dossier, "extend", {"reasons": "L'avis du médecin est attendu."})
    assert extended.status_code == 200, extended.text
    told = await clock(anne, dossier)
    assert date.fromisoformat(told["expires"]) == Delay(months=5).last_day(start) + stopped
    assert told["born"] == told["expires"]
    assert (told["next"]["kind"], told["next"]["on"]) == ("silence", told["born"])
    again = await act(agent, dossier, "extend", {"reasons": "Encore."})
    assert (again.status_code, again.json()["type"]) == (409, "/problems/not-now")
    assert "déjà été prolongé" in again.json()["detail"]


async def test_what_no_text_allows_is_refused_and_only_agents_may(alone: Counter, worker: Database) -> None:
    """The shipped plan has no prolongation; a resident and an agent of another group have no such act."""
    anne = await alone.resident()
    agent, stranger = await alone.agent("pmi", procedures=(SLUG,)), await alone.agent("cada", procedures=("x",))
    dossier = await deposited(worker, anne, None)
    before = await clock(anne, dossier)

    extended = await act(agent, dossier, "extend", {"reasons": "L'avis du médecin est attendu."})
    unmotivated = await act(agent, dossier, "suspend", {"reasons": " "})
    resumed = await act(agent, dossier, "resume")

    assert [one.status_code for one in (extended, resumed)] == [409, 409]
    assert "Aucun texte ne permet de prolonger" in extended.json()["detail"]
    assert (unmotivated.status_code, unmotivated.json()["type"]) == (409, "/problems/reasons-missing")
    seen = {"If-Match": (await agent.get(f"dossiers/{dossier}")).headers["ETag"], "Idempotency-Key": str(uuid7())}
    for name in PAGES:
        body = {} if name == "resume" else {"reasons": "Moi."}
        theirs = await anne.post(f"dossiers/{dossier}/acts/{name}", json=body, headers=seen)
        foreign = await stranger.post(f"dossiers/{dossier}/acts/{name}", json=body, headers=seen)
        assert (theirs.status_code, foreign.status_code) == (404, 404)
    assert await clock(anne, dossier) == before
