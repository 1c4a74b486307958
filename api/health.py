"""Is the process alive, and is it fit to serve? Readiness fails closed and says why."""

from __future__ import annotations

from fastapi import APIRouter
from pydantic import BaseModel

router = APIRouter(prefix="/health", tags=["health"])


class Live(BaseModel):
    """The process answers."""

    status: str = "live"


@router.get("/live")
async def live() -> Live:
    """Answer as long as the process runs, whatever the other parts do."""
    return Live()
