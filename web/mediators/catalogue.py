"""What may be asked under a mandate: its own procedures, and nothing else of the catalogue."""

from fastapi import APIRouter
from starlette.responses import Response

from api.residents.acting import ActingPerson
from api.services import Use
from web.public.procedures import served_here
from web.site.page import At
from web.site.rendering import page

router = APIRouter()


@router.get("/demarches")
async def covered_procedures(here: At, acting: ActingPerson, services: Use) -> Response:
    """The procedures that the mandate covers and that are in force."""
    covered = () if acting.mandate is None else acting.mandate.procedures
    procedures = [one for one in await served_here(services, here.words) if one.slug in covered and one.mediated]
    return page(here, "mediators/procedures.html", procedures=procedures)
