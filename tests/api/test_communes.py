"""Communes, as pages ask for them while somebody types: open to all, kept for a day."""

from __future__ import annotations

import pytest

from tests.api.counter import Counter

PLACE = "/v1/public/communes"


@pytest.mark.parametrize(
    ("typed", "insee"), [("st pol", "29259"), ("29259", "29084"), ("QUIMP", "29232"), ("île de b", "29082")]
)
async def test_anybody_finds_a_commune_by_what_they_type(counter: Counter, typed: str, insee: str) -> None:
    """No session is needed; the best answer is first, and may be kept for a day."""
    answer = await counter.client.get(PLACE, params={"q": typed})

    assert answer.status_code == 200
    assert answer.json()[0]["insee"] == insee
    assert answer.headers["cache-control"] == "public, max-age=86400"


async def test_a_commune_comes_with_its_epci(counter: Counter) -> None:
    """Its SIREN and its name; none for the islands that are in none, no canton where it is unknown."""
    brest = (await counter.client.get(f"{PLACE}/29019")).json()
    ouessant = (await counter.client.get(f"{PLACE}/29155")).json()
    argol = (await counter.client.get(f"{PLACE}/29001")).json()

    assert brest["epci"] == {"siren": "242900314", "name": "Brest Métropole"}
    assert (brest["arrondissement"], brest["postal_codes"]) == ("Brest", ["29200"])
    assert ouessant["epci"] is None
    assert argol["cantons"] == []


async def test_the_answer_is_that_of_a_day(counter: Counter) -> None:
    """Before the first edition nothing is known."""
    assert (await counter.client.get(PLACE, params={"q": "Brest", "on": "2025-12-31"})).json() == []
    refused = await counter.client.get(f"{PLACE}/29019", params={"on": "2025-12-31"})
    assert refused.status_code == 404
    assert refused.json()["type"] == "/problems/not-found"
    assert refused.headers["cache-control"] == "no-store"


@pytest.mark.parametrize("query", ["", "q=", "q=b", "q=" + "a" * 81, "q=Brest&on=demain", "q=Brest&on=20270101"])
async def test_a_question_that_asks_nothing_is_refused(counter: Counter, query: str) -> None:
    """Two signs at least, eighty at most, a day that is one."""
    answer = await counter.client.get(f"{PLACE}?{query}")

    assert answer.status_code == 422
    assert answer.json()["errors"]


@pytest.mark.parametrize(("insee", "status"), [("29999", 404), ("35238", 404), ("29 19", 422), ("brest", 422)])
async def test_what_is_no_commune_of_ours_is_not_found(counter: Counter, insee: str, status: int) -> None:
    """Another département's are its own business."""
    assert (await counter.client.get(f"{PLACE}/{insee}")).status_code == status


async def test_signs_that_are_no_word_find_nothing(counter: Counter) -> None:
    """And a session changes nothing to what everybody may read."""
    anne = await counter.resident()

    assert (await counter.client.get(PLACE, params={"q": "%_'"})).json() == []
    assert (await anne.get(PLACE, params={"q": "brest"})).json()[0]["insee"] == "29019"
    assert (await counter.client.post(PLACE, json={})).status_code == 405
