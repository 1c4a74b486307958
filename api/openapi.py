"""The OpenAPI 3.1 document: every operation says which problems it may answer."""

from __future__ import annotations

from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from api.problem_types import BY_STATUS, REGISTRY
from api.problems import MEDIA_TYPE

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

ALWAYS = ("429", "500", "503")
WITH_BODY = ("400", "413", "415", "422")
WITH_PARAMETERS = ("422",)
WITH_IDENTITY = ("401", "403")


def describe(app: FastAPI) -> dict[str, Any]:
    """Make the document once, and keep it on the application."""
    if app.openapi_schema is None:
        document = get_openapi(title=app.title, version=app.version, description=app.description, routes=app.routes)
        schemas = document.setdefault("components", {}).setdefault("schemas", {})
        for unused in ("HTTPValidationError", "ValidationError"):
            schemas.pop(unused, None)
        schemas["Problem"] = PROBLEM_SCHEMA
        for path, item in document["paths"].items():
            for operation in item.values():
                _document_problems(path, operation)
        app.openapi_schema = document
    return app.openapi_schema


def _document_problems(path: str, operation: dict[str, Any]) -> None:
    statuses = [*ALWAYS]
    if "requestBody" in operation:
        statuses += WITH_BODY
    if operation.get("parameters"):
        statuses += WITH_PARAMETERS
    if operation.get("security"):
        statuses += WITH_IDENTITY
    if "{" in path:
        statuses.append("404")
    responses = operation["responses"]
    responses.pop("422", None)
    for status in sorted(set(statuses) - responses.keys()):
        kind = BY_STATUS.get(int(status))
        responses[status] = _problem_response(kind.title if kind else "Une erreur imprévue est survenue.")
    responses["default"] = _problem_response("Tout autre problème.")


def _problem_response(description: str) -> dict[str, Any]:
    return {
        "description": description,
        "content": {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}},
    }
