"""Bodies are bounded, and JSON is read strictly and once, before any route sees them (ASGI middleware)."""

import re

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.types import Message, Receive, Scope, Send

from api.http import problem_types as types
from api.http.around import Around
from api.http.problems import Problem, problem_response
from api.http.rooms import READ
from api.http.strict_json import loads

JSON_LIMIT = 1_048_576
"""Bytes in any body that is not an upload."""
UPLOAD_LIMIT = 200 * 1_048_576 + 65_536
"""Bytes in a multipart upload: one document of 200 MB, and its wrapping."""
UPLOADS = re.compile(r"^/(v1/(residents|mediators|systems|agents)|fr|br|en)/.*/documents$")

_JSON = re.compile(r"^application/([\w.+-]+\+)?json\s*(;.*)?$", re.IGNORECASE)


class BodyTooLarge(HTTPException):
    """Raised in the middle of a stream; answered like every HTTPException."""

    def __init__(self, limit: int) -> None:
        super().__init__(413, f"Le corps dépasse {limit // 1_048_576} Mo. Réduisez ou découpez l'envoi.")


class StrictBodies(Around):
    """Refuse bodies that are too large, and JSON that is not strict; pass the others on unread or replayed."""

    async def request(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope, receive)
        try:
            passed = await _checked(request, receive)
        except Problem as problem:
            await problem_response(problem, request)(scope, receive, send)
        else:
            await self.app(scope, passed, send)


async def _checked(request: Request, receive: Receive) -> Receive:
    """What the application reads: the JSON that was checked, or another body as it comes, but bounded."""
    content_type = request.headers.get("content-type", "")
    limit = _limit(request.scope["path"], content_type)
    bounded = _bounded(receive, limit)
    try:
        _refuse_announced(request, limit)
        if not _JSON.match(content_type):
            return bounded
        body = await _read(bounded)
    except BodyTooLarge as error:
        raise Problem(types.BODY_TOO_LARGE, error.detail) from error
    if body:
        request.scope[READ] = loads(body)
    return _replayed(body, receive)


def _limit(path: str, content_type: str) -> int:
    is_upload = content_type.lower().startswith("multipart/form-data") and UPLOADS.match(path)
    return UPLOAD_LIMIT if is_upload else JSON_LIMIT


def _refuse_announced(request: Request, limit: int) -> None:
    announced = request.headers.get("content-length", "")
    if announced.isdecimal() and int(announced[:20]) > limit:
        raise BodyTooLarge(limit)


def _bounded(receive: Receive, limit: int) -> Receive:
    received = 0

    async def bounded() -> Message:
        nonlocal received
        message = await receive()
        received += len(message.get("body", b""))
        if received > limit:
            raise BodyTooLarge(limit)
        return message

    return bounded


async def _read(receive: Receive) -> bytes:
    chunks: list[bytes] = []
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            return b""
        chunks.append(message.get("body", b""))
        if not message.get("more_body", False):
            return b"".join(chunks)


def _replayed(body: bytes, receive: Receive) -> Receive:
    given = False

    async def replayed() -> Message:
        nonlocal given
        if given:
            return await receive()
        given = True
        return {"type": "http.request", "body": body, "more_body": False}

    return replayed
