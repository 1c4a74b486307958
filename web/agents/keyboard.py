"""The keyboard's shortcuts: what they are, and how to turn them off (WCAG 2.1.4)."""

from fastapi import APIRouter
from starlette.responses import Response

from api.http.cookies import is_secure
from api.services import Use
from domain.sentence import N_
from web.sign_in.identity import Agent
from web.site.confirmations import confirmation
from web.site.form_data import Posted, text
from web.site.page import At
from web.site.rendering import page, redirect

router = APIRouter(prefix="/agents")
DONE = confirmation("fait", N_("C'est fait."))
COOKIE = "guichet_raccourcis"
OFF = "non"
YEAR = 365 * 24 * 3600
SHORTCUTS = (
    ("n, j", N_("Page ou demande suivante")),
    ("p, k", N_("Page ou demande précédente")),
    ("q", N_("Revenir à la file")),
    ("a", N_("Aller aux actes de la demande")),
    ("/", N_("Aller au champ de recherche")),
    (N_("g puis f"), N_("Files")),
    (N_("g puis r"), N_("Recherche")),
    (N_("g puis d"), N_("Dépôt sur papier")),
    (N_("g puis p"), N_("Prévisions")),
    (N_("g puis i"), N_("Incidents")),
    (N_("g puis c"), N_("Campagnes")),
    ("?", N_("Cette page")),
)


@router.get("/clavier")
async def keyboard_page(here: At, agent: Agent) -> Response:
    """Every shortcut, and whether they are on."""
    del agent
    is_on = here.request.cookies.get(COOKIE) != OFF
    return page(here, "agents/keyboard.html", shortcuts=SHORTCUTS, is_on=is_on)


@router.post("/clavier")
async def turn_shortcuts(here: At, agent: Agent, services: Use, form: Posted) -> Response:
    """Turn them on or off, on this browser."""
    del agent
    answer = redirect(here.url("/agents/clavier", dit=DONE))
    wanted = OFF if text(form, "raccourcis") == OFF else "oui"
    answer.set_cookie(COOKIE, wanted, max_age=YEAR, httponly=True, secure=is_secure(services), samesite="lax", path="/")
    return answer
