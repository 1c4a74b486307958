"""The agents' queues: only their groups', filtered, sorted and paged by the address alone."""

from __future__ import annotations

import re
from html import unescape

from storage.accounts.accounts import Audience
from tests.api.journeys import filed
from tests.web.agents.desk import agent_of
from tests.web.visitors import Site, hidden


def link(html: str, rel: str) -> str:
    """The address of the page's link of that relation; empty without one."""
    found = re.search(rf'<a rel="{rel}" href="([^"]+)"', html)
    return unescape(found[1]) if found else ""


def references(html: str) -> list[str]:
    """The references of the list, in order."""
    return re.findall(r'<th scope="row"><a href="[^"]+">(\d{4}-\d{6})</a>', html)


async def test_an_agent_signs_in_by_both_factors_and_comes_to_their_queues(site: Site) -> None:
    staff = await site.counter.staff("agent")
    visitor = site.visitor()
    asked = await visitor.get("/fr/agents/connexion?suite=/fr/agents/recherche")

    wrong = await visitor.post("/fr/agents/connexion", {**hidden(asked.text), **staff.factors(), "password": "faux"})
    unread = await visitor.post("/fr/agents/connexion", {"email": "x", "password": "", "code": "12"})
    opened = await visitor.post("/fr/agents/connexion", {**hidden(asked.text), **staff.factors()})

    assert (wrong.status_code, "<title>Erreur : " in wrong.text, staff.email in wrong.text) == (422, True, True)
    assert [f'href="#{name}"' in unread.text for name in ("email", "password", "code")] == [True] * 3
    assert opened.headers["location"] == "/fr/agents/recherche"
    assert (await visitor.get("/fr/agents/")).status_code == 200


async def test_mediators_and_administrators_sign_in_by_the_same_page(site: Site) -> None:
    spaces: dict[Audience, str] = {"mediator": "mediateurs", "administrator": "auteurs"}
    for audience, space in spaces.items():
        staff = await site.counter.staff(audience)
        opened = await site.visitor().post(f"/fr/{space}/connexion", {**staff.factors(), "suite": ""})
        assert opened.headers["location"] == f"/fr/{space}/"


async def test_a_member_of_staff_changes_their_password(site: Site) -> None:
    agent = await agent_of(site, "acces", "acces-documents")
    at = "/fr/agents/mot-de-passe"

    weak = await agent.submit(at, at, {"password": "correct horse battery", "new_password": "aaaaaaaaaaaaaa"})
    wrong = await agent.submit(at, at, {"password": "autre chose", "new_password": "un cheval correct 29"})
    done = await agent.submit(at, at, {"password": "correct horse battery", "new_password": "un cheval correct 29"})

    assert (weak.status_code, 'href="#new_password"' in weak.text) == (422, True)
    assert (wrong.status_code, 'href="#password"' in wrong.text) == (422, True)
    assert done.headers["location"] == "/fr/agents/?dit=mot_de_passe"


async def test_an_agent_sees_only_the_queues_of_their_groups(site: Site) -> None:
    agent = await agent_of(site, "acces", "acces-documents")
    await agent_of(site, "enfance", "agrement-assistant-maternel")

    home = await agent.get("/fr/agents/")
    theirs = await agent.get("/fr/agents/files/enfance")

    assert "/fr/agents/files/acces" in home.text
    assert "enfance" not in home.text
    assert theirs.status_code == 404


async def test_a_queue_is_paged_on_and_back_by_its_links(site: Site) -> None:
    """Fifty by page: the second page's own links lead back to the first."""
    anne = await site.counter.resident()
    for _ in range(3):
        await filed(anne, "acces-documents")
    agent = await agent_of(site, "acces", "acces-documents")

    first = await agent.get("/fr/agents/files/acces?tri=-depot&lignes=2")
    second = await agent.get(link(first.text, "next"))
    back = await agent.get(link(second.text, "prev"))

    assert len(references(first.text)) == 2
    assert not set(references(first.text)) & set(references(second.text))
    assert references(back.text) == references(first.text)
    assert link(back.text, "prev") == ""


async def test_the_address_filters_and_sorts(site: Site) -> None:
    anne = await site.counter.resident()
    one, other = [(await filed(anne, "acces-documents"))["reference"] for _ in range(2)]
    agent = await agent_of(site, "acces", "acces-documents")
    queue = "/fr/agents/files/acces"

    by_words = references((await agent.get(f"{queue}?q={one}")).text)
    latest = references((await agent.get(f"{queue}?tri=-depot")).text)
    mine = await agent.get(f"{queue}?a_qui=moi&commune=29232")
    wrong = await agent.get(f"{queue}?avant=demain")

    assert by_words == [one]
    assert latest.index(other) < latest.index(one)
    assert "Aucune demande." in mine.text
    assert 'value="29232" selected' in mine.text
    assert wrong.status_code == 422


async def test_search_finds_in_every_group_and_asks_for_two_letters(site: Site) -> None:
    anne = await site.counter.resident()
    reference = (await filed(anne, "acces-documents"))["reference"]
    agent = await agent_of(site, "acces", "acces-documents")

    assert references((await agent.get(f"/fr/agents/recherche?q={reference}")).text) == [reference]
    assert "demande trouvée" not in (await agent.get("/fr/agents/recherche?q=a")).text
