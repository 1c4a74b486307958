"""What the storage refuses, as problems: a dossier that is not there, a stale version, a key used twice, a purge."""

from collections.abc import Callable, Mapping
from typing import Any

from fastapi.responses import JSONResponse
from starlette.requests import Request
from starlette.responses import Response

from api.http import problem_types as types
from api.http import refusal_types as refusals
from api.http.preconditions import etag
from api.http.problems import Problem
from catalogue.errors import UnknownProcedure, UnknownVersion
from domain.sentence import N_
from storage.accounts.accounts import Unknown
from storage.documents.letters import UnknownLetter
from storage.documents.rows import DocumentMissing
from storage.engine.keys import KeyDestroyed, KeyUnknown
from storage.register.before_filing import AlreadyFiled
from storage.register.door import Stale
from storage.register.drafts import DraftChanged
from storage.register.idempotency import AlreadyAnswered, InFlight, OtherBody
from storage.register.lock import NotFound, Purged

NOT_FOUND = "Aucun dossier de votre espace ne porte cet identifiant. Vérifiez-le dans votre liste."


def problem_of(error: Exception) -> Problem:
    """The problem that one of these refusals is. Raises KeyError for another exception."""
    kind = next((one for one in type(error).__mro__ if one in PROBLEMS), type(error))
    return PROBLEMS[kind](error)


async def again(request: Request, error: AlreadyAnswered) -> Response:
    """The same request again: the very answer that it had."""
    del request
    answer = error.answer
    return JSONResponse(answer.body, answer.status, {**answer.headers, "Idempotency-Replayed": "true"})


def _absent(error: Exception) -> Problem:
    said = str(error) if isinstance(error, Unknown | UnknownLetter) else ""
    return Problem(types.NOT_FOUND, said or NOT_FOUND)


def _destroyed(error: Exception) -> Problem:
    return Problem(refusals.CONTENT_DESTROYED, str(error))


def _stale(error: Any) -> Problem:
    detail = f"{error} Relisez-le, puis refaites votre acte s'il a encore un sens. Rien n'a été enregistré."
    return Problem(refusals.STALE, detail, headers={"ETag": etag(error.version)})


def _already_filed(error: Exception) -> Problem:
    del error
    detail = N_("La demande est déjà déposée : elle est dans vos dossiers, sous le même identifiant.")
    return Problem(refusals.ALREADY_FILED, detail)


def _other_body(error: Exception) -> Problem:
    detail = f"{error} Tirez une clé neuve pour une demande nouvelle. Rien n'a été enregistré."
    return Problem(refusals.KEY_REUSED, detail)


def _in_flight(error: Exception) -> Problem:
    return Problem(refusals.IN_FLIGHT, f"{error} Réessayez dans une seconde.", headers={"Retry-After": "1"})


def _document_missing(error: Exception) -> Problem:
    del error
    detail = N_("Un des documents nommés n'est pas un document de ce dossier. Envoyez-le d'abord à ce dossier.")
    return Problem(refusals.DOCUMENT_UNKNOWN, detail)


def _unknown_version(error: Exception) -> Problem:
    return Problem(refusals.UNKNOWN_VERSION, str(error))


def _unknown_procedure(error: Exception) -> Problem:
    return Problem(refusals.UNKNOWN_PROCEDURE, str(error))


PROBLEMS: Mapping[type, Callable[[Any], Problem]] = {
    NotFound: _absent,
    KeyUnknown: _absent,
    UnknownLetter: _absent,
    Unknown: _absent,
    Purged: _destroyed,
    KeyDestroyed: _destroyed,
    Stale: _stale,
    DraftChanged: _stale,
    AlreadyFiled: _already_filed,
    OtherBody: _other_body,
    InFlight: _in_flight,
    DocumentMissing: _document_missing,
    UnknownVersion: _unknown_version,
    UnknownProcedure: _unknown_procedure,
}
"""What each of these refusals says."""
