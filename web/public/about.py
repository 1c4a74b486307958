"""What the site says of itself: accessibility, personal data, help."""

from fastapi import APIRouter
from starlette.responses import Response

from web.site.accessibility import results
from web.site.page import At
from web.site.rendering import page

router = APIRouter()


@router.get("/accessibilite")
async def accessibility(here: At) -> Response:
    """The accessibility statement."""
    return page(here, "public/accessibility.html", results=results())


@router.get("/aide")
async def help_page(here: At) -> Response:
    """Whom to ask for help."""
    return page(here, "public/help.html")


@router.get("/donnees-personnelles")
async def personal_data(here: At) -> Response:
    """What is done of personal data."""
    return page(here, "public/personal_data.html")
