"""What somebody in charge of security watches: what was refused, counted and noted without saying to whom.

Kinds and spaces only: no name, no address, no network, no identifier but the request's own, which the answer carries.
"""

from typing import Literal

import structlog
from prometheus_client import Counter
from starlette.requests import Request

from api.http.problems import Problem

Kind = Literal["sign_in_refused", "forbidden", "too_many", "upload_refused", "token_refused", "token_revoked"]

COUNTED = Counter(
    "guichet_security_events_total", "What was refused for security, by kind and space.", ["kind", "where"]
)
BY_STATUS: dict[int, Kind] = {403: "forbidden", 429: "too_many"}
log = structlog.get_logger(__name__)


def note(kind: Kind, where: str, why: str = "", request_id: str = "") -> None:
    """One of them: `where` is a space or a limit's name, `why` a code of ours."""
    COUNTED.labels(kind=kind, where=where).inc()
    log.warning("security", kind=kind, where=where, why=why, request_id=request_id)


def answered(problem: Problem, request: Request) -> None:
    """Note a refusal about to be answered, if it is one of those."""
    kind = BY_STATUS.get(problem.type.status)
    if kind is not None:
        note(kind, _space(request.url.path), problem.type.code, str(request.scope.get("request_id", "")))


def _space(path: str) -> str:
    """`residents` of `/v1/residents/…`, `pages` of a page."""
    first, _, rest = path.strip("/").partition("/")
    return SPACES.get(rest.partition("/")[0], "other") if first == "v1" else "pages"


SPACES = {name: name for name in ("public", "residents", "mediators", "agents", "systems", "admin")}
