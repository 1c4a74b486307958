"""The e-mails of a demonstration: no server takes them, whoever tries the counter reads them here."""

from fastapi import APIRouter, Depends
from starlette.responses import Response

from api.mail import kept
from api.services import Use
from web.demonstration.only_here import in_demonstration
from web.site.page import At
from web.site.rendering import page

MOST = 30
router = APIRouter(prefix="/demonstration/courrier", dependencies=[Depends(in_demonstration)])


@router.get("")
async def mail_page(here: At, services: Use) -> Response:
    """The last messages, the latest first; nothing is shown of those that a real server took."""
    return page(here, "demonstration/mail.html", messages=await kept(services, MOST))
