"""A small world to walk through: a resident, an agent, a mediator and an author, each with something to see."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import cast

from fastapi import FastAPI
from fastapi.routing import APIRoute, iter_route_contexts
from starlette.routing import Mount

from api.sign_in.credentials import COOKIE
from tests.api.counter import Counter, SignedIn
from tests.api.journeys import drafted, filed, given, new_key
from tests.api.test_letters import kept
from tests.api.test_mediators import mandated
from tests.web.visitors import Site, Visitor

SLUG = "apa-domicile"
SPACES = {"/agents": "agent", "/mediateurs": "mediator", "/auteurs": "author"}
OPEN = ("/connexion", "/demarches", "/aide", "/accessibilite", "/donnees-personnelles")
AT_PROVIDERS = re.compile(r"/(franceconnect|proconnect)(/|$)")
"""Pages of a sign-in begun at a provider: `tests/web/sign_in/openid/` goes through them."""
ANYBODY: frozenset[str] = frozenset()
"""Routes that answer whoever asks, besides those under OPEN."""
ELSEWHERE = ("/demonstration/", "/deconnexion/")
"""Pages that only a demonstration has, or that only redirect: their own tests see them."""
UNDER = ("", "/mediateurs/mandats/{mandate}")
DOWNLOADS: frozenset[str] = frozenset(
    f"{under}{file}"
    for under in UNDER
    for file in (
        "/brouillons/{draft}/documents/{file}",
        "/dossiers/{dossier}/documents/{document}",
        "/dossiers/{dossier}/lettres/{letter}/pdf",
        "/dossiers/{dossier}/tout.zip",
    )
) | {
    "/agents/dossiers/{dossier}/documents/{document}",
    "/agents/dossiers/{dossier}/lettres/{letter}",
    "/agents/dossiers/{dossier}/documents/{document}/apercu.jpg",
}
"""Routes that answer a file: a browser saves it instead of showing it."""
NAMES = frozenset(
    {
        "slug",
        "procedure",
        "page",
        "piece",
        "group",
        "draft",
        "dossier",
        "document",
        "file",
        "letter",
        "mandate",
        "name",
        "sha256",
        "act",
        "campaign",
    }
)
"""What the world can put in a path; `sha256` is an impact report's, made by the authors' own tests."""


@dataclass(frozen=True, slots=True)
class World:
    """Sessions by who holds them, and what the parameters of routes stand for, by space then by name."""

    sessions: Mapping[str, SignedIn]
    stands_for: Mapping[str, Mapping[str, str]]

    def holder(self, template: str) -> str:
        """Whose session opens this route: the space says it."""
        return next((who for prefix, who in SPACES.items() if template.startswith(prefix)), "resident")

    def path(self, template: str) -> str | None:
        """The route with this world's own things in it; None when nothing here stands for a parameter."""
        if AT_PROVIDERS.search(template) or template.startswith(ELSEWHERE):
            return None
        space = "mandate" if template.startswith("/mediateurs/mandats/{mandate}") else self.holder(template)
        known = {**self.stands_for[""], **self.stands_for.get(space, {})}
        try:
            return template.format(**known)
        except KeyError:
            return None

    def browser_of(self, site: Site, who: str) -> Visitor:
        """A browser with this person's session."""
        visitor = site.visitor()
        visitor.client.cookies.set(COOKIE, self.sessions[who].token)
        return visitor


async def made(site: Site) -> World:
    """The world, made through the API."""
    counter = site.counter
    resident = await counter.resident()
    agent = await counter.agent("autonomie", procedures=(SLUG, "acces-documents", "subvention-associations"))
    mediator, _ = await counter.mediator()
    mandate = await mandated(mediator, procedures=[SLUG, "acces-documents"])
    under = f"mandates/{mandate['id']}/"
    mine = await _things(resident, "")
    letter = await _letter(counter, resident, mine)
    return World(
        sessions={
            "resident": resident,
            "agent": agent,
            "mediator": mediator,
            "author": await counter.administrator(),
        },
        stands_for={
            "": {"slug": SLUG, "procedure": SLUG, "page": "demandeur", "piece": "identite", "group": "autonomie"},
            "resident": {
                **mine,
                "letter": letter,
                "mandate": (await mandated(mediator, email=resident.email))["id"],
            },
            "agent": {**mine, "letter": letter, "act": "request_pieces", "campaign": await _campaign(agent)},
            "mandate": {"mandate": mandate["id"], **await _things(mediator, under)},
            "mediator": {"mandate": mandate["id"]},
            "author": {"name": "silence-sur-le-plan"},
        },
    )


async def _things(person: SignedIn, under: str) -> dict[str, str]:
    draft = await drafted(person, SLUG, under=under)
    dossier = (await filed(person, SLUG, under=under))["id"]
    document = await given(person, f"{under}dossiers/{dossier}", "identite")
    file = await given(person, f"{under}drafts/{draft}", "identite")
    return {"draft": draft, "file": file, "dossier": dossier, "document": document}


async def _letter(counter: Counter, person: SignedIn, things: Mapping[str, str]) -> str:
    """A letter of the person's request, kept as the worker does."""
    await kept(counter, things["dossier"], 1, "letter:acknowledgement")
    (letter,) = (await person.get(f"dossiers/{things['dossier']}/letters")).json()
    return str(letter["id"])


async def _campaign(agent: SignedIn) -> str:
    """A campaign to come of the grants; two may not overlap, and worlds share their database."""
    for known in (await agent.get("campaigns")).json():
        return str(known["id"])
    day = datetime.now(UTC) + timedelta(days=400)
    dates = {"opens": day, "closes": day + timedelta(days=30)}
    body = {
        "procedure": "subvention-associations",
        "title": "Printemps",
        **{name: at.isoformat() for name, at in dates.items()},
        "session": (day + timedelta(days=60)).date().isoformat(),
        "budget": "30000.00",
    }
    made = await agent.post("campaigns", json=body, headers=new_key())
    assert made.status_code == 201, made.text
    return str(made.json()["id"])


def routes(app: FastAPI) -> Iterator[tuple[str, str]]:
    """The method and the path of every page, without its language, as routers say it."""
    pages = next(route.app for route in app.routes if isinstance(route, Mount) and route.path == "/fr")
    for one in iter_route_contexts(cast(FastAPI, pages).routes):
        if isinstance(one.original_route, APIRoute) and one.path:
            yield from ((method, one.path) for method in one.methods or ())


def templates(app: FastAPI) -> tuple[str, ...]:
    """The path of every page that is read by GET."""
    return tuple(dict.fromkeys(path for method, path in routes(app) if method == "GET"))
