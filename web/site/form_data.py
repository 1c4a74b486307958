"""What a page's form sends: read once, and only from our own pages."""

from typing import Annotated
from urllib.parse import urlsplit

from fastapi import Depends
from starlette.datastructures import FormData
from starlette.requests import Request

from api.http import problem_types as types
from api.http.clean_addresses import NUL, nul_refused
from api.http.preconditions import idempotency_key
from api.http.problems import Problem
from api.sign_in.credentials import SAFE_METHODS
from domain.invisible_signs import plain

CSRF = "_csrf"
ONCE = "_once"
VERSION = "_version"
WHO = "_who"
"""Whose page it is: what was typed comes back to the same person only (`web/site/kept_forms.py`)."""
MOST_FIELDS = 2_000


async def posted(request: Request) -> FormData:
    """The fields of the form; files never come this way (`web/site/uploads.py`)."""
    form = await request.form(max_files=0, max_fields=MOST_FIELDS)
    if any(NUL in name or (isinstance(value, str) and NUL in value) for name, value in form.multi_items()):
        raise nul_refused()
    return form


Posted = Annotated[FormData, Depends(posted)]


async def refuse_foreign(request: Request) -> None:
    """Raises Problem when another site's page sent this form: the browser itself says so.

    `Sec-Fetch-Site` where it is known (Fetch Metadata), `Origin` otherwise; it also protects forms without a session.
    """
    if request.method in SAFE_METHODS:
        return
    site, origin = request.headers.get("sec-fetch-site"), request.headers.get("origin")
    foreign = site not in {"same-origin", "none"} if site else origin is not None and _host(origin) != _own(request)
    if foreign:
        raise Problem(types.CSRF, "Ce formulaire vient d'un autre site. Revenez à la page du guichet, et recommencez.")


def _host(origin: str) -> str:
    return urlsplit(origin).netloc.lower()


def _own(request: Request) -> str:
    return request.headers.get("host", "").lower()


def text(form: FormData, name: str) -> str:
    """A field's text, without controls nor the spaces around; empty when absent."""
    value = form.get(name, "")
    return plain(value).strip() if isinstance(value, str) else ""


def version(form: FormData) -> int | None:
    """The version that the person saw, hidden in the form."""
    said = text(form, VERSION)
    return int(said) if said.isdecimal() and len(said) <= 18 else None


async def posted_key(form: Posted) -> str | None:
    """The key that makes this form be done once. Raises Problem for one that is not ours."""
    return await idempotency_key(text(form, ONCE) or None)


PostedKey = Annotated[str | None, Depends(posted_key)]
