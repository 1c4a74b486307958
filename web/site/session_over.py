"""The page of a session that has ended: what was typed is kept in it, and the ways back are offered."""

from dataclasses import dataclass

from starlette.responses import Response

from api.http.problems import Problem
from web.site.page import Here
from web.site.rendering import page


@dataclass(frozen=True, slots=True, kw_only=True)
class FileSent:
    """The file that was being sent: received all the same, refused for a `problem` of its own, or never read."""

    kept: bool = False
    problem: Problem | None = None


def session_over(
    here: Here, *, sign_in: str, audience: str, kept: str = "", too_soon: bool = False, file: FileSent | None = None
) -> Response:
    """`kept` is sealed, empty when nothing could be kept; `too_soon` when it is asked for before signing in."""
    return page(
        here,
        "errors/session_over.html",
        status=401,
        kept=kept,
        sign_in=sign_in,
        audience=audience,
        too_soon=too_soon,
        file=file,
    )
