"""What each page carries to protect who reads it, and the language remembered."""

from __future__ import annotations

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

CSP = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": CSP,
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
LANGUAGE = "guichet_langue"
"""The cookie that remembers the language; it says nothing else of anybody."""
YEAR = 365 * 24 * 3600


class Walls:
    """Give each page its headers where absent; remember the language of its path."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        code = str(scope.get("root_path", "")).rpartition("/")[2]

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
                headers.setdefault("Content-Language", code)
                secure = "; Secure" if scope.get("scheme") == "https" else ""
                remembered = f"{LANGUAGE}={code}; Path=/; Max-Age={YEAR}; HttpOnly; SameSite=Lax{secure}"
                headers.append("Set-Cookie", remembered)
            await send(message)

        await self.app(scope, receive, with_headers)
