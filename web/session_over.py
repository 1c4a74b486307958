"""The page of a session that has ended: what was typed is kept in it, and the ways back are offered."""

from __future__ import annotations

from starlette.responses import Response

from web.here import Here
from web.rendering import page


def session_over(
    here: Here, *, kept: str, sign_in: str, audience: str, too_soon: bool = False, lost_file: bool = False
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
        lost_file=lost_file,
    )
