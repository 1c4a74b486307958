"""One request: where it stands in plain words, what comes next, and why each date."""

from __future__ import annotations

import re
from html import unescape
from uuid import uuid4

from tests.api.journeys import act
from tests.web.residents.visiting import ids, said, visit, why_links
from tests.web.visitors import Site

UNDER = ("", "/pourquoi", "/journal", "/lecteurs", "/avenir")


async def test_the_page_says_where_it_stands_what_is_missing_and_when(site: Site) -> None:
    anne = await visit(site)

    text = said(await anne.page())

    assert "Il manque des pièces pour examiner votre demande." in text
    assert "Ce que vous avez à faire" in text
    assert "Il manque des pièces à votre demande. Au plus tard le" in text
    assert "sans mon médiateur" not in text
    assert "À qui s'adresser" in text
    assert "Direction de l'autonomie" in text
    assert "à confirmer" not in text
    last, over = (re.search(f"{before} (1er|[0-9]+) ", text) for before in ("Au plus tard le", "sera passé, le"))
    assert last is not None
    assert over is not None
    assert last[1] != over[1], "one day for two things"
    assert (await anne.api.get(f"dossiers/{anne.dossier}")).json()["reference"] in text


async def test_every_date_leads_to_the_line_that_explains_it(site: Site) -> None:
    """Each « pourquoi ? » names an anchor that the explanation holds, and anchors are not doubled."""
    anne = await visit(site)
    agent = await site.counter.agent("apa", procedures=("apa-domicile",))
    await act(agent, anne.dossier, "request_pieces", {"pieces": {"identite": "Illisible."}, "until": "2199-01-05"})
    explained = ids(await anne.page("/pourquoi"))
    pages = [await anne.page(under) for under in UNDER]
    space = (await anne.visitor.get("/fr/espace")).text

    led = set().union(*map(why_links, (*pages, space)))

    assert led
    assert {unescape(one) for one in led} <= set(explained)
    assert len(explained) == len(set(explained))


async def test_the_space_puts_on_top_what_waits(site: Site) -> None:
    anne = await visit(site)

    text = said((await anne.visitor.get("/fr/espace")).text)

    assert text.index("Ce qui vous attend") < text.index("Déposées")
    assert "Il manque des pièces à votre demande." in text


async def test_the_future_if_nobody_acts_is_told_and_nothing_is_written(site: Site) -> None:
    anne = await visit(site, "acces-documents", incomplete=False)
    before = (await anne.api.get(f"dossiers/{anne.dossier}")).json()["version"]

    text = said(await anne.page("/avenir"))

    assert "Rejetée par le silence de l'administration" in text
    assert (await anne.api.get(f"dossiers/{anne.dossier}")).json()["version"] == before


async def test_the_page_of_somebody_else_s_request_does_not_exist(site: Site) -> None:
    anne = await visit(site)
    zoe = await site.resident()

    for path in (anne.at, f"{anne.at}/journal", f"{anne.at}/avenir", f"/fr/dossiers/{uuid4()}"):
        found = await zoe.get(path)
        assert found.status_code == 404, path
        assert "2026-" not in found.text


async def test_who_read_the_request_is_told(site: Site) -> None:
    anne = await visit(site)
    agent = await site.counter.agent("apa", procedures=("apa-domicile",))
    assert (await agent.get(f"dossiers/{anne.dossier}")).status_code == 200

    assert "Maryvonne Le Goff (Agent)" in said(await anne.page("/lecteurs"))


async def test_what_came_of_a_filing_by_itself_is_not_said_to_be_the_person_s(site: Site) -> None:
    """The receipt asks for the pieces: nobody asked them of themselves; the completion is the law's."""
    anne = await visit(site)
    told = (await anne.api.get(f"dossiers/{anne.dossier}/journal")).json()

    by = {entry["kind"]: entry["by"] for entry in told}

    assert by["filed"] not in {"le service", "la loi"}
    assert by["pieces_requested"] == "le service"
