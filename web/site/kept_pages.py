"""A page that answers a form has an address for an hour: Back, a reload and another language lose nothing of it.

The answer is kept sealed and the browser sent there (303). It is shown as it was to the same session. In another
language or under a new session the same person is shown what the form has for an answer there, to no effect
(`web/site/said_again.py`); where that is not the same kind of page any more, a button sends the form again. What asks
whether a procedure is for somebody keeps nothing at all, as its page says.
"""

import gzip
import re
from dataclasses import dataclass, replace
from http import HTTPStatus
from typing import Final
from urllib.parse import parse_qsl, urlencode
from uuid import UUID, uuid4

from pydantic import TypeAdapter, ValidationError
from pydantic_core import to_json
from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Match
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api import kept_pages
from api.services import Services
from api.sign_in.credentials import COOKIE
from api.sign_in.identity import person_bearing
from storage.accounts import sessions
from storage.engine.master_key import Unreadable
from web.sign_in.identity import bearer_here
from web.site.compression import compressed
from web.site.form_data import CSRF, WHO
from web.site.kept_forms import MOST, SECRET, who_is
from web.site.page import PAGE, Here, here_of
from web.site.rendering import page, redirect
from web.site.said_again import said_again
from web.site.spaces import SPACES

STATUSES: Final = frozenset({200, 400, 409, 413, 415, 422})
NOTHING_KEPT: Final = re.compile(r"/(pour-moi|reprise)$")
"""Answers that say that nothing is kept, or that hold what was typed under another session."""
SENDS: Final = re.compile(r"/connexion(/|$)")
"""What these answer by a page that is no error, they have done: a code has left, and the page is of that code."""
HOLDER: Final = re.compile(r"^.*?/(?:dossiers|brouillons)/[0-9a-f-]{36}(?=/|$)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """An answer as it was: in which language, for which session, whose, and what had been typed (not files)."""

    code: str
    status: int
    html: str
    session: str
    who: str
    fields: tuple[tuple[str, str], ...]
    path: str


_KEPT = TypeAdapter(Kept)


class KeptPages:
    """Keeps the pages that answer forms, and shows them where the browser is sent."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["method"] == "GET" and PAGE in (request := Request(scope)).query_params:
            await (await self._shown(request))(scope, receive, send)
        elif scope["type"] == "http" and scope["method"] == "POST" and not NOTHING_KEPT.search(scope["path"]):
            await self._answered(scope, receive, send)
        else:
            await self.app(scope, receive, send)

    async def _answered(self, scope: Scope, receive: Receive, send: Send) -> None:
        scope.setdefault("state", {})["kept_page"] = id_ = uuid4()
        heard, answer = Heard(receive), Answer(send)
        await self.app(scope, heard, answer)
        if answer.start is None:
            return
        request = Request(scope)
        # What opens a session is shown at once: its address would be that of another one.
        if any(value.startswith(f"{COOKIE}=") for value in answer.headers.getlist("set-cookie")):
            await answer.go_on()
            return
        if not await _kept(request, id_, await here_of(request), answer, heard.fields(request)):
            await answer.go_on()
            return
        away = redirect(_address(request, **{PAGE: str(id_)}))
        for value in answer.headers.getlist("set-cookie"):
            away.headers.append("set-cookie", value)
        await away(scope, receive, send)

    async def _shown(self, request: Request) -> Response:
        here = await here_of(request)
        services: Services = request.app.state.services
        plain = redirect(_without(request))
        found = await _found(services, request.query_params[PAGE])
        bearer = await bearer_here(request, services)
        if found is None or (found.who and (bearer is None or who_is(services.master, bearer.account) != found.who)):
            return plain
        if not await self._may_still_open(request):
            return plain
        if found.code == here.code and found.session == _session(request):
            return compressed(request, HTMLResponse(found.html, found.status))
        if bearer is not None:
            here.person = person_bearing(SPACES[bearer.audience].kind, bearer)
        if not found.fields:
            return plain
        if (again := await self._again(request, here, found)) is not None:
            return compressed(request, HTMLResponse(again, found.status))
        return page(here, "public/kept.html", kept=replace(found, path=f"/{here.code}{found.path}"))

    async def _again(self, request: Request, here: Here, found: Kept) -> str | None:
        """What the same form has for an answer here and now, nothing being done; None for another kind of page."""
        if here.path != found.path or (found.status == HTTPStatus.OK and SENDS.search(found.path)):
            return None
        scope, receive = said_again(request, here, request.query_params[PAGE], found.fields, _asked(request))
        answer = Answer(_nowhere)
        await self.app(scope, receive, answer)
        return answer.html if answer.start is not None and answer.start["status"] == found.status else None

    async def _may_still_open(self, request: Request) -> bool:
        """Whether the request or draft that the page is under is still open to this person: its own page is asked."""
        holder = HOLDER.match(request.url.path)
        if holder is None:
            return True
        status: list[int] = []

        async def note(message: Message) -> None:
            if message["type"] == "http.response.start":
                status.append(message["status"])

        path = holder[0]
        scope = {**request.scope, "path": path, "raw_path": path.encode(), "query_string": b"", "state": {}}
        await self.app(scope, _nothing, note)
        return status[:1] == [200]


class Heard:
    """What the browser sends, as it goes by: a form's text, when it is short enough to be kept."""

    def __init__(self, receive: Receive) -> None:
        self._receive, self._body = receive, bytearray()

    async def __call__(self) -> Message:
        message = await self._receive()
        if len(self._body) <= MOST:
            self._body += message.get("body", b"")
        return message

    def fields(self, request: Request) -> tuple[tuple[str, str], ...]:
        """The fields, but for what proves the session; none of a form with a secret, nor of a file's."""
        kind = request.headers.get("content-type", "").partition(";")[0]
        if kind != "application/x-www-form-urlencoded" or len(self._body) > MOST:
            return ()
        sent = parse_qsl(self._body.decode(errors="replace"), keep_blank_values=True)
        return () if SECRET & dict(sent).keys() else tuple(each for each in sent if each[0] not in {CSRF, WHO})


class Answer:
    """What is answered: held back when it is a page that may be kept, passed on otherwise."""

    def __init__(self, send: Send) -> None:
        self._send, self.body = send, bytearray()
        self.start: Message | None = None

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = Headers(raw=message["headers"])
            if message["status"] in STATUSES and headers.get("content-type", "").startswith("text/html"):
                self.start = message
                return
        if self.start is None:
            await self._send(message)
        else:
            self.body += message.get("body", b"")

    @property
    def headers(self) -> Headers:
        """Its headers."""
        return Headers(raw=self.start["headers"] if self.start is not None else [])

    @property
    def html(self) -> str:
        """Its page."""
        zipped = self.headers.get("content-encoding") == "gzip"
        return (gzip.decompress(self.body) if zipped else bytes(self.body)).decode()

    async def go_on(self) -> None:
        """Send it after all."""
        if self.start is not None:
            await self._send(self.start)
            await self._send({"type": "http.response.body", "body": bytes(self.body)})


async def _kept(request: Request, id_: UUID, here: Here, answer: Answer, fields: tuple[tuple[str, str], ...]) -> bool:
    """Keep it; False when this network has had too many kept, and is answered at once."""
    services: Services = request.app.state.services
    kept = Kept(
        code=here.code,
        status=answer.start["status"] if answer.start is not None else 200,
        html=answer.html,
        session=_session(request),
        who=here.who,
        fields=fields,
        path=here.path,
    )
    return await kept_pages.keep(services, request, id_, gzip.compress(to_json(kept)))


async def _found(services: Services, said: str) -> Kept | None:
    try:
        content = await kept_pages.kept(services, UUID(said))
        return None if content is None else _KEPT.validate_json(gzip.decompress(content))
    except (ValueError, ValidationError, Unreadable):
        return None


def _session(request: Request) -> str:
    token = request.cookies.get(COOKIE)
    return sessions.digest(token).hex() if token else ""


def _asked(request: Request) -> list[tuple[str, str]]:
    return [pair for pair in request.query_params.multi_items() if pair[0] != PAGE]


def _address(request: Request, **more: str) -> str:
    query = urlencode([*_asked(request), *more.items()])
    return request.url.path + (f"?{query}" if query else "")


def _without(request: Request) -> str:
    """The page itself; the one that it is under, where a form is sent to an address that no page has."""
    if any(route.matches(request.scope)[0] is Match.FULL for route in request.app.routes):
        return _address(request)
    return request.url.path.rpartition("/")[0]


async def _nowhere(message: Message) -> None:
    del message


async def _nothing() -> Message:
    return {"type": "http.request", "body": b"", "more_body": False}
