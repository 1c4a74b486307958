"""What is mine alone: my mandates and how to stop them, my sessions and how to end them."""

from __future__ import annotations

from tests.web.residents.visiting import mediated, said
from tests.web.site import Site


async def test_a_mandate_is_shown_and_revoked_at_once(site: Site) -> None:
    mediator, counter, email = await mediated(site)
    anne = await site.resident(email)
    mandate = counter.rpartition("/")[2]

    shown = said((await anne.get("/fr/mandats")).text)
    at = f"/fr/mandats/{mandate}/revocation"
    done = await anne.submit(at, at)

    assert "Ti ar Vro en cours" in shown
    assert done.headers["location"] == "/fr/mandats?dit=mandat"
    assert "révoqué" in said((await anne.get("/fr/mandats")).text)
    assert (await mediator.visitor.get(f"{counter}/espace")).status_code == 403


async def test_my_other_sessions_are_ended_and_this_one_stays(site: Site) -> None:
    here = await site.resident()
    elsewhere = await site.resident(here.email)

    shown = (await here.get("/fr/compte")).text
    done = await here.submit("/fr/compte", "/fr/compte/sessions")

    assert here.email in shown
    assert shown.count("Ouverte le") == 2
    assert done.headers["location"] == "/fr/compte?dit=session"
    assert (await here.get("/fr/espace")).status_code == 200
    assert (await elsewhere.get("/fr/espace")).status_code == 303


async def test_one_session_is_ended(site: Site) -> None:
    here = await site.resident()
    elsewhere = await site.resident(here.email)
    page = (await here.get("/fr/compte")).text
    other = page.split('action="/fr/compte/sessions/')[1].split('"')[0]

    await here.submit("/fr/compte", f"/fr/compte/sessions/{other}")

    assert (await elsewhere.get("/fr/espace")).status_code == 303
