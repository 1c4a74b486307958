"""Filing and acting need no engine: with Temporal away, everything a person does still succeeds."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import AsyncIterator

import pytest

from storage.engine.settings import Settings
from tests.api.conftest import opened_counter
from tests.api.counter import Counter
from tests.api.journeys import act, drafted, given, submitted

NOBODY_LISTENS = {"TEMPORAL_ADDRESS": "127.0.0.1:1"}


COUNTER = "api.residents.filing, api.residents.acts, api.agents.acts, api.mediators.mandates, api.systems.deposits"


def test_no_route_of_the_counter_even_loads_temporals_client() -> None:
    """Readiness alone looks at the engine."""
    code = f"import sys, {COUNTER}; sys.exit(any(name.startswith('temporalio') for name in sys.modules))"

    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@pytest.fixture
async def lonely(settings: Settings) -> AsyncIterator[Counter]:
    """A counter whose engine is nowhere."""
    async with opened_counter(Settings.of(settings.environment() | NOBODY_LISTENS)) as counter:
        yield counter


async def test_signing_in_uploading_filing_and_acting_succeed_without_the_engine(lonely: Counter) -> None:
    anne = await lonely.resident()
    draft = await drafted(anne, "apa-domicile")
    for piece in ("identite", "avis_imposition", "rib"):
        await given(anne, f"drafts/{draft}", piece)

    made = await submitted(anne, draft)
    agent = await lonely.agent("groupe-apa-domicile", procedures=("apa-domicile",))
    taken = await act(agent, made["id"], "take")

    assert made["acknowledgement"]["complete"] is True
    assert taken.status_code == 200, taken.text
