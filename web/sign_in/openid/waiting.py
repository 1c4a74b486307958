"""An identity kept in the browser while one more proof is asked: the code of an address, or a second factor."""

from dataclasses import dataclass

from starlette.responses import Response

from api.services import Services
from api.sign_in.oidc.failures import NotSignedIn
from api.sign_in.oidc.flow import Identity
from web.sign_in.openid.steps import begun_cookie, proven_cookie
from web.sign_in.openid.ways import Way
from web.site.page import Here
from web.site.rendering import redirect

_TRUTH = {"": None, "no": False, "yes": True}


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """Who waits, for where, and the challenge of the code that was sent (empty when none was).

    `taken`: the account that the proven address opens, which is theirs by its name and bound to a former identity.
    """

    identity: Identity
    back: str
    challenge: str = ""
    taken: str = ""


def keep_waiting(way: Way, here: Here, services: Services, waiting: Waiting, page: str) -> Response:
    """Go to the page of this way that asks for the proof; the sign-in begun is over."""
    answer = redirect(here.url(f"{way.base}/{page}"))
    begun_cookie(way).drop(answer, here, services)
    identity = waiting.identity
    said = {True: "yes", False: "no", None: ""}
    content = {
        "issuer": identity.issuer,
        "subject": identity.subject,
        "email": identity.email,
        "email_verified": said[identity.email_verified],
        "name": identity.name,
        "two_factors": said[identity.two_factors],
        "id_token": identity.id_token,
        "back": waiting.back,
        "challenge": waiting.challenge,
        "taken": waiting.taken,
    }
    proven_cookie(way).keep(answer, here, services, content)
    return answer


def who_waits(way: Way, here: Here, services: Services) -> Waiting:
    """Who this browser is kept for. Raises NotSignedIn when nobody is, or for too long."""
    kept = proven_cookie(way).read(here, services)
    if kept is None:
        raise NotSignedIn("lost", "nobody waits in this browser")
    back, challenge, taken = kept.pop("back"), kept.pop("challenge"), kept.pop("taken", "")
    verified, two = _TRUTH[kept.pop("email_verified")], bool(_TRUTH[kept.pop("two_factors")])
    identity = Identity(**kept, email_verified=verified, two_factors=two)
    return Waiting(identity=identity, back=back, challenge=challenge, taken=taken)
