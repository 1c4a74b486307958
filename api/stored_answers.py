"""What the storage refuses, as problems: a dossier that is not there, a stale version, a key used twice, a purge."""

from __future__ import annotations

from fastapi import FastAPI
from fastapi.responses import JSONResponse
from starlette.requests import Request
from starlette.responses import Response

from api import problem_types as types
from api import refusal_types as refusals
from api.preconditions import etag
from api.problems import Problem, problem_response
from catalogue.errors import UnknownProcedure, UnknownVersion
from storage.accounts import Unknown
from storage.before_filing import AlreadyFiled
from storage.documents import DocumentMissing
from storage.drafts import DraftChanged
from storage.held import NotFound, Purged
from storage.idempotency import AlreadyAnswered, InFlight, OtherBody
from storage.keys import KeyDestroyed, KeyUnknown
from storage.letters import UnknownLetter
from storage.register import Stale

NOT_FOUND = "Aucun dossier de votre espace ne porte cet identifiant. Vérifiez-le dans votre liste."


def install(app: FastAPI) -> None:
    """Register the handlers."""
    for absent in (NotFound, KeyUnknown, UnknownLetter, Unknown):
        app.exception_handler(absent)(_absent)
    for destroyed in (Purged, KeyDestroyed):
        app.exception_handler(destroyed)(_destroyed)
    for stale in (Stale, DraftChanged):
        app.exception_handler(stale)(_stale)
    app.exception_handler(AlreadyFiled)(_already_filed)
    app.exception_handler(AlreadyAnswered)(_again)
    app.exception_handler(OtherBody)(_other_body)
    app.exception_handler(InFlight)(_in_flight)
    app.exception_handler(DocumentMissing)(_document_missing)
    app.exception_handler(UnknownProcedure)(_unknown_procedure)
    app.exception_handler(UnknownVersion)(_unknown_version)


async def _absent(request: Request, error: Exception) -> Response:
    said = str(error) if isinstance(error, Unknown | UnknownLetter) else ""
    return problem_response(Problem(types.NOT_FOUND, said or NOT_FOUND), request)


async def _destroyed(request: Request, error: Exception) -> Response:
    return problem_response(Problem(refusals.CONTENT_DESTROYED, str(error)), request)


async def _stale(request: Request, error: Stale | DraftChanged) -> Response:
    detail = f"{error} Relisez-le, puis refaites votre acte s'il a encore un sens. Rien n'a été enregistré."
    return problem_response(Problem(refusals.STALE, detail, headers={"ETag": etag(error.version)}), request)


async def _already_filed(request: Request, error: Exception) -> Response:
    del error
    detail = "La demande est déjà déposée : elle est dans vos dossiers, sous le même identifiant."
    return problem_response(Problem(refusals.ALREADY_FILED, detail), request)


async def _again(request: Request, error: AlreadyAnswered) -> Response:
    """The same request again: the very answer that it had."""
    del request
    answer = error.answer
    return JSONResponse(answer.body, answer.status, {**answer.headers, "Idempotency-Replayed": "true"})


async def _other_body(request: Request, error: Exception) -> Response:
    detail = f"{error} Tirez une clé neuve pour une demande nouvelle. Rien n'a été enregistré."
    return problem_response(Problem(refusals.KEY_REUSED, detail), request)


async def _in_flight(request: Request, error: Exception) -> Response:
    problem = Problem(refusals.IN_FLIGHT, f"{error} Réessayez dans une seconde.", headers={"Retry-After": "1"})
    return problem_response(problem, request)


async def _document_missing(request: Request, error: Exception) -> Response:
    del error
    detail = "Un des documents nommés n'est pas un document de ce dossier. Envoyez-le d'abord à ce dossier."
    return problem_response(Problem(refusals.DOCUMENT_UNKNOWN, detail), request)


async def _unknown_version(request: Request, error: Exception) -> Response:
    return problem_response(Problem(refusals.UNKNOWN_VERSION, str(error)), request)


async def _unknown_procedure(request: Request, error: Exception) -> Response:
    return problem_response(Problem(refusals.UNKNOWN_PROCEDURE, str(error)), request)
