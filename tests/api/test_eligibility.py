"""The questions that come before any effort, for other systems."""

from __future__ import annotations

from tests.api.counter import Counter

PLACE = "/v1/public/procedures"


async def test_anybody_reads_the_questions_of_a_procedure(counter: Counter) -> None:
    """With what each answer means, its text, and where to go instead."""
    answer = await counter.client.get(f"{PLACE}/apa-domicile/eligibility")
    assert answer.status_code == 200
    age, *_ = answer.json()["questions"]
    assert (age["key"], age["expected"], age["see"], age["reference"]) == ("age", "oui", "mdph", ["CASF R232-1"])
    assert age["otherwise"].startswith("L'APA est ouverte à partir de 60 ans.")
    assert age["unsure"].endswith(".")


async def test_what_is_not_sure_says_so(counter: Counter) -> None:
    asked = (await counter.client.get(f"{PLACE}/transport-eleves-handicapes/eligibility")).json()["questions"]
    assert asked[0]["reference"] == ["code des transports R3111-24 (à confirmer)"]


async def test_an_unknown_procedure_asks_nothing(counter: Counter) -> None:
    assert (await counter.client.get(f"{PLACE}/inconnue/eligibility")).status_code == 404
