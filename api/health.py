"""Is the process alive, and is it fit to serve? Readiness fails closed and says why."""

from typing import Literal

from api.http import problem_types as types
from api.http.inputs import Out
from api.http.problems import FieldError, Problem
from api.http.rooms import Room
from api.readiness import examine
from api.services import Use
from storage.documents.sandbox import standing_walls

NO_ANTIVIRUS = "Aucun antivirus n'est configuré (CLAMD_ADDRESS) : les documents reçus ne sont pas analysés."
router = Room(prefix="/health", tags=["health"])


class Live(Out):
    """The process answers."""

    status: Literal["live"] = "live"


class Ready(Out):
    """Everything checked is well."""

    status: Literal["ready"] = "ready"
    checks: list[str]
    examiner: tuple[str, ...] = ()
    """The walls that stand around what reads people's files, once they were looked at."""
    warnings: tuple[str, ...] = ()
    """What it serves without, that production should have."""


@router.get("/live")
async def live() -> Live:
    """Answer as long as the process runs, whatever the other parts do."""
    return Live()


@router.get("/ready")
async def ready(services: Use) -> Ready:
    """Answer 200 when this process may serve, 503 with every reason otherwise."""
    checks = await examine(services)
    failed = tuple(FieldError("", one.name, one.problem) for one in checks if one.problem)
    if failed:
        reasons = " ; ".join(f"{one.code} : {one.message}" for one in failed)
        raise Problem(types.NOT_READY, f"{reasons}. « guichet doctor » dit quoi faire.", failed)
    walls = standing_walls() if any(one.name == "examiner" for one in checks) else ()
    warnings = () if services.scanned else (NO_ANTIVIRUS,)
    return Ready(checks=[one.name for one in checks], examiner=walls, warnings=warnings)
