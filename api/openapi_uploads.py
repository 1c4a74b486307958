"""How OpenAPI describes a body that FastAPI does not read itself."""

from __future__ import annotations

from typing import Any, Final

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
                            "type": "string",
                            "contentMediaType": "application/octet-stream",
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
