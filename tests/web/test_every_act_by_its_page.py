"""Everything that the API lets agents and residents do on a request has its page: cases are played by pages alone."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from catalogue.cases import Case, cases
from catalogue.loader import catalogue
from storage.engine.database import Database
from storage.engine.settings import Settings
from tests.api.telling import telling
from tests.api.test_every_procedure import EYES
from tests.web.conftest import opened_site
from tests.web.page_player import PagePlayer


def shown(of: tuple[str, Case]) -> set[tuple[str, bool, bool]]:
    """Each act of a case: whether it is refused, and whether it is entered after it happened."""
    return {(said.act, bool(said.refused), "effective" in said.data) for said in of[1].acts}


def chosen() -> Mapping[str, tuple[Case, ...]]:
    """Enough cases to do every act, refused and late where a case has it so."""
    every = [(slug, case) for slug in catalogue().slugs() for case in cases(slug)]
    found: dict[str, tuple[Case, ...]] = {}
    for slug, case in telling(every, shown, lambda one: len(one[1].acts)):
        found[slug] = (*found.get(slug, ()), case)
    return found


CHOSEN = chosen()


@pytest.mark.parametrize("slug", CHOSEN)
async def test_cases_are_played_by_pages(own_settings: Settings, slug: str) -> None:
    """The same statuses, dates and refusals as by the API; a refusal says its reason on the page."""
    async with opened_site(own_settings) as site:
        agents = [await site.counter.agent("files", procedures=(slug,)) for _ in range(EYES)]
        worker = Database(own_settings, "worker", size=2)
        person = await site.counter.resident()
        player = PagePlayer(site.counter, catalogue().plan(slug), person, tuple(agents), worker)
        try:
            wrong = await player.play(CHOSEN[slug])
        finally:
            await worker.close()
    assert not wrong, "\n".join(wrong)
