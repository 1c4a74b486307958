"""The browser that signs in, known while it does: what a double click sends twice is done once, for it alone."""

from __future__ import annotations

import re
import secrets

from starlette.requests import Request
from starlette.responses import Response

from storage import sign_in_codes

COOKIE = "guichet_entree"
"""A secret drawn for this browser, for as long as a code lives; it says nothing of anybody, and opens nothing alone."""
_OURS = re.compile(r"[A-Za-z0-9_-]{43}")


def browser_of(request: Request) -> str:
    """The secret of the browser that asks; empty for a program, or a browser that keeps no cookie."""
    said = request.cookies.get(COOKIE, "")
    return said if _OURS.fullmatch(said) else ""


def know(request: Request, response: Response, *, secure: bool) -> None:
    """Know this browser again when it sends its proof: the secret that it has, or a new one."""
    response.set_cookie(
        COOKIE,
        browser_of(request) or secrets.token_urlsafe(32),
        max_age=int(sign_in_codes.REMEMBERED.total_seconds()),
        httponly=True,
        secure=secure,
        samesite="lax",
        path="/",
    )


def forget(response: Response, *, secure: bool) -> None:
    """Who signs out leaves nothing that could open the session again."""
    response.delete_cookie(COOKIE, path="/", httponly=True, secure=secure, samesite="lax")
