"""What silence granted, on its pages: the attestation asked for (CRPA L232-3), the right given up (L242-3, L242-4)."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from storage.engine.settings import Settings
from tests.api.case_player import begin_time
from tests.api.test_attestation import ACCEPTED, START, at, filed_complete
from tests.web.conftest import opened_site
from tests.web.residents.visiting import Visit, said
from tests.web.visitors import Site


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

    assert asked.headers["location"] == f"{anne.at}?dit=request_attestation"
    assert place not in await anne.page()
    assert "déjà parmi vos lettres" in await anne.page("/attestation")
    kinds = [one["kind"] for one in (await api.get(f"dossiers/{anne.dossier}/journal")).json()]
    assert kinds.count("attestation_requested") == 1


async def test_a_right_is_given_up_on_its_own_page_once_its_loss_is_understood(site: Site) -> None:
    """Not by withdrawing, which is over: its page leads there."""
    visitor = await site.resident()
    api = await site.counter.resident(visitor.email)
    anne = Visit(visitor, api, await filed_complete(api))
    place = f"{anne.at}/renonciation"
    assert place not in await anne.page()
    await at(site.counter, ACCEPTED)

    assert f"{anne.at}/retrait" not in await anne.page()
    withdrawal = await anne.page("/retrait")
    assert "ne peut plus être retirée" in said(withdrawal)
    assert f'href="{place}"' in withdrawal
    unread = await visitor.submit(place, place, {"raison": "Je déménage."})
    assert (unread.status_code, "Cochez la case" in said(unread.text), "Je déménage." in unread.text) == (
        422,
        True,
        True,
    )
    done = await visitor.submit(place, place, {"raison": "Je déménage.", "compris": "1"})

    assert done.headers["location"] == f"{anne.at}?dit=renounce"
    assert "Vous avez renoncé" in said(await anne.page())
    assert "rien ici à quoi vous puissiez renoncer" in said(await anne.page("/renonciation"))
