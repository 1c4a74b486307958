"""Where a page is: its language, the space it belongs to, who looks at it."""

from dataclasses import dataclass, field
from typing import Annotated
from urllib.parse import urlencode

from fastapi import Depends
from starlette.requests import Request
from uuid_utils.compat import uuid7

from api.http import cookies
from api.services import Services
from api.sign_in.credentials import COOKIE, csrf_token
from api.sign_in.identity import Person
from domain.mandate import Mandate
from web.sign_in.signed_out import SignInFirst
from web.site.kept_forms import who_is
from web.site.languages import CODES, FRENCH, Code, Words, words
from web.site.masking import masked

PAGE = "essai"
"""In an address, which page that answered a form is shown again (`web/site/kept_pages.py`)."""


@dataclass(slots=True)
class Here:
    """The page being asked for. `person` is set by the space (`web/sign_in/identity.py`), `mandate` under one."""

    request: Request
    code: Code
    person: Person | None = None
    mandate: Mandate | None = None
    mandate_name: str = ""
    over: SignInFirst | None = None
    """The session has just ended: a file that was being sent is received, and nothing is shown."""
    once: str = field(default_factory=lambda: str(uuid7()))

    @property
    def words(self) -> Words:
        """How this page speaks."""
        return words(self.code)

    @property
    def path(self) -> str:
        """The page's path without its language, `/demarches/fsl`."""
        return self.request.url.path.removeprefix(f"/{self.code}") or "/"

    @property
    def counter(self) -> str:
        """Where the counter is mounted: at the language's root, or under a mandate."""
        return "" if self.mandate is None else f"/mediateurs/mandats/{self.mandate.id}"

    def url(self, path: str, **query: object) -> str:
        """The address of a path of this language, `/demarches`, with its query."""
        asked = {name: str(value) for name, value in query.items() if value not in (None, "")}
        return f"/{self.code}{path}" + (f"?{urlencode(asked)}" if asked else "")

    def at_counter(self, path: str, **query: object) -> str:
        """The address of a page of the counter, in person or under the present mandate."""
        return self.url(self.counter + path, **query)

    def in_language(self, code: Code) -> str:
        """This very page in another language."""
        query = self.request.url.query
        if self.request.method == "POST" and (kept := getattr(self.request.state, "kept_page", None)):
            query = f"{query}&{PAGE}={kept}" if query else f"{PAGE}={kept}"
        return f"/{code}{self.path}" + (f"?{query}" if query else "")

    @property
    def is_demonstration(self) -> bool:
        """Whether nothing here is real: the legal clock may be moved."""
        services: Services = self.request.app.state.services
        return services.settings.mode == "demonstration"

    @property
    def csrf(self) -> str:
        """What every form of a session sends back, masked anew at each reading; empty without a session."""
        services: Services = self.request.app.state.services
        token = cookies.read(self.request, services, COOKIE)
        return masked(csrf_token(services.master, token)) if token else ""

    @property
    def who(self) -> str:
        """What tells, in the forms of a session, that the same person comes back; empty without one."""
        if self.person is None:
            return ""
        services: Services = self.request.app.state.services
        return who_is(services.master, self.person.account)


async def here_of(request: Request) -> Here:
    """Where this page is; made once for each request."""
    found: Here | None = getattr(request.state, "here", None)
    if found is None:
        last = str(request.scope.get("root_path", "")).rpartition("/")[2]
        found = Here(request, next((code for code in CODES if code == last), FRENCH))
        request.state.here = found
    return found


At = Annotated[Here, Depends(here_of)]
"""How a page asks where it is."""
