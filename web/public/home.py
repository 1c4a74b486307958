"""The first page: what one can do here, and how to get help."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.responses import Response

from web.here import At
from web.public.procedures import offered
from web.rendering import page

router = APIRouter()


@router.get("/")
async def home(here: At) -> Response:
    """The home page."""
    return page(here, "public/home.html", procedures=offered(here.words))
