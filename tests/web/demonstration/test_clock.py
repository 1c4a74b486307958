"""The demonstration's clock page: it moves legal time, forward only, and exists nowhere else."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from storage.engine.database import WORKING, Database
from storage.engine.legal_time import legal_now
from tests.api.journeys import drafted, filed
from tests.web.visitors import Site

PAGE = "/fr/demonstration/horloge"


async def now(site: Site) -> datetime:
    """The legal instant."""
    database = Database(site.counter.settings, "worker", size=1)
    async with database.transaction(WORKING) as connection:
        found = await legal_now(connection)
    await database.close()
    return found


async def test_a_day_and_a_week_pass_and_the_page_says_so(demonstration: Site) -> None:
    visitor, before = demonstration.visitor(), await now(demonstration)

    day = await visitor.submit(PAGE, PAGE, {"pas": "jour"})
    await visitor.submit(PAGE, PAGE, {"pas": "semaine"})

    assert day.headers["location"] == f"{PAGE}?dit=horloge"
    assert timedelta(days=8) <= await now(demonstration) - before < timedelta(days=8, minutes=5)
    assert "Le temps légal a avancé." in (await visitor.get(day.headers["location"])).text


async def test_the_next_due_of_the_database_is_offered_and_reached(demonstration: Site) -> None:
    resident = await demonstration.counter.resident()
    dossier = await filed(resident, "acces-documents")
    due = datetime.fromisoformat((await resident.get(f"dossiers/{dossier['id']}")).json()["next"]["at"])
    visitor = demonstration.visitor()
    assert "Prochaine échéance" in (await visitor.get(PAGE)).text

    await visitor.submit(PAGE, PAGE, {"pas": "echeance"})

    assert due < await now(demonstration) < due + timedelta(minutes=5)
    shown = (await resident.get(f"dossiers/{dossier['id']}")).json()
    assert shown["status"] == "implied_rejection"


@pytest.mark.parametrize("day", [("1", "1", "2020"), ("31", "2", "2030"), ("x", "", ""), ("1", "1", "2999")])
async def test_a_date_that_is_past_absurd_or_too_far_is_refused_beside_the_field(
    demonstration: Site, day: tuple[str, str, str]
) -> None:
    visitor, before = demonstration.visitor(), await now(demonstration)
    fields = {"pas": "date", **dict(zip(("jour", "mois", "annee"), day, strict=True))}

    refused = await visitor.submit(PAGE, PAGE, fields)

    assert refused.status_code == 422
    assert 'href="#jour"' in refused.text
    assert await now(demonstration) - before < timedelta(minutes=5)


async def test_every_page_of_a_demonstration_leads_to_it_and_no_other_does(demonstration: Site, site: Site) -> None:
    assert f'href="{PAGE}"' in (await demonstration.visitor().get("/fr/")).text

    elsewhere = site.visitor()

    assert PAGE not in (await elsewhere.get("/fr/")).text
    assert (await elsewhere.get(PAGE)).status_code == 404
    assert (await elsewhere.post(PAGE, {"pas": "jour"})).status_code == 404


async def test_days_are_judged_by_legal_time(demonstration: Site) -> None:
    """A decision received two months ahead of the real calendar is past once legal time has gone further."""
    resident, visitor = await demonstration.counter.resident(), demonstration.visitor()
    draft = await drafted(resident, "recours-gracieux")
    legal = await now(demonstration)
    received = {"date": (legal + timedelta(days=60)).date().isoformat()}

    early = await resident.call("PATCH", f"drafts/{draft}/pages/decision", json=received)
    for _ in range(10):
        moved = await visitor.submit(PAGE, PAGE, {"pas": "semaine"})
        assert moved.status_code == 303, moved.text
    assert await now(demonstration) >= legal + timedelta(days=70)
    past = await resident.call("PATCH", f"drafts/{draft}/pages/decision", json=received)

    assert [each["code"] for each in early.json()["errors"]] == ["to_come"]
    assert past.status_code == 200, past.text
