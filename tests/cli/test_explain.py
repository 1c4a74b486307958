"""`guichet explain`: each line with its article, as its audience may read it."""

from __future__ import annotations

import asyncio
import json
from uuid import uuid4

import pytest

from domain.actors import Actor
from domain.before_notification import WAITING
from domain.steps.decision import Decide
from storage.engine.settings import Settings
from storage.register.door import Recorded, record
from tests.cli.command import guichet
from tests.storage.filed import file, opened


@pytest.fixture
def decided(settings: Settings) -> Recorded:
    """A dossier whose refusal is signed, and not notified."""

    async def make() -> Recorded:
        async with opened(settings, "app") as app, opened(settings, "worker") as database:
            dossier = await file(app)
            outcome = next(one for one in dossier.dossier.plan.outcomes if not one.favourable)
            refusal = Decide(outcome=outcome.key, reasons_law="Texte", reasons_fact="Faits")
            agent = Actor(kind="agent", id=uuid4(), name="Anne Agent")
            return await record(database, dossier.id, refusal, agent, version=None, command_id=uuid4())

    return asyncio.run(make())


def test_an_agent_and_a_person_are_told_the_dates_and_only_the_agent_the_decision(
    settings: Settings, decided: Recorded
) -> None:
    environment = settings.environment()
    agent = guichet("explain", decided.reference, environment=environment)
    assert (agent.returncode, agent.stderr) == (0, "")
    assert "[CRPA" in agent.stdout or "[CASF" in agent.stdout
    assert WAITING not in agent.stdout
    for viewer in ("resident", "mediator", "system"):
        told = guichet("explain", str(decided.id), "--as", viewer, "--json", environment=environment)
        lines = json.loads(told.stdout)
        assert {line["article"] for line in lines if line["key"] == "decided"} == {"CRPA L221-8"}
        assert all(line["sentence"].endswith(WAITING) for line in lines if line["key"] == "decided")
        assert all(line["seq"] > 0 and line["rule"] for line in lines)


def test_an_unknown_dossier_exits_with_1_and_a_sentence(settings: Settings) -> None:
    done = guichet("explain", "2026-999999999", environment=settings.environment())
    assert (done.returncode, done.stdout) == (1, "")
    assert "2026-999999999" in done.stderr
