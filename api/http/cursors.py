"""Keyset pages: an opaque cursor that says after which row the next page begins, and the Link header (RFC 8288)."""

import base64
import binascii
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any, Generic, TypeVar
from uuid import UUID

from fastapi import Query
from starlette.requests import Request
from starlette.responses import Response

from api.http import refusal_types as types
from api.http.inputs import YEARS
from api.http.problems import Problem

K = TypeVar("K")

Limit = Annotated[int, Query(ge=1, le=100)]
Cursor = Annotated[str | None, Query(max_length=1000, description="Rendu par l'en-tête Link, rel=next")]

Shown = TypeVar("Shown")


def written(values: Sequence[Any]) -> str:
    """The cursor after a row whose sort keys are `values` (texts, numbers, None)."""
    return base64.urlsafe_b64encode(json.dumps(list(values)).encode()).rstrip(b"=").decode()


def read(cursor: str | None, length: int) -> list[Any] | None:
    """The sort keys of a cursor, None without one. Raises Problem for what we did not write."""
    if cursor is None:
        return None
    try:
        values = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    except (binascii.Error, ValueError, RecursionError) as error:
        raise malformed() from error
    if not isinstance(values, list) or len(values) != length:
        raise malformed()
    return values


def read_id(cursor: str | None) -> UUID | None:
    """The cursor of a list ordered by identifier. Raises Problem for what we did not write."""
    values = read(cursor, 1)
    try:
        return None if values is None else UUID(str(values[0]))
    except ValueError as error:
        raise malformed() from error


def read_one(cursor: str | None, kind: Callable[[str], K]) -> K | None:
    """The only sort key of a cursor, as `kind` makes it from its text. Raises Problem for what we did not write."""
    keys = read(cursor, 1)
    try:
        return None if keys is None else kind(str(keys[0]))
    except ValueError as error:
        raise malformed() from error


def read_instant_and_id(cursor: str | None) -> tuple[datetime, UUID] | None:
    """The cursor of a list ordered by an instant, then by identifier. Raises Problem for what we did not write."""
    values = read(cursor, 2)
    try:
        return None if values is None else (_ours(datetime.fromisoformat(str(values[0]))), UUID(str(values[1])))
    except ValueError as error:
        raise malformed() from error


def rank(text: str) -> int:
    """A row's rank as PostgreSQL keeps it (`bigint`). Raises ValueError for what no row can have."""
    found = int(text)
    if not 0 <= found < 2**63:
        raise ValueError("no row has this rank")
    return found


def _ours(instant: datetime) -> datetime:
    if instant.tzinfo is None or instant.year not in YEARS:
        raise ValueError("an instant without offset, or that no row can have")
    return instant


@dataclass(frozen=True, slots=True)
class Listed(Generic[Shown]):
    """A page of a list, and after what the next one begins: None where there is none."""

    shown: list[Shown]
    after: Sequence[Any] | None

    @property
    def following(self) -> str:
        """The cursor of the next page; empty without one."""
        return "" if self.after is None else written(self.after)

    def linked(self, request: Request, response: Response) -> list[Shown]:
        """What is answered, its next page said by Link."""
        link_next(request, response, self.after)
        return self.shown


def link_next(request: Request, response: Response, after: Sequence[Any] | None) -> None:
    """Say where the next page is; nothing when `after` is None (there is none)."""
    if after is not None:
        following = request.url.include_query_params(cursor=written(after))
        response.headers["Link"] = f'<{following.path}?{following.query}>; rel="next"'


def link_pages(request: Request, response: Response, **cursors: str | None) -> None:
    """Say where the pages around are, each by its relation (`next`, `prev`); nothing of those that are not."""
    links = [(rel, request.url.include_query_params(cursor=cursor)) for rel, cursor in cursors.items() if cursor]
    if links:
        response.headers["Link"] = ", ".join(f'<{url.path}?{url.query}>; rel="{rel}"' for rel, url in links)


def malformed() -> Problem:
    """A cursor that we did not write."""
    return Problem(
        types.CURSOR_MALFORMED, "Reprenez le curseur tel que l'en-tête Link l'a donné, ou repartez sans lui."
    )
