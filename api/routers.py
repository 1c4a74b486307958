"""Every router of the API, gathered here and nowhere else.

To add routes: write `api/<audience>/<noun>.py` with a `router` (no audience prefix in its paths), and name its
module in `AUDIENCES` below. Uploads take their larger limit by ending in `/documents` (api/bodies.py).
"""

from __future__ import annotations

from fastapi import APIRouter, FastAPI

from api import health
from api.public import problems

AT_ROOT: tuple[APIRouter, ...] = (health.router, problems.router)

AUDIENCES: dict[str, tuple[APIRouter, ...]] = {
    "/v1/public": (),
    "/v1/residents": (),
    "/v1/mediators": (),
    "/v1/agents": (),
    "/v1/systems": (),
    "/v1/admin": (),
}


def include_all(app: FastAPI) -> None:
    """Mount every router under its audience."""
    for router in AT_ROOT:
        app.include_router(router)
    for prefix, routers in AUDIENCES.items():
        for router in routers:
            app.include_router(router, prefix=prefix, tags=[prefix.rpartition("/")[2]])
