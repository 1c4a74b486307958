"""Each procedure of the catalogue is filed and brought to an end through the HTTP API, and every act that cases do.

Every case is played by the kernel in `tests/procedures/test_cases.py`; and through HTTP too in `make test-long`.
"""

from __future__ import annotations

import pytest

from catalogue.loader import catalogue
from storage.engine.database import Database
from storage.engine.settings import Settings
from tests.api.case_player import Player
from tests.api.conftest import opened_counter
from tests.api.telling import telling_cases

EYES = 4
"""Agents enough for four eyes: who examines, and one for each visa."""
CHOSEN = telling_cases()


@pytest.mark.parametrize("slug", catalogue().slugs())
async def test_the_cases_are_played_to_their_ends(own_settings: Settings, s3: dict[str, str], slug: str) -> None:
    """Statuses, dates, refusals and events, all on one line of time."""
    async with opened_counter(own_settings) as counter:
        agents = [await counter.agent("files", procedures=(slug,)) for _ in range(EYES)]
        worker = Database(own_settings, "worker", size=2)
        player = Player(counter, catalogue().plan(slug), await counter.resident(), tuple(agents), worker)
        try:
            wrong = await player.play(tuple(case for of, case in CHOSEN if of == slug))
        finally:
            await worker.close()
    assert wrong == []
