"""A page of a draft, asked for once it is filed (Back, an old tab): the request bears the draft's identifier."""

import re
from uuid import UUID

from starlette.requests import Request

from api.residents.acting import Acting
from api.residents.filing import is_filed
from api.services import Services
from api.sign_in.credentials import SAFE_METHODS
from domain.sentence import N_
from web.site.confirmations import confirmation
from web.site.page import Here

FILED_BEFORE = confirmation("depose_avant", N_("Cette demande est déjà déposée : la voici."))
FILED_WITHOUT = confirmation(
    "depose_sans",
    N_(
        "Cette demande était déjà déposée : ce que vous venez d'écrire n'y est pas ajouté. Vous pouvez "
        "corriger vos réponses tant que c'est permis, ou écrire au service."
    ),
)
_DRAFT = re.compile(r"/brouillons/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})(/pages/)?")


async def filed_since(request: Request, here: Here) -> str:
    """The address of the request that this page's draft became; empty when it became none that this person sees."""
    found = _DRAFT.search(request.url.path)
    acting: Acting | None = getattr(request.state, "acting", None)
    if found is None or acting is None:
        return ""
    services: Services = request.app.state.services
    if not await is_filed(services, acting, UUID(found[1])):
        return ""
    typed = request.method not in SAFE_METHODS and found[2] is not None
    return here.at_counter(f"/dossiers/{found[1]}", dit=FILED_WITHOUT if typed else FILED_BEFORE)
