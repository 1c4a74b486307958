"""Every exception becomes a problem: the handlers of the application."""

import errno
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

import structlog
from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from psycopg import DataError as PsycopgDataError
from psycopg import OperationalError as PsycopgOperationalError
from sqlalchemy.exc import DataError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from api import security_events
from api.http import edge, stored_answers
from api.http import problem_types as types
from api.http.problems import Problem, nothing_recorded, problem_response
from api.http.refusal_types import type_code
from api.http.validation_messages import field_error
from domain.refusals import Refused
from domain.sentence import N_
from storage.register.idempotency import AlreadyAnswered

log = structlog.get_logger(__name__)

FULL = frozenset({errno.ENOSPC, errno.EDQUOT})
DETAILS = {
    404: N_("Vérifiez l'adresse, ou relisez la liste d'où elle vient."),
    405: N_("Voyez l'en-tête Allow pour les méthodes admises."),
}


def install(app: FastAPI) -> None:
    """Register the handlers, from the most precise to the last resort."""
    told_by(app, _problem)
    app.exception_handler(RequestValidationError)(_validation)
    app.exception_handler(AlreadyAnswered)(stored_answers.again)


def told_by(app: FastAPI, answer: Callable[[Request, Problem], Awaitable[Response]]) -> None:
    """Have `answer` say every exception, as the problem that it is."""

    def saying(problem_of: Callable[[Request, Any], Problem]) -> Callable[[Request, Any], Awaitable[Response]]:
        async def said(request: Request, error: Any) -> Response:
            return await answer(request, problem_of(request, error))

        return said

    app.exception_handler(Problem)(answer)
    for kind in stored_answers.PROBLEMS:
        app.exception_handler(kind)(saying(lambda _, error: stored_answers.problem_of(error)))
    for kind, problem_of in PROBLEMS.items():
        app.exception_handler(kind)(saying(problem_of))


async def _problem(request: Request, error: Problem) -> Response:
    security_events.answered(error, request)
    return problem_response(error, request)


async def _validation(request: Request, error: RequestValidationError) -> Response:
    sent = request.headers.get("content-type", "")
    if error.body and isinstance(error.body, bytes):
        return problem_response(_not_json(sent), request)
    errors = tuple(field_error(one) for one in error.errors())
    return problem_response(Problem(types.VALIDATION_FAILED, nothing_recorded(len(errors)), errors), request)


def _not_json(sent: str) -> Problem:
    given = f"« {sent[:80]} »" if sent else "aucun type"
    detail = f"Cette adresse attend du JSON (Content-Type: application/json) ; reçu : {given}."
    return Problem(types.UNSUPPORTED_MEDIA_TYPE, detail, headers={"Accept-Post": "application/json"})


def refusal(error: Refused) -> Problem:
    """A refusal of the law keeps its own code: `type` is /problems/<code>, declared or not."""
    generic = types.ACT_REFUSED
    code = type_code(error.code)
    kind = types.REGISTRY.get(code) or types.ProblemType(code, generic.status, generic.title)
    extra = {"article": error.article, "what_to_do": error.what_to_do}
    return Problem(kind, error.sentence, extra={k: v for k, v in extra.items() if v})


def http_problem(error: HTTPException) -> Problem:
    """What the framework refuses: an unknown address, a method, a body that cannot be read."""
    kind = types.BY_STATUS.get(error.status_code)
    if kind is None:
        kind = types.ProblemType(f"http-{error.status_code}", error.status_code, "La requête a échoué.")
    detail = DETAILS.get(error.status_code, str(error.detail))
    if error.status_code == 400:
        detail = f"Le corps de la requête n'a pas pu être lu ({error.detail})."
    return Problem(kind, detail, headers=dict(error.headers or {}))


def database_away(request: Request, error: Exception) -> Problem:
    """The database does not answer; noted."""
    log.error("database unreachable", request_id=request.scope.get("request_id"), kind=type(error).__name__)
    detail = N_(
        "La base de données ne répond pas. Rien n'a été enregistré à moitié : réessayez dans quelques secondes."
    )
    return Problem(types.UNAVAILABLE, detail, headers={"Retry-After": "5"})


def not_keepable(request: Request, error: Exception) -> Problem:
    """A value that no row can hold (SQLSTATE 22), which some check let through; noted, without the value."""
    log.error("value not keepable", request_id=request.scope.get("request_id"), kind=type(error).__name__)
    detail = N_("Une des valeurs envoyées ne peut pas être lue ou conservée. Rien n'a été enregistré : corrigez-la.")
    return Problem(types.BAD_REQUEST, detail)


def no_room(request: Request, error: Exception) -> Problem:
    """This machine's disk is full; noted. Raises `error` again when it is about something else."""
    if not isinstance(error, OSError) or error.errno not in FULL:
        raise error
    log.error("no room left", request_id=request.scope.get("request_id"))
    detail = N_("Il n'y a plus de place pour enregistrer. Rien ne l'a été à moitié : réessayez dans quelques minutes.")
    return Problem(types.UNAVAILABLE, detail, headers={"Retry-After": "60"})


def unexpected(request: Request, error: Exception) -> Problem:
    """A defect of ours; noted, without what it was about."""
    log.error("unexpected error", request_id=request.scope.get("request_id"), kind=type(error).__name__)
    detail = N_("L'erreur a été notée. Réessayez ; si elle revient, donnez au support l'identifiant « instance ».")
    # Starlette answers a defect from outside our middlewares: their headers are put here.
    secure = edge.transport_headers(request.app.state)
    headers = {**edge.HEADERS, **secure, "X-Request-Id": str(request.scope.get("request_id", ""))}
    return Problem(types.UNEXPECTED, detail, headers=headers)


PROBLEMS: Mapping[type[Exception], Callable[[Request, Any], Problem]] = {
    Refused: lambda _, error: refusal(error),
    HTTPException: lambda _, error: http_problem(error),
    **dict.fromkeys((OperationalError, InterfaceError, PoolTimeout, PsycopgOperationalError), database_away),
    **dict.fromkeys((DataError, PsycopgDataError), not_keepable),
    OSError: no_room,
    Exception: unexpected,
}
"""What each exception is; the storage's own are in `api/http/stored_answers.py`."""
