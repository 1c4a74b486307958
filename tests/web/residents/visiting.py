"""People who come back to a request: the same person signed in to the pages and, to go faster, to the API."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import unescape
from typing import Any
from uuid import UUID

from storage.accounts.administration import Office
from tests.api.counter import OWNER, SignedIn
from tests.api.journeys import act, example, filed, given
from tests.api.test_letters import announced, kept
from tests.api.test_mediators import mandated
from tests.web.visitors import Site, Visitor

_FRAGMENT = re.compile(r'href="[^"]*/pourquoi#([^"]+)"')
_ID = re.compile(r'id="([^"]+)"')


@dataclass(frozen=True, slots=True)
class Visit:
    """A visitor, the same person at the API, and the path of their request."""

    visitor: Visitor
    api: SignedIn
    dossier: str

    @property
    def at(self) -> str:
        """The page of the request."""
        return f"/fr/dossiers/{self.dossier}"

    async def page(self, under: str = "") -> str:
        """A page of the request, as text."""
        found = await self.visitor.get(self.at + under)
        assert found.status_code == 200, found.text
        return found.text


async def visit(site: Site, procedure: str = "apa-domicile", **body: Any) -> Visit:
    """A resident whose request is filed (incomplete unless it asks for no piece)."""
    visitor = await site.resident()
    api = await site.counter.resident(visitor.email)
    return Visit(visitor, api, (await filed(api, procedure, **body))["id"])


def said(html: str) -> str:
    """The words of a page, without tags, spaces made one."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())


def why_links(html: str) -> set[str]:
    """The anchors of the explanation that a page leads to."""
    return set(_FRAGMENT.findall(html))


def ids(html: str) -> list[str]:
    """Every identifier of a page."""
    return _ID.findall(html)


async def proposed(site: Site) -> Visit:
    """A resident whose APA plan is proposed by electronic notice, whose letter waits to be opened."""
    anne = await visit(site, electronic_notice=True)
    for piece in ("identite", "avis_imposition", "rib"):
        body = {"piece": piece, "documents": [await given(anne.api, f"dossiers/{anne.dossier}", piece)]}
        assert (await act(anne.api, anne.dossier, "provide_piece", body)).status_code == 200
    agent, said_by = await site.counter.agent("apa", procedures=("apa-domicile",)), example("apa-domicile")
    assert (await act(agent, anne.dossier, "assess", {"findings": said_by["evaluation"]})).status_code == 200
    sent = await act(agent, anne.dossier, "propose", {"content": said_by["plan"]})
    assert sent.status_code == 200, sent.text
    entry = (await agent.get(f"dossiers/{anne.dossier}")).json()["proposal"]["entry"]
    await kept(site.counter, anne.dossier, entry, "letter:proposal")
    await announced(site.counter, anne.dossier, entry, of="proposal")
    return anne


async def mediated(site: Site) -> tuple[Visit, str, str]:
    """A mediator at the pages, with a request filed under a mandate; gives where the counter is, and whose it is."""
    anne = await site.resident()
    staff = await site.counter.staff("mediator", organisation=await _organisation(site))
    api = await site.counter.sign_in(staff)
    mandate = (await mandated(api, email=anne.email))["id"]
    dossier = (await filed(api, "acces-documents", under=f"mandates/{mandate}/"))["id"]
    visitor = site.visitor()
    opened = await visitor.client.post("/v1/mediators/sign-in", json={**staff.factors(drift=1), "transport": "cookie"})
    assert opened.status_code == 201, opened.text
    return Visit(visitor, api, dossier), f"/fr/mediateurs/mandats/{mandate}", anne.email


async def _organisation(site: Site) -> UUID:
    async with site.counter.owner.transaction(OWNER) as connection:
        return await Office(connection, site.counter.settings.master, None).add_organisation("Ti ar Vro", None)
