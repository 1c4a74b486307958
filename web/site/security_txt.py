"""Where to tell of a weakness: `/.well-known/security.txt` (RFC 9116)."""

from datetime import UTC, datetime, timedelta

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from storage.engine.settings import Settings
from web.site.languages import CODES

PATH = "/.well-known/security.txt"
LIFE = timedelta(days=180)
"""How long it may be believed, from the day on which it is read (RFC 9116 §2.5.5 wants less than a year)."""


def told(settings: Settings, now: datetime) -> str:
    """The file of this counter, in the order of the RFC's own example."""
    until = (now + LIFE).replace(hour=0, minute=0, second=0, microsecond=0)
    contacts = [f"Contact: {one}" for one in settings.security_contact.split()]
    fields = (
        f"Expires: {until:%Y-%m-%dT%H:%M:%SZ}",
        f"Preferred-Languages: {', '.join(CODES)}",
        f"Canonical: {settings.public_url.rstrip('/')}{PATH}",
    )
    return "".join(f"{line}\n" for line in (*contacts, *fields))


async def _served(request: Request) -> PlainTextResponse:
    settings = request.app.state.services.settings
    if not settings.security_contact:
        raise HTTPException(404)
    # The machine's own time: whoever reads it lives in it, whatever the legal clock of a demonstration says.
    return PlainTextResponse(told(settings, datetime.now(UTC)), headers={"Cache-Control": "max-age=86400"})


ROUTE = Route(PATH, _served)
