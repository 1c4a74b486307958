"""Browsers that have signed in before: whatever others try meanwhile, they are counted apart, and stay open.

The mark is a cookie given at sign-in (OWASP's device cookie): it opens nothing, it only has its bearer counted by
itself. It names nobody: a random number, an end, and a fingerprint that only the master key can make of the address.
"""

import hmac
import secrets
import time
from datetime import timedelta

from starlette.requests import Request
from starlette.responses import Response

from api.http import cookies
from api.services import Services
from storage.accounts.accounts import Audience
from storage.accounts.people import normalised

NAME = "guichet_connu"
LIFETIME = timedelta(days=180)
AT_MOST = 4
"""People of one browser: a couple, two spaces of one person. The oldest mark leaves."""
LONGEST = 1_000


def mark_of(request: Request, services: Services, audience: Audience, address: str) -> str | None:
    """The mark of this browser for that person's sign-in, if it has signed them in before; its own bucket's name."""
    for mark in _marks(request, services):
        number, _, end = mark.partition(".")[0].partition("-")
        if hmac.compare_digest(mark.encode(), _mark(services, audience, address, number, end).encode()):
            return mark if end.isascii() and end.isdigit() and int(end) > time.time() else None
    return None


def remember(request: Request, response: Response, services: Services, audience: Audience, address: str) -> None:
    """Know this browser again: its person has just proven who they are."""
    own = mark_of(request, services, audience, address)
    end = str(int(time.time() + LIFETIME.total_seconds()))
    new = _mark(services, audience, address, secrets.token_hex(8), end)
    others = [mark for mark in _marks(request, services) if mark != own]
    cookies.give(response, services, NAME, "~".join([new, *others][:AT_MOST]), LIFETIME)


def _marks(request: Request, services: Services) -> list[str]:
    said = cookies.read(request, services, NAME)
    return said.split("~")[:AT_MOST] if said and len(said) <= LONGEST else []


def _mark(services: Services, audience: Audience, address: str, number: str, end: str) -> str:
    signed = services.master.fingerprint(f"{audience}|{normalised(address)}|{number}|{end}", "known-browser")
    return f"{number}-{end}.{signed.hex()}"
