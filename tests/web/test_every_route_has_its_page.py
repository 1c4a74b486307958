"""Everything that the API offers to residents, mediators and agents has its page: a route added without one fails here.

That each page does it is proven elsewhere (`test_every_filing_by_its_pages.py`, `test_every_act_by_its_page.py`, the
tests of each space): this is the list that nothing is missing from.
"""

from __future__ import annotations

import re

import pytest
from starlette.routing import Route

from storage.engine.settings import Settings
from tests.api.http.test_routes import BARE, DOCUMENT
from tests.web import world
from web.app import create_app

SIGNED_IN = {
    "GET /session": "GET {account}",
    "DELETE /session": "POST /deconnexion",
    "GET /sessions": "GET {account}",
    "DELETE /sessions": "POST {account}/sessions",
    "DELETE /sessions/{session}": "POST {account}/sessions/{session}",
}
STAFF = {**SIGNED_IN, "POST /sign-in": "POST {space}/connexion", "POST /password": "POST {space}/mot-de-passe"}
DRAFT_PIECE = "/brouillons/{draft}/pieces/{piece}"
COUNTER = {
    "GET /dossiers": "GET /espace",
    "GET /dossiers/{dossier}": "GET /dossiers/{dossier}",
    "POST /dossiers/{dossier}/acts/answer_proposal": "POST /dossiers/{dossier}/proposition",
    "POST /dossiers/{dossier}/acts/correct": "POST /dossiers/{dossier}/correction/{page}",
    "POST /dossiers/{dossier}/acts/give_observations": "POST /dossiers/{dossier}/observations",
    "POST /dossiers/{dossier}/acts/give_up_electronic_notices": "POST /dossiers/{dossier}/par-la-poste",
    "POST /dossiers/{dossier}/acts/give_report": "POST /dossiers/{dossier}/pieces/{piece}",
    "POST /dossiers/{dossier}/acts/provide_piece": "POST /dossiers/{dossier}/pieces/{piece}",
    "POST /dossiers/{dossier}/acts/read_notice": "POST /dossiers/{dossier}/lettres/{letter}",
    "POST /dossiers/{dossier}/acts/renounce": "POST /dossiers/{dossier}/renonciation",
    "POST /dossiers/{dossier}/acts/request_attestation": "POST /dossiers/{dossier}/attestation",
    "POST /dossiers/{dossier}/acts/send_message": "POST /dossiers/{dossier}/messages",
    "POST /dossiers/{dossier}/acts/sign_convention": "POST /dossiers/{dossier}/convention",
    "POST /dossiers/{dossier}/acts/take_over": "POST /dossiers/{dossier}/reprise",
    "POST /dossiers/{dossier}/acts/withdraw": "POST /dossiers/{dossier}/retrait",
    "POST /dossiers/{dossier}/documents": "POST /dossiers/{dossier}/pieces/{piece}/documents",
    "GET /dossiers/{dossier}/documents": "GET /dossiers/{dossier}/pieces",
    "GET /dossiers/{dossier}/documents/{document}": "GET /dossiers/{dossier}/pieces",
    "GET /dossiers/{dossier}/documents/{document}/content": "GET /dossiers/{dossier}/documents/{document}",
    "GET /dossiers/{dossier}/explanation": "GET /dossiers/{dossier}/pourquoi",
    "POST /dossiers/{dossier}/fork": "GET /dossiers/{dossier}/avenir",
    "GET /dossiers/{dossier}/journal": "GET /dossiers/{dossier}/journal",
    "GET /dossiers/{dossier}/letters": "GET /dossiers/{dossier}/lettres",
    "GET /dossiers/{dossier}/letters/{letter}": "GET /dossiers/{dossier}/lettres/{letter}/pdf",
    "GET /dossiers/{dossier}/messages": "GET /dossiers/{dossier}/messages",
    "GET /dossiers/{dossier}/pieces": "GET /dossiers/{dossier}/pieces",
    "GET /dossiers/{dossier}/readers": "GET /dossiers/{dossier}/lecteurs",
    "POST /drafts": "POST /brouillons",
    "GET /drafts": "GET /espace",
    "POST /drafts/{dossier}/documents": f"POST {DRAFT_PIECE}/documents",
    "GET /drafts/{dossier}/documents": "GET /brouillons/{draft}",
    "GET /drafts/{dossier}/documents/{document}": f"GET {DRAFT_PIECE}",
    "DELETE /drafts/{dossier}/documents/{document}": f"POST {DRAFT_PIECE}/documents/{{file}}/suppression",
    "GET /drafts/{dossier}/documents/{document}/content": "GET /brouillons/{draft}/documents/{file}",
    "GET /drafts/{draft}": "GET /brouillons/{draft}",
    "DELETE /drafts/{draft}": "POST /brouillons/{draft}/abandon",
    "GET /drafts/{draft}/check": "GET /brouillons/{draft}/verification",
    "PATCH /drafts/{draft}/pages/{page}": "POST /brouillons/{draft}/pages/{page}",
    "POST /drafts/{draft}/renew": "POST /brouillons/{draft}/renouveler",
    "POST /drafts/{draft}/submit": "POST /brouillons/{draft}/depot",
}
RESIDENTS = {
    "GET /mandates": "GET /mandats",
    "GET /mandates/{mandate}": "GET /mandats/{mandate}/revocation",
    "DELETE /mandates/{mandate}": "POST /mandats/{mandate}/revocation",
    "POST /sign-in/code": "POST /connexion",
    "POST /sign-in": "POST /connexion/code",
}
MEDIATORS = {
    "POST /mandates": "POST /mediateurs/mandats",
    "GET /mandates": "GET /mediateurs/",
    "GET /mandates/{mandate}": "GET /mediateurs/mandats/{mandate}",
    "POST /mandates/{mandate}/consent": "POST /mediateurs/mandats/{mandate}/accord",
    "DELETE /mandates/{mandate}": "POST /mediateurs/mandats/{mandate}/fin",
    "GET /organisation": "GET /mediateurs/",
}
DOCUMENT_PAGE = "/agents/dossiers/{dossier}/documents/{document}"
AGENTS = {
    "GET /campaigns": "GET /agents/campagnes",
    "POST /campaigns": "POST /agents/campagnes",
    "GET /campaigns/{campaign}": "GET /agents/campagnes/{campaign}",
    "GET /campaigns/{campaign}/ranking": "GET /agents/campagnes/{campaign}",
    "POST /campaigns/{campaign}/vote": "POST /agents/campagnes/{campaign}",
    "POST /dossiers": "POST /agents/papier/{procedure}",
    "GET /dossiers/{dossier}": "GET /agents/dossiers/{dossier}",
    "POST /dossiers/{dossier}/documents": "POST /agents/dossiers/{dossier}/pieces/{piece}/documents",
    "GET /dossiers/{dossier}/documents": "GET /agents/dossiers/{dossier}/pieces",
    "GET /dossiers/{dossier}/documents/{document}/content": f"GET {DOCUMENT_PAGE}",
    "GET /dossiers/{dossier}/documents/{document}/preview": f"GET {DOCUMENT_PAGE}/apercu",
    "GET /dossiers/{dossier}/explanation": "GET /agents/dossiers/{dossier}/pourquoi",
    "POST /dossiers/{dossier}/fork": "GET /agents/dossiers/{dossier}/avenir",
    "GET /dossiers/{dossier}/journal": "GET /agents/dossiers/{dossier}/journal",
    "GET /dossiers/{dossier}/letters": "GET /agents/dossiers/{dossier}/lettres",
    "GET /dossiers/{dossier}/letters/{letter}": "GET /agents/dossiers/{dossier}/lettres/{letter}",
    "GET /dossiers/{dossier}/messages": "GET /agents/dossiers/{dossier}/messages",
    "GET /dossiers/{dossier}/readers": "GET /agents/dossiers/{dossier}/journal",
    "GET /forecast": "GET /agents/previsions",
    "GET /incidents": "GET /agents/incidents",
    "POST /incidents/{incident}/close": "POST /agents/incidents/{incident}",
    "POST /incidents/{incident}/redo": "POST /agents/incidents/{incident}/refaire",
    "POST /dossiers/{dossier}/letters/preview": "POST /agents/dossiers/{dossier}/actes/{act}",
    "GET /queues": "GET /agents/",
    "GET /queues/{group}": "GET /agents/files/{group}",
    "GET /search": "GET /agents/recherche",
}
AUTHORS = {
    "POST /procedures/{procedure}/impact": "POST /auteurs/{slug}/impact",
    "GET /procedures/{procedure}/impact/{sha256}": "GET /auteurs/{slug}/impact/{sha256}",
    "GET /procedures/{procedure}/publication": "GET /auteurs/{slug}",
    "POST /procedures/{procedure}/publication/request": "POST /auteurs/{slug}/publication/demande",
    "POST /procedures/{procedure}/publication": "POST /auteurs/{slug}/publication",
}
"""Administrators have pages for what authors do; accounts and groups they manage by the API and the command line."""
ACT = re.compile(r"^POST /dossiers/{dossier}/acts/\w+$")
ACT_PAGE = "POST /agents/dossiers/{dossier}/actes/{act}"
UNDER_A_MANDATE = "/mediateurs/mandats/{mandate}"


def page_of(audience: str, route: str) -> str | None:
    """The page of a route, given without its audience; None where nobody named one."""
    if audience == "residents":
        return {**COUNTER, **RESIDENTS, **_at(SIGNED_IN, "", "/compte")}.get(route)
    if audience == "agents":
        named = {**AGENTS, **_at(STAFF, "/agents", "/agents/compte")}
        return ACT_PAGE if ACT.match(route) else named.get(route)
    if audience == "admin":
        return AUTHORS.get(route)
    under = {
        route.replace(" /", " /mandates/{mandate}/", 1): page.replace(" /", f" {UNDER_A_MANDATE}/", 1)
        for route, page in COUNTER.items()
    }
    return {**under, **MEDIATORS, **_at(STAFF, "/mediateurs", "/mediateurs/compte")}.get(route)


def _at(pages: dict[str, str], space: str, account: str) -> dict[str, str]:
    return {route: page.replace("{space}", space).replace("{account}", account) for route, page in pages.items()}


ROUTES = [
    (audience, f"{method.upper()} {path.removeprefix(f'/v1/{audience}')}")
    for audience, within in (("residents", ""), ("mediators", ""), ("agents", ""), ("admin", "procedures/"))
    for path, item in DOCUMENT["paths"].items()
    if path.startswith(f"/v1/{audience}/{within}")
    for method in item
]


@pytest.fixture(scope="module")
def pages() -> frozenset[str]:
    """Every page, with its method."""
    return frozenset(f"{method} {path}" for method, path in world.routes(create_app(Settings.of(BARE))))


@pytest.mark.parametrize(("audience", "route"), ROUTES)
def test_a_route_of_the_api_has_its_page(pages: frozenset[str], audience: str, route: str) -> None:
    page = page_of(audience, route)

    assert page is not None, "name its page, or make it"
    assert page in pages


def test_what_no_language_has_is_at_the_root() -> None:
    """Beside the API and the pages: the home that chooses a language, static files, whom to tell of a weakness."""
    app = create_app(Settings.of(BARE))
    beside = {route.path for route in app.router.routes if type(route) is Route}

    assert beside - {"/openapi.json"} == {"/", "/static/{digest}/{name}", "/.well-known/security.txt"}
