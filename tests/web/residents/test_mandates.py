"""What is mine alone: the mandates that I have given, and how to stop them."""

from __future__ import annotations

from tests.api.test_mediators import mandated
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


async def test_revoking_a_mandate_revokes_the_one_that_it_renewed(site: Site) -> None:
    """« Dès maintenant, ce médiateur ne pourra plus rien faire ni rien lire pour vous » is so, whichever is revoked."""
    anne = await site.counter.resident()
    mediator, _ = await site.counter.mediator()
    other, _ = await site.counter.mediator()
    first = (await mandated(mediator, email=anne.email))["id"]
    second = (await mandated(mediator, renews=first))["id"]
    elsewhere = (await mandated(other, email=anne.email))["id"]
    visitor = await site.resident(anne.email)

    told = said((await visitor.get(f"/fr/mandats/{second}/revocation")).text)
    await visitor.submit(f"/fr/mandats/{second}/revocation", f"/fr/mandats/{second}/revocation")

    assert "tous les mandats que vous avez donnés à cet organisme" in told
    states = {one["id"]: one["state"] for one in (await anne.get("mandates")).json()}
    assert states == {first: "revoked", second: "revoked", elsewhere: "active"}
    assert (await mediator.get(f"mandates/{first}/dossiers")).status_code == 403
