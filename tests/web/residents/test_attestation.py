"""The attestation of an acceptance by silence, asked for on its page (CRPA L232-3)."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from storage.settings import Settings
from tests.api.case_player import begin_time
from tests.api.test_attestation import ACCEPTED, START, at, filed_complete
from tests.web.conftest import opened_site
from tests.web.residents.visiting import Visit
from tests.web.site import Site


@pytest.fixture
async def site(own_settings: Settings) -> AsyncIterator[Site]:
    """The pages over a database of their own, on 23 November 2026."""
    async with opened_site(own_settings) as opened:
        await begin_time(opened.counter.owner, START)
        yield opened


async def test_it_is_offered_once_there_is_something_to_attest_and_until_it_is_issued(site: Site) -> None:
    visitor = await site.resident()
    api = await site.counter.resident(visitor.email)
    anne = Visit(visitor, api, await filed_complete(api))
    place = f"{anne.at}/attestation"

    assert place not in await anne.page()
    await at(site.counter, ACCEPTED)
    assert f'href="{place}"' in await anne.page()
    asked = await anne.visitor.submit(place, place)

    assert asked.headers["location"] == f"{anne.at}?dit=atteste"
    assert place not in await anne.page()
    assert "déjà parmi vos lettres" in await anne.page("/attestation")
    kinds = [one["kind"] for one in (await api.get(f"dossiers/{anne.dossier}/journal")).json()]
    assert kinds.count("attestation_requested") == 1
