"""Which statuses an operation may answer, from what it depends on: its document says them all, and no « default »."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, Final

from fastapi import FastAPI
from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute, iter_route_contexts

from api.http.preconditions import expected_version, idempotency_key, required_key, required_version
from api.http.problems import MEDIA_TYPE

Calls = frozenset[Callable[..., Any] | None]
Dependencies = Mapping[tuple[str, str], Calls]
"""By path and method, every function that an operation depends on."""

ALWAYS: Final = ("429", "500", "503")
WITH_BODY: Final = ("400", "413", "415", "422")
WITH_PARAMETERS: Final = ("400", "404", "422")
"""400: a cursor that we did not write, a NUL, a value that no row can hold."""
WITH_IDENTITY: Final = ("400", "401", "403")
WRITING: Final = ("409",)
OF_A_DOSSIER: Final = ("410",)
"""Its content was destroyed, at its term or with its draft."""
BY_DEPENDENCY: Final[Mapping[Callable[..., Any], tuple[str, ...]]] = {
    expected_version: ("400", "412"),
    required_version: ("428",),
    idempotency_key: ("400", "409", "422"),
}
REQUIRED_HEADERS: Final[Mapping[Callable[..., Any], str]] = {
    required_version: "if-match",
    required_key: "idempotency-key",
}


def dependencies_of(app: FastAPI) -> Dependencies:
    """What each operation depends on, however deep."""
    return {
        (str(context.path_format), method): frozenset(_calls(context.original_route.dependant))
        for context in iter_route_contexts(app.routes)
        if isinstance(context.original_route, APIRoute)
        for method in context.methods or ()
    }


def statuses(path: str, method: str, operation: Mapping[str, Any], calls: Calls) -> set[str]:
    """The problems' statuses of one operation."""
    found: set[str] = {*ALWAYS}
    if "requestBody" in operation:
        found.update(WITH_BODY)
    if operation.get("parameters") or "requestBody" in operation:
        found.update(WITH_PARAMETERS)
    if operation.get("security"):
        found.update(WITH_IDENTITY)
    if method != "GET":
        found.update(WRITING)
    if "{dossier}" in path or "{draft}" in path:
        found.update(OF_A_DOSSIER)
    found.update(status for call, several in BY_DEPENDENCY.items() if call in calls for status in several)
    return found


def problem_answer(description: str) -> dict[str, Any]:
    """How the document describes a problem."""
    return {
        "description": description,
        "content": {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}},
    }


def require_headers(parameters: Iterable[dict[str, Any]], calls: Calls) -> None:
    """Say required of the headers that the operation will not do without."""
    required = {name for call, name in REQUIRED_HEADERS.items() if call in calls}
    for parameter in parameters:
        if parameter["in"] == "header" and parameter["name"] in required:
            parameter["required"] = True
            parameter["schema"] = _without_null(parameter["schema"])


def _without_null(schema: Mapping[str, Any]) -> dict[str, Any]:
    (kept,) = [one for one in schema["anyOf"] if one != {"type": "null"}]
    return {**{key: value for key, value in schema.items() if key not in {"anyOf", "default"}}, **kept}


def _calls(dependant: Dependant) -> Iterator[Callable[..., Any] | None]:
    for inner in dependant.dependencies:
        yield inner.call
        yield from _calls(inner)
