"""What every answer carries: its request's id, and headers that stop browsers from guessing or keeping."""

from starlette.datastructures import MutableHeaders, State
from starlette.types import Receive, Scope, Send
from uuid_utils.compat import uuid7

from api.http.around import Around, with_headers
from api.http.cookies import is_secure
from api.services import Services

YEAR = 365 * 24 * 3600
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "X-Frame-Options": "DENY",
    "Cache-Control": "no-store",
}


def transport_headers(state: State) -> dict[str, str]:
    """Over TLS, that browsers come back by TLS alone (RFC 6797)."""
    services: Services | None = getattr(state, "services", None)
    return {"Strict-Transport-Security": f"max-age={YEAR}"} if services is not None and is_secure(services) else {}


class Edge(Around):
    """Give each request an id (`scope["request_id"]`, `X-Request-Id`), each answer its headers where absent."""

    async def request(self, scope: Scope, receive: Receive, send: Send) -> None:
        scope["request_id"] = str(uuid7())

        def give(headers: MutableHeaders) -> None:
            headers["X-Request-Id"] = scope["request_id"]
            for name, value in (HEADERS | transport_headers(scope["app"].state)).items():
                headers.setdefault(name, value)

        await self.app(scope, receive, with_headers(send, give))
