"""Who has no e-mail address is never deemed notified of what no e-mail announced; what comes, comes by post."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from tests.api.counter import Counter
from tests.api.journeys import drafted, example, new_key
from tests.api.test_mediators import mandated

SLUG = "acces-documents"
FORM = example(SLUG)["form"]


def refused(answer: Any) -> bool:
    """Refused, with the sentence that says why and what to do."""
    (error,) = answer.json()["errors"]
    found = (answer.status_code, answer.json()["type"], error["pointer"])
    return found == (422, "/problems/no-address", "/electronic_notice") and "par la poste" in error["message"]


async def test_a_system_consents_to_no_electronic_notice_for_who_has_no_address(counter: Counter) -> None:
    system = await counter.system(f"{SLUG}:deposit", f"{SLUG}:read")
    body = {"procedure": SLUG, "form": FORM, "electronic_notice": True, "applicant": {"name": "Soazig Riou"}}

    now = {"updated_since": datetime.now(UTC).isoformat()}

    assert refused(await system.post("dossiers", json=body, headers=new_key()))
    assert (await system.get("dossiers", params=now)).json() == []

    reachable = {**body, "applicant": {"name": "Soazig Riou", "email": "soazig@example.org"}}
    assert (await system.post("dossiers", json=reachable, headers=new_key())).status_code == 201


@pytest.mark.parametrize("email", [None, "soazig@example.org"])
async def test_nor_for_a_deposit_prepared_for_such_a_person(counter: Counter, email: str | None) -> None:
    system = await counter.system(f"{SLUG}:deposit")
    applicant = {"name": "Soazig Riou", "email": email}
    prepared = (await system.post("deposits", json={"procedure": SLUG, "applicant": applicant})).json()["id"]
    body = {"procedure": SLUG, "form": FORM, "electronic_notice": True, "prepared": prepared}

    answer = await system.post("dossiers", json=body, headers=new_key())

    assert answer.status_code == 201 if email else refused(answer)


@pytest.mark.parametrize("email", [None, "yves@example.org"])
async def test_nor_a_mediator_for_such_a_person(counter: Counter, email: str | None) -> None:
    mediator, _ = await counter.mediator()
    under = f"mandates/{(await mandated(mediator, email=email))['id']}/"
    draft = await drafted(mediator, SLUG, under=under)
    body = {"incomplete": True, "electronic_notice": True}

    answer = await mediator.post(f"{under}drafts/{draft}/submit", json=body, headers=new_key())

    assert answer.status_code == 201 if email else refused(answer)


async def test_an_accent_before_the_at_is_refused_at_once_with_its_reason(counter: Counter) -> None:
    asked = await counter.client.post("/v1/residents/sign-in/code", json={"email": "zoé@example.org"})

    assert asked.status_code == 422
    assert "accent" in asked.json()["errors"][0]["message"]


async def test_a_domain_with_accents_is_one_address_however_it_is_written(counter: Counter) -> None:
    """The code goes to the domain as servers read it, and opens the same account."""
    first = await counter.resident("zoe@château-exemple.fr")
    again = await counter.resident("zoe@xn--chteau-exemple-chb.fr")

    assert first.account == again.account
