"""An agent at their desk: a browser with their session, and acts done by their pages."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import httpx2

from catalogue.forms import form_named
from catalogue.loader import catalogue
from domain.permissions import Role
from storage.accounts.administration import Office
from tests.api.counter import OWNER, SignedIn, ensure_group
from tests.api.journeys import drafted, given, submitted
from tests.web.forms.browsing import drawn
from tests.web.visitors import Site, Visitor
from web.forms.showing import shown_page


async def agent_of(site: Site, group: str, *procedures: str, role: Role = "signatory") -> Visitor:
    """An agent of that group, whose browser has a session."""
    staff = await site.counter.staff("agent")
    async with site.counter.owner.transaction(OWNER) as connection:
        office = Office(connection, site.counter.settings.master, None)
        await ensure_group(office, group, procedures)
        await office.put_member(group, staff.id, role)
    return await site.staff(staff)


async def complete_apa(site: Site) -> tuple[SignedIn, str]:
    """A resident, and their complete APA request."""
    anne = await site.counter.resident()
    draft = await drafted(anne, "apa-domicile")
    for piece in ("identite", "avis_imposition", "rib"):
        await given(anne, f"drafts/{draft}", piece)
    return anne, (await submitted(anne, draft, electronic_notice=True))["id"]


def typed(procedure: str, form: str, content: Mapping[str, Any]) -> dict[str, Any]:
    """What a browser posts of the form of a step filled in with that content."""
    page = drawn(shown_page(form_named(catalogue().plan(procedure), form), None, content, translate=str))
    posted: dict[str, Any] = {}
    for name, value in page.posted().multi_items():
        posted.setdefault(name, []).append(value)
    return posted


async def does(
    agent: Visitor, dossier: str, act: str, fields: Mapping[str, Any] | None = None, *, query: str = ""
) -> httpx2.Response:
    """Open the act's page, and send its form."""
    at = f"/fr/agents/dossiers/{dossier}/actes/{act}{query}"
    return await agent.submit(at, at, fields)
