"""The first page: what one can do here, and how to get help."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.responses import Response

from api.services import Use
from web.public.procedures import served_here
from web.site.here import At
from web.site.rendering import page

router = APIRouter()


@router.get("/")
async def home(here: At, services: Use) -> Response:
    """The home page."""
    return page(here, "public/home.html", procedures=await served_here(services, here.words))
