"""An address that holds the character NUL names nothing: it is refused before any route (ASGI middleware)."""

from starlette.requests import Request
from starlette.types import Receive, Scope, Send

from api.http import problem_types as types
from api.http.around import Around
from api.http.problems import Problem, problem_response

NUL = "\0"


class CleanAddresses(Around):
    """Refuse NUL in a path or a query, where PostgreSQL could only fail on it."""

    async def request(self, scope: Scope, receive: Receive, send: Send) -> None:
        if NUL in scope["path"] or b"%00" in scope["query_string"]:
            await problem_response(nul_refused(), Request(scope))(scope, receive, send)
            return
        await self.app(scope, receive, send)


def nul_refused() -> Problem:
    """What is said of that character, wherever it comes."""
    return Problem(types.BAD_REQUEST, "Le caractère nul (U+0000) ne peut pas être conservé : retirez-le, et renvoyez.")
