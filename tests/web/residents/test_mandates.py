"""What is mine alone: the mandates that I have given, and how to stop them."""

from __future__ import annotations

from tests.web.residents.visiting import mediated, said
from tests.web.visitors import Site


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
