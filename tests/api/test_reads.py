"""Reads are settled in memory and write nothing: past its instant, with no worker, everybody sees it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import date, datetime, timedelta
from typing import Any

import psycopg
import pytest

from catalogue.loader import catalogue
from domain.calendar import PARIS
from domain.days_in_words import day_in_words
from storage.engine.database import Database
from storage.engine.legal_time import move_clock
from storage.engine.settings import Settings
from tests.api.conftest import opened_counter
from tests.api.counter import Counter, SignedIn
from tests.api.journeys import drafted, example, given, submitted

A_MILLISECOND = timedelta(milliseconds=1)
STATUS = {
    "apa-domicile": "provisional",
    "agrement-assistant-maternel": "implied_acceptance",
    "acces-documents": "implied_rejection",
}
OF_THE_DOSSIER = {
    "dossier": "id",
    "journal": "dossier",
    "clock": "dossier",
    "queue_row": "dossier",
    "effect": "dossier",
    "carried": "dossier",
    "search_token": "dossier",
}


@pytest.fixture
async def alone(own_settings: Settings) -> AsyncIterator[Counter]:
    """A counter with a database of its own; no worker ever looks at it."""
    async with opened_counter(own_settings) as counter:
        yield counter


async def complete(anne: SignedIn, slug: str) -> str:
    """The worked example filed with every piece it owes; gives its id."""
    draft = await drafted(anne, slug)
    for piece in catalogue().plan(slug).pieces:
        if piece.required_for(example(slug)["form"]):
            await given(anne, f"drafts/{draft}", piece.key)
    filed: str = (await submitted(anne, draft))["id"]
    return filed


async def fixed(settings: Settings, at: datetime) -> None:
    """The legal clock stopped at an instant; every dossier is signalled, and nobody is there to hear."""
    worker = Database(settings, "worker", size=1)
    await move_clock(worker, at, fixed=True)
    await worker.close()


def rows(settings: Settings, dossier: str) -> dict[str, list[Any]]:
    """Everything stored of a dossier, and every move told to the relay."""
    with psycopg.connect(settings.database_url) as owner:
        found = {
            table: owner.execute(f"SELECT * FROM {table} WHERE {key} = %s ORDER BY 1, 2", (dossier,)).fetchall()  # noqa: S608 (names of this file)
            for table, key in OF_THE_DOSSIER.items()
        }
        return found | {"outbox": owner.execute("SELECT * FROM outbox ORDER BY 1").fetchall()}


async def due_in_lists(anne: SignedIn, agent: SignedIn, system: SignedIn, reference: str) -> dict[str, Any]:
    """The only row that each list shows."""
    lists = {
        "mine": await anne.get("dossiers"),
        "queue": await agent.get("queues/groupe"),
        "search": await agent.get("search", params={"q": reference}),
        "followed": await system.get("dossiers"),
    }
    return {name: answer.json()[0] for name, answer in lists.items()}


@pytest.mark.parametrize("slug", STATUS)
async def test_past_its_instant_everybody_sees_what_silence_made_and_nothing_is_written(
    alone: Counter, slug: str
) -> None:
    anne = await alone.resident()
    agent = await alone.agent("groupe", procedures=(slug,))
    system = await alone.system(f"{slug}:read")
    dossier = await complete(anne, slug)
    shown = (await anne.get(f"dossiers/{dossier}")).json()
    due, reference, born = datetime.fromisoformat(shown["next"]["at"]), shown["reference"], shown["clock"]["born"]
    assert shown["next"]["kind"] == "silence"
    assert due.astimezone(PARIS) == datetime.combine(
        date.fromisoformat(born) + timedelta(days=1), datetime.min.time(), PARIS
    )
    assert (shown["clock"]["expires"], shown["next"]["on"]) == (born, born)

    await fixed(alone.settings, due - A_MILLISECOND)
    assert (await anne.get(f"dossiers/{dossier}")).json()["silence"] is None
    for row in (await due_in_lists(anne, agent, system, reference)).values():
        assert (row["due_passed"], datetime.fromisoformat(row["due_at"])) == (False, due)

    await fixed(alone.settings, due + timedelta(days=3))
    before = rows(alone.settings, dossier)
    for reader in (anne, agent, system):
        seen = await reader.get(f"dossiers/{dossier}")
        assert (seen.json()["status"], seen.headers["ETag"]) == (STATUS[slug], f'"{shown["version"]}"')
        assert seen.json()["silence"]["since_on"] == born
        assert datetime.fromisoformat(seen.json()["silence"]["since"]) == due
    for reader in (anne, agent):
        last = (await reader.get(f"dossiers/{dossier}/journal")).json()[-1]
        assert (last["kind"], last["by"], datetime.fromisoformat(last["at"])) == ("silence_took_effect", "la loi", due)
        assert last["on"] == born
        why = (await reader.get(f"dossiers/{dossier}/explanation")).json()[-1]
        assert (why["key"], day_in_words(date.fromisoformat(born)) in why["sentence"]) == (STATUS[slug], True)
    for row in (await due_in_lists(anne, agent, system, reference)).values():
        assert (row["due_passed"], datetime.fromisoformat(row["due_at"])) == (True, due)
        assert row["status"] == shown["status"]

    after = rows(alone.settings, dossier)
    assert [table for table in before if before[table] != after[table]] == []
    assert "silence_took_effect" not in {kind for entry in after["journal"] for kind in entry if isinstance(kind, str)}
