"""A resident signs in by a code sent by e-mail; nothing else is asked."""

from functools import partial
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Query
from pydantic import ValidationError
from starlette.requests import Request
from starlette.responses import Response

from api.http import problem_types as types
from api.http.inputs import ACCENTED, unwritable
from api.http.problems import Problem
from api.residents import sign_in as api
from api.services import Services, Use
from api.sign_in import browsers
from api.sign_in.credentials import in_browser
from api.sign_in.own_account import leave
from api.sign_in.session import drop_cookie, remember_language
from domain.sentence import N_
from web.sign_in.identity import person_anywhere, safe_return
from web.sign_in.openid.leaving import to_the_provider
from web.sign_in.openid.ways import RESIDENTS
from web.site import kept_forms
from web.site.confirmations import SIGNED_OUT
from web.site.form_data import Posted, refuse_foreign, text
from web.site.masking import masked
from web.site.page import At, Here
from web.site.rendering import page, redirect, with_cookies

router = APIRouter()
INCOMPLETE = N_("Écrivez une adresse électronique complète, par exemple nom@exemple.fr.")
Next = Annotated[str, Query(alias="suite", max_length=500)]


@router.get("/connexion")
async def sign_in_page(here: At, services: Use, back: Next = "") -> Response:
    """FranceConnect, or the address to which a code goes."""
    return _address_page(here, services, back=back)


@router.post("/connexion", dependencies=[Depends(refuse_foreign)])
async def ask_for_a_code(request: Request, here: At, services: Use, form: Posted) -> Response:
    """Send the code, and ask for it."""
    email, back, kept = text(form, "email"), text(form, "suite"), text(form, kept_forms.FIELD)
    try:
        asked = api.CodeAskedIn(email=email)
        sent = await api.send_a_code(asked, request, services, here.words.gettext)
    except ValidationError:
        error = here.words.gettext(ACCENTED if unwritable(email) else INCOMPLETE)
        return _address_page(here, services, back=back, email=email, error=error, kept=kept)
    except Problem as problem:
        if problem.type is not types.VALIDATION_FAILED:
            raise
        error = here.words.gettext(problem.errors[0].message)
        return _address_page(here, services, back=back, email=email, error=error, kept=kept)
    answer = _code_page(here, challenge=str(sent.challenge), email=email, back=back, kept=kept)
    browsers.know(request, answer, services)
    return answer


@router.post("/connexion/code", dependencies=[Depends(refuse_foreign)])
async def sign_in(request: Request, here: At, services: Use, form: Posted) -> Response:
    """Open the session, and go on to where the person was going."""
    challenge, email, back = text(form, "challenge"), text(form, "email"), text(form, "suite")
    kept, opened = text(form, kept_forms.FIELD), redirect(safe_return(back, here))
    again = partial(_code_page, here, challenge=challenge, email=email, back=back, kept=kept, status=422)
    try:
        body = api.CodeIn(challenge=UUID(challenge), code=text(form, "code"), transport="cookie")
        presented = in_browser(request, services)
        signed_in = await api.sign_in(body, request, opened, presented, services)
    except (ValueError, ValidationError):
        return again(error=here.words.gettext("Le code fait huit chiffres."))
    except Problem as problem:
        if problem.type is not types.CODE_REFUSED:
            raise
        error = here.words.gettext("Ce code est faux, expiré ou déjà utilisé. Vérifiez-le, ou demandez-en un autre.")
        return again(error=error)
    await remember_language(services, signed_in.account, here.code)
    typed = kept_forms.opened(services.master, kept, signed_in.account) if kept else None
    if typed is not None and signed_in.csrf_token is not None:
        csrf, home = masked(signed_in.csrf_token), here.url("/espace")
        return with_cookies(page(here, "public/resumed.html", kept=typed, csrf=csrf, home=home), opened)
    return opened


@router.post("/deconnexion")
async def sign_out(request: Request, here: At, services: Use) -> Response:
    """End this session, whoever it belongs to; then the provider's, if it was opened through one."""
    person = await person_anywhere(request, services)
    answer: Response | None = None
    if person is not None:
        origin = await leave(services, person)
        answer = await to_the_provider(here, services, origin) if origin is not None else None
    answer = answer or redirect(here.url("/", dit=SIGNED_OUT))
    drop_cookie(answer, services)
    return answer


def _address_page(
    here: Here, services: Services, *, back: str, email: str = "", error: str = "", kept: str = ""
) -> Response:
    franceconnect = RESIDENTS.base if RESIDENTS.is_open(services) else ""
    status = 422 if error else 200
    context = {"back": back, "email": email, "error": error, "franceconnect": franceconnect, "kept": kept}
    return page(here, "public/sign_in.html", status=status, **context)


def _code_page(
    here: Here, *, challenge: str, email: str, back: str, kept: str = "", error: str = "", status: int = 200
) -> Response:
    context = {"challenge": challenge, "email": email, "back": back, "kept": kept, "error": error}
    return page(here, "public/code.html", status=status, **context)
