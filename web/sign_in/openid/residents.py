"""A resident signs in through FranceConnect; the first time, the address that it gives is proven by a code."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Query
from pydantic import ValidationError
from starlette.requests import Request
from starlette.responses import Response

from api.http import problem_types as types
from api.http.problems import Problem
from api.residents import sign_in as codes
from api.services import Services, Use
from api.sign_in import browsers
from api.sign_in.oidc.failures import NotSignedIn, Taken
from api.sign_in.oidc.rebinding import bound_again
from api.sign_in.oidc.residents import known_resident, with_proven_address, without_address
from web.sign_in.openid.steps import arrive, come_back, leave
from web.sign_in.openid.waiting import Waiting, keep_waiting, who_waits
from web.sign_in.openid.ways import RESIDENTS
from web.site.form_data import Posted, refuse_foreign, text
from web.site.page import At, Here
from web.site.rendering import page

router = APIRouter(prefix=RESIDENTS.base)
Next = Annotated[str, Query(alias="suite", max_length=500)]


@router.get("")
async def to_franceconnect(here: At, services: Use, back: Next = "") -> Response:
    """Leave for FranceConnect."""
    return await leave(RESIDENTS, here, services, back)


@router.get("/retour")
async def from_franceconnect(request: Request, here: At, services: Use) -> Response:
    """Come back from there: sign in, or prove the address first."""
    identity, back = await come_back(RESIDENTS, here, services)
    account = await known_resident(services, identity)
    if account is None:
        challenge = await _code_sent(identity.email, request, services, here)
        if challenge is not None:
            waiting = Waiting(identity=identity, back=back, challenge=str(challenge))
            answer = keep_waiting(RESIDENTS, here, services, waiting, "adresse")
            browsers.know(request, answer, services)
            return answer
        account = await without_address(services, identity)
    return await arrive(RESIDENTS, here, services, account, identity, back)


@router.get("/adresse")
async def address_page(here: At, services: Use) -> Response:
    """Where the code sent to the address is asked."""
    return _address_page(here, who_waits(RESIDENTS, here, services))


@router.post("/adresse", dependencies=[Depends(refuse_foreign)])
async def prove_the_address(request: Request, here: At, services: Use, form: Posted) -> Response:
    """The code: the account of that address, from now on, opens with this identity."""
    waiting = who_waits(RESIDENTS, here, services)
    challenge, code = UUID(waiting.challenge), text(form, "code")
    try:
        account = await with_proven_address(services, waiting.identity, request, challenge, code)
    except Taken as stop:
        if not stop.is_theirs:
            return _address_page(here, waiting, stop.why)
        again = Waiting(identity=waiting.identity, back=waiting.back, taken=str(stop.account))
        return keep_waiting(RESIDENTS, here, services, again, "rattachement")
    except NotSignedIn as stop:
        if stop.why != "wrong_code":
            raise
        return _address_page(here, waiting, stop.why)
    return await arrive(RESIDENTS, here, services, account, waiting.identity, waiting.back)


@router.get("/rattachement")
async def binding_page(here: At, services: Use) -> Response:
    """The account at this address is theirs by its name: shall it open by the identity of today?"""
    waiting = who_waits(RESIDENTS, here, services)
    return page(here, "openid/binding.html", email=waiting.identity.email, base=RESIDENTS.base)


@router.post("/rattachement", dependencies=[Depends(refuse_foreign)])
async def bind_again(here: At, services: Use) -> Response:
    """Yes: the former identity no longer opens it, and its owner is told by e-mail."""
    waiting = who_waits(RESIDENTS, here, services)
    if not waiting.taken:
        raise NotSignedIn("lost", "no account was proven in this browser")
    account = await bound_again(services, waiting.identity, UUID(waiting.taken), here.words.gettext)
    return await arrive(RESIDENTS, here, services, account, waiting.identity, waiting.back)


@router.post("/sans-adresse", dependencies=[Depends(refuse_foreign)])
async def go_on_without(here: At, services: Use) -> Response:
    """Leave that address aside: an account without one."""
    waiting = who_waits(RESIDENTS, here, services)
    account = await without_address(services, waiting.identity)
    return await arrive(RESIDENTS, here, services, account, waiting.identity, waiting.back)


async def _code_sent(email: str, request: Request, services: Services, here: Here) -> UUID | None:
    """The challenge of a code sent there; None when the provider gave no address, or one that takes no e-mail."""
    try:
        asked = codes.CodeAskedIn(email=email)
        return (await codes.send_a_code(asked, request, services, here.words.gettext)).challenge
    except ValidationError:
        return None
    except Problem as problem:
        if problem.type is types.VALIDATION_FAILED:
            return None
        raise


def _address_page(here: Here, waiting: Waiting, why: str = "") -> Response:
    said = {
        "": "",
        "wrong_code": here.words.gettext(
            "Ce code est faux, expiré ou déjà utilisé. Vérifiez-le, ou recommencez la connexion."
        ),
        "taken": here.words.gettext(
            "Cette adresse sert déjà à une autre personne qui passe par FranceConnect. Si cet espace est le vôtre, "
            "ouvrez-le par un code envoyé à cette adresse. Sinon, continuez sans elle."
        ),
    }
    context = {"email": waiting.identity.email, "error": said[why], "base": RESIDENTS.base, "back": waiting.back}
    return page(here, "openid/address.html", status=422 if why else 200, **context)
