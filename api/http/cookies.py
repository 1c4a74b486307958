"""The cookies that speak of somebody: never read by scripts, and over TLS bound to this very host.

A name in `__Host-` is refused by browsers unless it came over TLS, for the whole site, from this host alone: a
neighbour of the same domain cannot give one in its place (RFC 6265bis §4.1.3.2).
"""

from datetime import timedelta

from starlette.requests import Request
from starlette.responses import Response

from api.services import Services


def is_secure(services: Services) -> bool:
    """Whether cookies are given over TLS alone."""
    return services.settings.mode == "production" or services.settings.public_url.startswith("https://")


def named(services: Services, name: str) -> str:
    """The name under which a browser keeps this cookie."""
    return f"__Host-{name}" if is_secure(services) else name


def read(request: Request, services: Services, name: str) -> str | None:
    """What the browser sent of it."""
    return request.cookies.get(named(services, name))


def give(response: Response, services: Services, name: str, value: str, lasting: timedelta) -> None:
    """Have the browser keep it."""
    response.set_cookie(
        named(services, name),
        value,
        max_age=int(lasting.total_seconds()),
        httponly=True,
        secure=is_secure(services),
        samesite="lax",
        path="/",
    )


def take_back(response: Response, services: Services, name: str) -> None:
    """Have the browser forget it."""
    response.delete_cookie(named(services, name), path="/", httponly=True, secure=is_secure(services), samesite="lax")
