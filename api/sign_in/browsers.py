"""The browser that signs in, known while it does: what a double click sends twice is done once, for it alone."""

import re
import secrets

from starlette.requests import Request
from starlette.responses import Response

from api.http import cookies
from api.services import Services
from storage.accounts import sign_in_codes

COOKIE = "guichet_entree"
"""A secret drawn for this browser, for as long as a code lives; it says nothing of anybody, and opens nothing alone."""
_OURS = re.compile(r"[A-Za-z0-9_-]{43}")


def browser_of(request: Request, services: Services) -> str:
    """The secret of the browser that asks; empty for a program, or a browser that keeps no cookie."""
    said = cookies.read(request, services, COOKIE) or ""
    return said if _OURS.fullmatch(said) else ""


def know(request: Request, response: Response, services: Services) -> None:
    """Know this browser again when it sends its proof: the secret that it has, or a new one."""
    secret = browser_of(request, services) or secrets.token_urlsafe(32)
    cookies.give(response, services, COOKIE, secret, sign_in_codes.REMEMBERED)


def forget(response: Response, services: Services) -> None:
    """Who signs out leaves nothing that could open the session again."""
    cookies.take_back(response, services, COOKIE)
