"""What was typed when a session ended is taken up again, whatever way one signed in: from the page that kept it."""

from fastapi import APIRouter, Depends
from starlette.requests import Request
from starlette.responses import Response

from api.services import Use
from web.sign_in.identity import bearer_here
from web.site import kept_forms
from web.site.form_data import Posted, refuse_foreign, text
from web.site.page import At
from web.site.rendering import page, redirect
from web.site.session_over import session_over
from web.site.spaces import RESIDENTS, SPACES

router = APIRouter()


@router.post("/reprise", dependencies=[Depends(refuse_foreign)])
async def resume(request: Request, here: At, services: Use, form: Posted) -> Response:
    """Give it back to who typed it, signed in since in another tab; nothing is sent yet.

    It only shows a page: the session's proof comes with the form that this page holds.
    """
    kept, audience = text(form, kept_forms.FIELD), text(form, "espace")
    bearer = await bearer_here(request, services)
    if bearer is None:
        sign_in = here.url(SPACES.get(audience, RESIDENTS).sign_in)
        return session_over(here, kept=kept, sign_in=sign_in, audience=audience, too_soon=True)
    typed = kept_forms.opened(services.master, kept, bearer.account)
    home = here.url(SPACES[bearer.audience].home)
    return redirect(home) if typed is None else page(here, "public/resumed.html", kept=typed, csrf=here.csrf, home=home)
