"""How OpenAPI describes files: bodies that FastAPI does not read itself, answers that are no JSON."""

from typing import Any, Final

BINARY: Final[dict[str, Any]] = {"type": "string", "format": "binary"}
"""A file, as generators of clients know it; OpenAPI 3.1's own way (`contentMediaType`) makes them give text."""
ANY_FILE: Final[dict[int | str, dict[str, Any]]] = {200: {"content": {"application/octet-stream": {"schema": BINARY}}}}
FILE_BODY: Final[dict[str, Any]] = {
    "requestBody": {
        "required": True,
        "content": {
            "multipart/form-data": {
                "schema": {
                    "type": "object",
                    "required": ["file"],
                    "properties": {
                        "file": {
                            **BINARY,
                            "description": "PDF, JPEG, PNG, TIFF, WebP, DOCX, XLSX, ODT, ODS ou ZIP ; 200 Mo au plus, "
                            "20 Mo pour une pièce d'identité.",
                        },
                        "piece": {"type": "string", "description": "La pièce à laquelle il répond, ou « free »."},
                        "sha256": {"type": "string", "pattern": "^[0-9a-fA-F]{64}$"},
                    },
                }
            }
        },
    }
}
