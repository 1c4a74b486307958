"""What holds of every answer that any test of the API receives: its document announced that status."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any

import httpx2
from fastapi import FastAPI


class Undocumented(AssertionError):
    """An answer whose status the document does not announce."""


def announcing(app: FastAPI) -> Any:
    """A hook of httpx2 that raises Undocumented; routes that a test adds, and pages, are announced nowhere."""
    operations = _operations(app)

    async def announced(answer: httpx2.Response) -> None:
        method, path = answer.request.method, answer.request.url.raw_path.decode().partition("?")[0]
        for pattern, methods in operations:
            if pattern.fullmatch(path):
                known = methods.get(method)
                if known is not None and str(answer.status_code) not in known:
                    raise Undocumented(f"{method} {path} answered {answer.status_code}; announced: {sorted(known)}")
                return

    return announced


@lru_cache(maxsize=8)
def _operations(app: FastAPI) -> tuple[tuple[re.Pattern[str], Mapping[str, frozenset[str]]], ...]:
    """Each path as a pattern, those without a place first, and the statuses of its methods."""
    return tuple(
        (_pattern(path), {method.upper(): frozenset(said["responses"]) for method, said in item.items()})
        for path, item in sorted(app.openapi()["paths"].items(), key=lambda one: one[0].count("{"))
    )


def _pattern(path: str) -> re.Pattern[str]:
    return re.compile("".join(_parts(path)))


def _parts(path: str) -> Iterator[str]:
    for part in re.split(r"(\{[^}]+\})", path):
        yield "[^/]+" if part.startswith("{") else re.escape(part)
