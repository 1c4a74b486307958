"""A page that answered a form, as it is in another language or under a new session: the same form, heard again.

Its route answers over a database that rolls everything back, and nothing is sent: looking at a page does nothing.
"""

from collections.abc import Iterable, Sequence
from typing import Final
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.types import Message, Receive, Scope

from api.services import Services
from web.site.form_data import CSRF, WHO
from web.site.page import Here

FORM: Final = b"application/x-www-form-urlencoded"


def said_again(
    request: Request, here: Here, kept_page: str, fields: Sequence[tuple[str, str]], asked: Iterable[tuple[str, str]]
) -> tuple[Scope, Receive]:
    """The request that sends these fields again with the proof of the present session, and to no effect."""
    services: Services = request.app.state.services
    body = urlencode([*fields, (CSRF, here.csrf), *([(WHO, here.who)] if here.who else [])]).encode()
    headers = [pair for pair in request.scope["headers"] if pair[0] not in {b"content-type", b"content-length"}]
    scope = {
        **request.scope,
        "method": "POST",
        "query_string": urlencode(list(asked)).encode(),
        "headers": [*headers, (b"content-type", FORM), (b"content-length", str(len(body)).encode())],
        "state": {"kept_page": kept_page, "services": services.rehearsing()},
    }

    async def receive() -> Message:
        return {"type": "http.request", "body": body, "more_body": False}

    return scope, receive
