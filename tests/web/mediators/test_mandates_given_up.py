"""A mandate given up or renewed by its pages: what ends with it, what stays, and what the pages say of it."""

from __future__ import annotations

import re
from html import unescape

from tests.api.test_mediators import mandated
from tests.web.mediators.test_mandates import NEW, SEND, mediator_of, recorded
from tests.web.visitors import Site


async def test_a_mandate_that_waits_for_its_signature_is_given_up_by_its_page(site: Site) -> None:
    visitor, _, _ = await mediator_of(site)
    at = await recorded(visitor, consentement="signed_on_site")
    shown = unescape((await visitor.get(at)).text)
    assert "Papier à signer" in shown
    assert "Nouveau mandat pour cette personne" not in shown, "it is not even signed"

    done = await visitor.submit(f"{at}/fin", f"{at}/fin")
    assert done.headers["location"] == "/fr/mediateurs/?dit=mandat_fini"
    over = unescape((await visitor.get(at)).text)
    assert "Papier à signer" not in over
    assert "Nouveau mandat pour cette personne" in over


async def test_a_renewal_says_for_whom_leads_back_and_names_its_errors_in_the_order_of_the_form(site: Site) -> None:
    visitor, _, _ = await mediator_of(site)
    at = await recorded(visitor)
    before = at.rpartition("/")[2]

    page = unescape((await visitor.get(f"{NEW}?de={before}")).text)
    assert "<h1>Nouveau mandat pour Yves Kerbrat</h1>" in page
    assert f'<p class="back"><a href="{at}">' in page
    wrong = unescape((await visitor.submit(NEW, SEND, {"nom": "Yves Kerbrat", "de": before})).text)
    order = re.findall(r'<a href="#(\w+)">', wrong.partition("</main>")[0])
    assert order == ["capacite", "demarches", "duree", "consentement", "jour"]


async def test_giving_up_a_mandate_keeps_the_one_that_renewed_it_not_those_that_it_renewed(site: Site) -> None:
    """Of three, the second ends with the first; the third stays."""
    _, mediator, _ = await mediator_of(site)
    first = (await mandated(mediator))["id"]
    second, third = [(await mandated(mediator, renews=first))["id"] for _ in range(2)]

    await mediator.call("DELETE", f"mandates/{second}")
    states = {one["id"]: one["state"] for one in (await mediator.get("mandates")).json()}
    assert states == {first: "revoked", second: "revoked", third: "active"}


async def test_a_refusal_is_told_once(site: Site) -> None:
    """The sentence says its article and what to do: neither stands again below it."""
    visitor, _, _ = await mediator_of(site)
    at = await recorded(visitor)
    await visitor.submit(f"{at}/fin", f"{at}/fin")

    page = unescape((await visitor.get(f"{at}/espace")).text)
    assert page.count("Demandez un nouveau mandat.") == 1
    assert page.count("code civil art. 2003") == 1
