"""Every exception becomes a page that says what happened, why, and what to do next."""

import re
from urllib.parse import quote

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.requests import Request
from starlette.responses import Response

from api import security_events
from api.http import error_answers
from api.http import problem_types as types
from api.http.problems import Problem
from api.services import Services
from api.sign_in.oidc.failures import NotSignedIn
from domain.refusals import Refused
from storage.register.idempotency import AlreadyAnswered
from web.residents.after_filing import filed_since
from web.sign_in.openid.failures import not_signed_in
from web.sign_in.signed_out import FileReceivedLate, SignInFirst
from web.site.confirmations import ALREADY
from web.site.form_data import posted
from web.site.kept_forms import sealed
from web.site.page import Here, here_of
from web.site.rendering import page, redirect
from web.site.session_over import FileSent, session_over
from web.site.uploads import is_upload

_HOLDER = re.compile(r"^.*?/(?:dossiers|brouillons)/[0-9a-f-]{36}(?=/)")


def install(pages: FastAPI) -> None:
    """Register the handlers. What each exception means is the API's own reading of it (`api/http/error_answers.py`)."""
    pages.exception_handler(SignInFirst)(_sign_in_first)
    pages.exception_handler(FileReceivedLate)(_file_received_late)
    pages.exception_handler(NotSignedIn)(not_signed_in)
    pages.exception_handler(AlreadyAnswered)(_again)
    pages.exception_handler(RequestValidationError)(_not_found)
    error_answers.told_by(pages, _problem)


async def _sign_in_first(request: Request, error: SignInFirst) -> Response:
    here = await here_of(request)
    if request.method == "GET":
        return redirect(f"{error.sign_in}?{_next(error.back)}")
    if is_upload(request):
        return _file_came(request, here, error, FileSent())
    services: Services = request.app.state.services
    kept = sealed(services.master, request.url.path, (await posted(request)).multi_items())
    sign_in = error.sign_in if kept else f"{error.sign_in}?{_next(_holder(request.url.path) or error.home)}"
    return session_over(here, kept=kept, sign_in=sign_in, audience=error.audience)


async def _file_received_late(request: Request, error: FileReceivedLate) -> Response:
    why = error_answers.refusal(error.why) if isinstance(error.why, Refused) else error.why
    sent = FileSent(kept=why is None, problem=why if isinstance(why, Problem) else None)
    return _file_came(request, await here_of(request), error.over, sent)


def _file_came(request: Request, here: Here, over: SignInFirst, sent: FileSent) -> Response:
    """Signing in leads back to the piece that the file was for."""
    sign_in = f"{over.sign_in}?{_next(request.url.path.removesuffix('/documents'))}"
    return session_over(here, sign_in=sign_in, audience=over.audience, file=sent)


def _next(path: str) -> str:
    return f"suite={quote(path, safe='/')}"


async def _problem(request: Request, error: Problem) -> Response:
    security_events.answered(error, request)
    here = await here_of(request)
    if error.type is types.NOT_FOUND and (filed := await filed_since(request, here)):
        return redirect(filed)
    found = page(here, "errors/problem.html", status=error.type.status, problem=error, back=_holder(request.url.path))
    for name in {"Retry-After", "Allow"} & set(error.headers):
        found.headers[name] = error.headers[name]
    return found


def _holder(path: str) -> str:
    """The page of the dossier or draft that this one belongs to; empty for another."""
    found = _HOLDER.match(path)
    return found[0] if found is not None else ""


async def _again(request: Request, _: AlreadyAnswered) -> Response:
    """The same form sent twice is done once; the second time leads where its dossier is."""
    here = await here_of(request)
    return redirect(f"{_holder(request.url.path) or here.at_counter('/espace')}?dit={ALREADY}")


async def _not_found(request: Request, _: RequestValidationError) -> Response:
    return await _problem(request, Problem(types.NOT_FOUND, "Cette adresse est incomplète ou mal écrite."))
