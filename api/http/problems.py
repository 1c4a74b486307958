"""How the API says that something is wrong: RFC 9457 `application/problem+json`, in French, with what to do."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from fastapi.responses import JSONResponse
from starlette.requests import Request

from api.http.problem_types import ProblemType
from domain.sentence import Sentence

MEDIA_TYPE = "application/problem+json"


@dataclass(frozen=True, slots=True)
class FieldError:
    """One error: `pointer` is a JSON pointer into the body ("" is the whole), or `#query/name`, `#path/name`…"""

    pointer: str
    code: str
    message: str

    def as_json(self) -> dict[str, str]:
        """The three members, as the answer shows them."""
        return {"pointer": self.pointer, "code": self.code, "message": self.message}


@dataclass(eq=False)
class Problem(Exception):
    """Raised anywhere under a route, answered as problem+json.

    `detail` says in French what happened here, why, and what to do; `extra` gives extension members (`article`…).
    """

    type: ProblemType
    detail: str
    errors: tuple[FieldError, ...] = ()
    headers: Mapping[str, str] = field(default_factory=dict)
    extra: Mapping[str, Any] = field(default_factory=dict)

    def __str__(self) -> str:
        return f"{self.type.code}: {self.detail}"


def nothing_recorded(count: int) -> Sentence:
    """The detail of a problem that lists its errors."""
    return Sentence("Erreurs : {count}. Voyez « errors », corrigez et renvoyez. Rien n'a été enregistré.", count=count)


def problem_response(problem: Problem, request: Request | None = None) -> JSONResponse:
    """The HTTP answer of a problem; `instance` is the request's own id, to quote to the support."""
    body: dict[str, Any] = {
        "type": problem.type.uri,
        "title": problem.type.title,
        "status": problem.type.status,
        "detail": problem.detail,
        **problem.extra,
    }
    if request is not None and "request_id" in request.scope:
        body["instance"] = f"urn:uuid:{request.scope['request_id']}"
    if problem.errors:
        body["errors"] = [error.as_json() for error in problem.errors]
    return JSONResponse(
        body,
        status_code=problem.type.status,
        headers={"Cache-Control": "no-store", **problem.headers},
        media_type=MEDIA_TYPE,
    )


def pointer(parts: Iterable[str | int]) -> str:
    """A JSON pointer (RFC 6901) of the parts."""
    return "".join("/" + str(part).replace("~", "~0").replace("/", "~1") for part in parts)
