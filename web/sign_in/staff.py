"""Agents, mediators and administrators sign in by their password and a one-time code.

The same page for the three, each at the door of its space.
"""

from collections.abc import Mapping
from typing import Annotated

from fastapi import APIRouter, Depends, Query
from pydantic import ValidationError
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import Response

from api.http import problem_types as types
from api.http.problems import Problem
from api.services import Services, Use
from api.sign_in import browsers
from api.sign_in.credentials import in_browser
from api.sign_in.identity import Person
from api.sign_in.staff import PasswordIn, sign_in_staff
from domain.sentence import N_
from web.sign_in.identity import safe_return
from web.sign_in.openid.ways import STAFF
from web.site.form_data import Posted, refuse_foreign, text
from web.site.page import At, Here
from web.site.rendering import page, redirect
from web.site.spaces import space_of

TITLES: Mapping[str, str] = {
    "agent": N_("Se connecter à l'espace des agents"),
    "mediator": N_("Se connecter à l'espace des médiateurs"),
    "administrator": N_("Se connecter à l'espace d'administration"),
}
EMAIL_NEEDED = N_("Écrivez votre adresse électronique professionnelle en entier, par exemple nom@exemple.fr.")
CODE_NEEDED = N_("Le code fait six chiffres : ouvrez l'application qui le donne, et recopiez-le.")
PASSWORD_NEEDED = N_("Écrivez votre mot de passe.")
Next = Annotated[str, Query(alias="suite", max_length=500)]


def staff_sign_in_pages(kind: type[Person]) -> APIRouter:
    """The sign-in of one audience of staff."""
    router = APIRouter()
    space = space_of(kind)
    sign_in, home = space.sign_in, space.home

    @router.get(sign_in)
    async def sign_in_page(here: At, back: Next = "") -> Response:
        """Where the two factors are asked."""
        return _sign_in_page(here, kind, back=back)

    @router.post(sign_in, dependencies=[Depends(refuse_foreign)])
    async def open_the_session(request: Request, here: At, services: Use, form: Posted) -> Response:
        """Check both factors, and go on to where the person was going."""
        email, back = text(form, "email"), text(form, "suite")
        body, errors = _factors(form)
        if body is None:
            return _sign_in_page(here, kind, back=back, email=email, errors=errors)
        opened = redirect(safe_return(back, here, home))
        presented = in_browser(request, services)
        try:
            await sign_in_staff(kind.audience, body, request, opened, presented, services)
        except Problem as problem:
            if problem.type in {types.PASSWORD_TO_CHANGE, types.WEAK_PASSWORD}:
                said = {"new_password": problem.detail}
                return _sign_in_page(here, kind, back=back, email=email, errors=said, chooses=True)
            if problem.type is not types.SIGN_IN_REFUSED:
                raise
            return _sign_in_page(here, kind, back=back, email=email, errors={"email": problem.detail})
        return opened

    return router


def _factors(form: FormData) -> tuple[PasswordIn | None, dict[str, str]]:
    """What was typed, or a sentence for each field that cannot be it."""
    given = {"email": text(form, "email"), "password": str(form.get("password", "")), "code": text(form, "code")}
    new_password = str(form.get("new_password", "")) or None
    try:
        return PasswordIn(**given, new_password=new_password, transport="cookie"), {}
    except ValidationError as invalid:
        said = {"email": EMAIL_NEEDED, "password": PASSWORD_NEEDED, "code": CODE_NEEDED}
        wrong = [str(error["loc"][0]) for error in invalid.errors()]
        return None, {name: sentence for name, sentence in said.items() if name in wrong}


def _sign_in_page(
    here: Here,
    kind: type[Person],
    *,
    back: str,
    email: str = "",
    errors: Mapping[str, str] | None = None,
    chooses: bool = False,
) -> Response:
    said = {name: here.words.say(sentence) for name, sentence in (errors or {}).items()}
    services: Services = here.request.app.state.services
    way = next((one for one in STAFF if one.kind is kind and one.is_open(services)), None)
    context = {
        "proconnect": way.base if way else "",
        "back": back,
        "email": email,
        "errors": said,
        "chooses": chooses,
        "title": TITLES[kind.audience],
        "action": space_of(kind).sign_in,
    }
    answer = page(here, "staff/sign_in.html", status=422 if errors else 200, **context)
    browsers.know(here.request, answer, services)
    return answer
