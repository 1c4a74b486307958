"""What each page carries to protect who reads it, and the language remembered."""

from starlette.datastructures import MutableHeaders
from starlette.types import Receive, Scope, Send

from api.http.around import Around, with_headers

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


class Walls(Around):
    """Give each page its headers where absent; remember the language of its path."""

    async def request(self, scope: Scope, receive: Receive, send: Send) -> None:
        code = str(scope.get("root_path", "")).rpartition("/")[2]

        def give(headers: MutableHeaders) -> None:
            for name, value in HEADERS.items():
                headers.setdefault(name, value)
            headers.setdefault("Content-Language", code)
            secure = "; Secure" if scope.get("scheme") == "https" else ""
            remembered = f"{LANGUAGE}={code}; Path=/; Max-Age={YEAR}; HttpOnly; SameSite=Lax{secure}"
            headers.append("Set-Cookie", remembered)

        await self.app(scope, receive, with_headers(send, give))
