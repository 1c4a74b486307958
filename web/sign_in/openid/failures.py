"""Why signing in through a provider stopped, said plainly, with what to do: try again, or another way in."""

from collections.abc import Mapping

import structlog
from starlette.requests import Request
from starlette.responses import Response

from api.services import Services
from api.sign_in.oidc.failures import NotSignedIn
from api.sign_in.oidc.providers import TITLES
from domain.sentence import N_
from web.sign_in.openid.steps import begun_cookie, proven_cookie
from web.sign_in.openid.ways import RESIDENTS, WAYS
from web.site.page import here_of
from web.site.rendering import page

log = structlog.get_logger(__name__)

SAID: Mapping[str, tuple[int, str, str]] = {
    "away": (
        503,
        N_("%(provider)s ne répond pas"),
        N_("Ce n'est pas de votre fait. Réessayez dans quelques minutes, ou connectez-vous autrement."),
    ),
    "lost": (
        400,
        N_("Cette connexion n'a pas abouti"),
        N_("Elle a été commencée il y a trop longtemps, dans un autre navigateur, ou elle a déjà servi. Recommencez."),
    ),
    "declined": (
        401,
        N_("Vous n'avez pas été connecté"),
        N_("La connexion a été refusée ou abandonnée sur %(provider)s. Rien n'a été transmis au guichet."),
    ),
    "not_proven": (
        401,
        N_("Votre identité n'a pas pu être vérifiée"),
        N_("La réponse de %(provider)s n'était pas conforme : par prudence, elle a été écartée."),
    ),
    "unknown": (
        403,
        "Aucun compte ne correspond",
        N_("Votre administrateur doit d'abord créer votre compte ici, avec votre adresse professionnelle."),
    ),
    "disabled": (403, N_("Ce compte est fermé"), N_("Adressez-vous à l'administrateur du guichet.")),
    "taken": (
        409,
        N_("Ce compte s'ouvre déjà avec une autre identité"),
        N_("Un compte n'est relié qu'à une seule identité de %(provider)s. Adressez-vous à l'administrateur."),
    ),
    "wrong_code": (401, N_("Ce code n'est pas bon"), N_("Recommencez la connexion.")),
}
"""For each reason: the status, the title, and what to do."""


async def not_signed_in(request: Request, stop: NotSignedIn) -> Response:
    """The page of this failure; what the browser kept for this sign-in is taken back."""
    here = await here_of(request)
    services: Services = request.app.state.services
    way = next((one for one in WAYS if here.path.startswith(one.base)), RESIDENTS)
    log.warning("sign-in refused", provider=way.provider, why=stop.why, detail=stop.detail)
    status, title, what = SAID[stop.why]
    named = {"provider": TITLES[way.provider]}
    answer = page(
        here,
        "openid/failed.html",
        status=status,
        title=here.words.gettext(title) % named,
        what=here.words.gettext(what) % named,
        again=way.base if way.is_open(services) else "",
        sign_in=way.sign_in,
    )
    for cookie in (begun_cookie(way), proven_cookie(way)):
        cookie.drop(answer, here, services)
    return answer
