"""The people of an organisation's mandates: found by a part of their name, one page after the other."""

from __future__ import annotations

from tests.api.test_mediators import mandated
from tests.web.mediators.test_mandates import HOME, mediator_of
from tests.web.visitors import Site


async def test_people_are_found_by_a_part_of_their_name_whatever_the_accents(site: Site) -> None:
    visitor, signed_in, _ = await mediator_of(site)
    for name in ("Maëlle Cariou", "Hervé Cariou", "Yann Le Bris"):
        await mandated(signed_in, resident_name=name)

    found = (await visitor.get(f"{HOME}?q=mael+cari")).text
    none = (await visitor.get(f"{HOME}?q=zzz")).text

    assert "Maëlle Cariou" in found
    assert "Hervé Cariou" not in found
    assert "Aucun mandat." in none


async def test_older_mandates_are_on_the_next_page(site: Site) -> None:
    visitor, signed_in, _ = await mediator_of(site)
    for number in range(32):
        await mandated(signed_in, resident_name=f"Personne {number:02d}")

    first = (await visitor.get(HOME)).text
    following = first.partition('rel="next" href="')[2].partition('"')[0].replace("&amp;", "&")
    second = (await visitor.get(following)).text

    assert "Personne 31" in first
    assert "Personne 01" not in first
    assert "Personne 01" in second
    assert "Mandats plus anciens" not in second
