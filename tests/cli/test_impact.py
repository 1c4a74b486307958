"""`guichet impact`: every open dossier of a procedure under a candidate, on a real database, no key opened."""

from __future__ import annotations

import asyncio
import json
from dataclasses import replace
from pathlib import Path
from uuid import UUID, uuid4

import psycopg
import pytest

from catalogue.departement import ROOT
from domain.actors import Actor
from domain.calendar import Delay
from domain.plan import Plan
from storage.engine.settings import Settings
from storage.lists.impact import keep, measure
from storage.register.door import Recorded, record
from tests.catalogue.drafts import Draft
from tests.cli.calling import Done, call
from tests.cli.command import guichet
from tests.domain.telling import plan
from tests.domain.test_migration import second, to
from tests.storage.filed import file, opened

AGREMENT = "agrement-assistant-maternel"
AGENT = Actor(kind="agent", id=UUID(int=7), name="Agent")
FOUR = {"clock": {"delay": Delay(months=4)}}


def filed(settings: Settings, *plans: Plan) -> list[Recorded]:
    """A dossier for each plan."""

    async def make() -> list[Recorded]:
        async with opened(settings, "app") as app:
            return [await file(app, of=of) for of in plans]

    return asyncio.run(make())


def measured(settings: Settings, published: Plan, candidate: Plan) -> dict[str, object]:
    """The counts and the dossiers named, as the command prints them."""

    async def look() -> dict[str, object]:
        async with opened(settings, "worker") as worker:
            told: list[int] = []
            report = await measure(worker, published, candidate, told.append)
            assert told[-1:] == ([report.open] if report.open else [])
            return {**report.counts(), "dossiers": report.named(), "kept": await keep(worker, report)}

    return asyncio.run(look())


def test_both_policies_are_told_for_every_open_dossier_and_only_those_of_the_procedure(settings: Settings) -> None:
    """Two under version 1, one already under version 2, one of another procedure."""
    of = replace(plan(), procedure=f"essai-{uuid4().hex[:8]}")
    candidate = second(of, **FOUR)
    one, two, already, _ = filed(settings, of, of, candidate, plan())

    told = measured(settings, of, candidate)

    assert told["open"] == 3
    assert told["law_at_filing"] == {"unchanged": 3, "by_version": {"1": 2, "2": 1}}
    assert told["immediate_effect"] == {
        "unchanged": 1, "date_moves": 2, "other_step": 0, "cannot_follow": 0, "cannot_see": 0,
    }  # fmt: skip
    named = told["dossiers"]
    assert isinstance(named, list)
    assert {row["dossier"] for row in named} == {str(one.id), str(two.id)}
    assert {(row["before"], row["after"]) for row in named} == {
        (str(one.dossier.reckoning().expires), str(under(one, candidate)))
    }
    assert str(already.id) not in {row["dossier"] for row in named}


def under(recorded: Recorded, candidate: Plan) -> object:
    """The last day of the delay, were the dossier under the candidate."""
    return replace(recorded.dossier, plan=candidate).reckoning().expires


def test_what_impact_announced_is_what_the_migration_does(settings: Settings) -> None:
    """Then there is nothing left to move."""
    of = replace(plan(), procedure=f"essai-{uuid4().hex[:8]}")
    candidate = second(of, **FOUR)
    (one,) = filed(settings, of)
    before = measured(settings, of, candidate)

    async def migrate() -> Recorded:
        async with opened(settings, "worker") as worker:
            return await record(worker, one.id, to(candidate), AGENT, command_id=uuid4())

    done = asyncio.run(migrate())
    after = measured(settings, of, candidate)

    assert before["dossiers"][0]["after"] == str(done.dossier.reckoning().expires)  # type: ignore[index]
    assert after["immediate_effect"]["unchanged"] == after["open"] == 1  # type: ignore[index]
    assert after["law_at_filing"]["by_version"] == {"2": 1}  # type: ignore[index]


def test_no_key_is_opened_and_the_report_is_kept_under_its_hash(settings: Settings) -> None:
    """Every key destroyed, the same report; its counts stay beside what was published, with both hashes."""
    of = replace(plan(), procedure=f"essai-{uuid4().hex[:8]}", content_sha256="aa")
    candidate = replace(second(of), content_sha256="bb", title="Autre")
    (one,) = filed(settings, of)

    async def destroy() -> None:
        async with opened(settings, "worker") as worker:
            await worker.keys.destroy(one.id)

    asyncio.run(destroy())
    told = measured(settings, of, candidate)

    with psycopg.connect(settings.database_url) as owner:
        query = "SELECT kind, name, body FROM published WHERE sha256 = %s"
        kind, name, body = owner.execute(query, [bytes.fromhex(str(told["kept"]))]).fetchone() or ("", "", b"")
    kept = json.loads(body)
    assert (kind, name) == ("impact", f"{of.procedure}/1-2")
    assert (kept["published"]["content_sha256"], kept["candidate"]["content_sha256"]) == ("aa", "bb")
    assert kept["on"]
    assert str(one.id) not in body.decode()
    assert kept["cannot_see"]


@pytest.fixture
def candidate(tmp_path: Path) -> Path:
    """The folder of a version 3 of a shipped procedure, with four months instead of three."""
    draft = Draft(tmp_path, AGREMENT)
    draft.edit("procedure.toml", "delay = { months = 3 }", "delay = { months = 4 }")
    draft.edit("procedure.toml", "form = 1\n", "form = 1\nversion = 3\nin_force_from = 2027-01-01\n")
    return draft.catalogue.folder(AGREMENT)


def test_the_command_tells_it_in_french_with_its_progress_aside(settings: Settings, candidate: Path) -> None:
    filed(settings, replace(plan(), procedure=AGREMENT))
    done = guichet("impact", AGREMENT, "--candidate", str(candidate), environment=settings.environment())

    assert done.returncode == 0, done.stderr
    assert "version 2 publiée, version 3 candidate" in done.stdout
    assert "Loi du dépôt : aucun ne change" in done.stdout
    assert "Il ne voit pas :" in done.stdout
    assert "Rapport gardé sous l'empreinte" in done.stdout
    assert "dossiers ouverts lus" in done.stderr


def test_the_command_in_json_names_each_dossier(settings: Settings, candidate: Path) -> None:
    (one,) = filed(settings, replace(plan(), procedure=AGREMENT))
    done = guichet("impact", AGREMENT, "--candidate", str(candidate), "--json", environment=settings.environment())
    told = json.loads(done.stdout)

    assert done.returncode == 0
    assert str(one.id) in {row["dossier"] for row in told["dossiers"]}
    assert sum(told["immediate_effect"].values()) == told["open"]
    assert len(told["report_sha256"]) == 64


@pytest.mark.parametrize("words", [("lune", "written"), (AGREMENT, "v9"), (AGREMENT, "/nulle/part")])
def test_a_wrong_use_exits_2_with_one_sentence(words: tuple[str, str]) -> None:
    done: Done = call("impact", words[0], "--candidate", words[1], "--in", str(ROOT))

    assert (done.returncode, done.stdout) == (2, "")
    assert len(done.stderr.strip().splitlines()) == 1
