"""The OpenAPI 3.1 document: every operation says which problems it may answer."""

from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from api.http.openapi_files import BINARY
from api.http.openapi_statuses import dependencies_of, problem_answer, require_headers, statuses
from api.http.problem_types import ACT_REFUSED, BY_STATUS, REGISTRY, UNEXPECTED
from api.http.refusal_types import CONTENT_DESTROYED, IF_MATCH_REQUIRED, STALE

PROBLEM_SCHEMA: dict[str, Any] = {
    "type": "object",
    "description": "Un problème (RFC 9457). `type` est stable ; `title` et `detail` sont en français.",
    "required": ["type", "title", "status", "detail"],
    "properties": {
        "type": {"type": "string", "examples": sorted(kind.uri for kind in REGISTRY.values())},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "instance": {"type": "string", "description": "L'identifiant de la requête, à donner au support."},
        "article": {"type": "string", "description": "Le texte derrière un refus."},
        "what_to_do": {"type": "string"},
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["pointer", "code", "message"],
                "properties": {
                    "pointer": {"type": "string", "description": "Pointeur JSON (RFC 6901) ; « » est le tout."},
                    "code": {"type": "string"},
                    "message": {"type": "string"},
                },
            },
        },
    },
}

DESCRIPTIONS = {
    **{status: kind.title for status, kind in BY_STATUS.items()},
    409: ACT_REFUSED.title,
    410: CONTENT_DESTROYED.title,
    412: STALE.title,
    428: IF_MATCH_REQUIRED.title,
}


def describe(app: FastAPI) -> dict[str, Any]:
    """Make the document once, and keep it on the application."""
    if app.openapi_schema is None:
        document = get_openapi(title=app.title, version=app.version, description=app.description, routes=app.routes)
        schemas = document.setdefault("components", {}).setdefault("schemas", {})
        for unused in ("HTTPValidationError", "ValidationError"):
            schemas.pop(unused, None)
        schemas["Problem"] = PROBLEM_SCHEMA
        _name_apart(schemas)
        dependencies = dependencies_of(app)
        for path, item in document["paths"].items():
            for method, operation in item.items():
                calls = dependencies[path, method.upper()]
                require_headers(operation.get("parameters", ()), calls)
                _document_files(operation["responses"])
                _document_problems(operation["responses"], statuses(path, method.upper(), operation, calls))
        app.openapi_schema = document
    return app.openapi_schema


def _name_apart(schemas: dict[str, Any]) -> None:
    """Two models of one name in two rooms have two titles: `AdminLogEntryOut`, as their rooms are called."""
    for name, schema in schemas.items():
        if "__" in name:
            *rooms, title = name.removeprefix("api__").split("__")
            schema["title"] = "".join(part.capitalize() for room in rooms for part in room.split("_")) + title


def _document_files(responses: dict[str, Any]) -> None:
    for answer in responses.values():
        for media, described in answer.get("content", {}).items():
            if not described.get("schema") and not media.endswith("json"):
                described["schema"] = {"type": "string"} if media.startswith("text/") else dict(BINARY)


def _document_problems(responses: dict[str, Any], possible: set[str]) -> None:
    responses.pop("422", None)
    for status in sorted(possible - responses.keys()):
        responses[status] = problem_answer(DESCRIPTIONS.get(int(status), UNEXPECTED.title))
