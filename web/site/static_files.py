"""Style sheets, scripts and images: named by their content, so that browsers may keep them for a year."""

import hashlib
from functools import lru_cache
from pathlib import Path

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from web.site.compression import compressed

FOLDER = Path(__file__).parent.parent / "static"
KINDS = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
}


@lru_cache(maxsize=64)
def address(name: str) -> str:
    """Where a file of `web/static/` is served: its address changes with its content."""
    digest = hashlib.sha256((FOLDER / name).read_bytes()).hexdigest()[:12]
    return f"/static/{digest}/{name}"


async def served(request: Request) -> Response:
    """One file, under the address that its content gives it."""
    name = request.path_params["name"]
    file = FOLDER / name
    if file.suffix not in KINDS or not file.is_file() or request.url.path != address(name):
        raise HTTPException(404)
    kept = {"Cache-Control": "public, max-age=31536000, immutable"}
    return compressed(request, Response(file.read_bytes(), media_type=KINDS[file.suffix], headers=kept))


ROUTE = Route("/static/{digest}/{name}", served)
