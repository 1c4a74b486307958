"""Members of staff choose their own password."""

from collections.abc import Mapping
from typing import Annotated

from fastapi import APIRouter, Depends
from pydantic import ValidationError
from starlette.requests import Request
from starlette.responses import Response

from api.http import problem_types as types
from api.http.problems import Problem
from api.services import Use
from api.sign_in.identity import P, Person
from api.sign_in.own_password import NewPasswordIn, change_own_password
from domain.sentence import N_
from web.sign_in.identity import person_of
from web.site.confirmations import confirmation
from web.site.form_data import Posted
from web.site.page import At, Here
from web.site.rendering import page, redirect
from web.site.spaces import space_of

FIELDS = {types.SIGN_IN_REFUSED: "password", types.WEAK_PASSWORD: "new_password"}
EMPTY = N_("Écrivez ce mot de passe : douze caractères au moins, deux cents au plus.")
CHANGED = confirmation("mot_de_passe", N_("Votre mot de passe est changé."))


def own_password_pages(kind: type[P]) -> APIRouter:
    """The password of one audience of staff."""
    router = APIRouter()
    identify = person_of(kind)
    space = space_of(kind)
    path = space.password

    @router.get(path)
    async def password_page(here: At, person: Annotated[P, Depends(identify)]) -> Response:
        """Where one chooses one's password."""
        return _page(here, person)

    @router.post(path)
    async def change_password(
        request: Request, here: At, services: Use, form: Posted, person: Annotated[P, Depends(identify)]
    ) -> Response:
        """Change it; the other sessions end."""
        try:
            typed = NewPasswordIn(password=str(form.get("password")), new_password=str(form.get("new_password")))
            await change_own_password(person, typed, request, services)
        except ValidationError as invalid:
            said = here.words.gettext(EMPTY)
            return _page(here, person, {str(error["loc"][0]): said for error in invalid.errors()})
        except Problem as problem:
            if problem.type not in FIELDS:
                raise
            return _page(here, person, {FIELDS[problem.type]: here.words.say(problem.detail)})
        return redirect(here.url(space.home, dit=CHANGED))

    return router


def _page(here: Here, person: Person, errors: Mapping[str, str] | None = None) -> Response:
    context = {"errors": errors or {}, "home": space_of(type(person)).home}
    return page(here, "own/password.html", status=422 if errors else 200, **context)
