"""Who looks at a page: the same sessions as the API's, carried by the cookie; forms prove that they are ours."""

from collections.abc import Awaitable, Callable
from typing import Annotated
from urllib.parse import urlsplit
from uuid import UUID

from fastapi import Depends
from starlette.requests import Request

from api import mandates
from api.http import cookies
from api.http import problem_types as types
from api.http.problems import Problem
from api.residents.acting import Acting, mediator_acts, resident_acts
from api.services import Services, Use
from api.sign_in.credentials import COOKIE, SAFE_METHODS, Presented
from api.sign_in.identity import (
    AdministratorPerson,
    AgentPerson,
    MediatorPerson,
    P,
    ResidentPerson,
    bearer_of,
    lately,
    signed_in,
)
from storage.accounts.sessions import Bearer
from web.sign_in.signed_out import SignInFirst
from web.site.form_data import CSRF, posted, refuse_foreign, text
from web.site.masking import unmasked
from web.site.page import At, Here
from web.site.spaces import space_of
from web.site.uploads import is_upload


def person_of(kind: type[P]) -> Callable[..., Awaitable[P]]:
    """The dependency of a space's pages: its person, or the way to sign in."""
    identify = signed_in(kind)

    async def identified(request: Request, here: At, services: Use) -> P:
        await refuse_foreign(request)
        # An upload's token comes in its own stream, before the file (`web/site/uploads.py`).
        sent = (
            "" if request.method in SAFE_METHODS or is_upload(request) else unmasked(text(await posted(request), CSRF))
        )
        token = cookies.read(request, services, COOKIE)
        method = "GET" if is_upload(request) else request.method
        try:
            person = await identify(Presented(token, by_cookie=True, method=method, csrf=sent), services)
        except Problem as problem:
            if problem.type is not types.NOT_SIGNED_IN:
                raise
            space, back = space_of(kind), here.in_language(here.code)
            over = SignInFirst(kind.audience, sign_in=here.url(space.sign_in), back=back, home=here.url(space.home))
            late = await lately(services, kind, token) if token is not None and is_upload(request) else None
            if late is None:
                raise over from problem
            # The file is received for them; `web/site/uploads.py` then says that the session is over.
            person, here.over = late, over
        here.person = person
        return person

    return identified


Resident = Annotated[ResidentPerson, Depends(person_of(ResidentPerson))]
Agent = Annotated[AgentPerson, Depends(person_of(AgentPerson))]
Mediator = Annotated[MediatorPerson, Depends(person_of(MediatorPerson))]
administrator_here = person_of(AdministratorPerson)
Administrator = Annotated[AdministratorPerson, Depends(administrator_here)]


async def resident_here(request: Request, person: Resident) -> None:
    """A resident looks at their own pages."""
    await resident_acts(request, person)


async def mediator_here(request: Request, mandate: UUID, person: Mediator, here: At, services: Use) -> None:
    """A mediator looks at the pages of the person who gave this mandate, live at this instant."""
    await mediator_acts(request, mandate, person, services)
    acting: Acting = request.state.acting
    here.mandate = acting.mandate
    here.mandate_name = (await mandates.shown(services, person.context, mandate)).resident_name


def safe_return(path: str, here: Here, home: str = "/espace") -> str:
    """Where to come back after signing in: one of our own pages in any language, or where the space begins."""
    parts = urlsplit(path)
    ours = path.startswith("/") and not parts.scheme and not parts.netloc and not path.startswith(("//", "/\\"))
    return path if ours and "\\" not in path and path.isprintable() else here.url(home)


async def person_anywhere(request: Request, services: Services) -> Bearer | None:
    """Whose session the cookie bears, in whatever space; None without one. Raises Problem for a foreign form."""
    await refuse_foreign(request)
    token = cookies.read(request, services, COOKIE)
    if token is None:
        return None
    sent = unmasked(text(await posted(request), CSRF)) if request.method not in SAFE_METHODS else ""
    Presented(token, by_cookie=True, method=request.method, csrf=sent).refuse_forgery(services.master)
    return await bearer_here(request, services)


async def bearer_here(request: Request, services: Services) -> Bearer | None:
    """The same for who only looks: a form without the session's proof must change nothing."""
    token = cookies.read(request, services, COOKIE)
    if token is None:
        return None
    return await bearer_of(services, token)
