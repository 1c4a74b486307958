"""One thing looked at, and what to do about it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """`ok` None: not needed here, or chosen otherwise; the sentence says what follows from it."""

    name: str
    ok: bool | None
    detail: str
    to_do: str = ""


def good(name: str, detail: str) -> Finding:
    return Finding(name=name, ok=True, detail=detail)


def bad(name: str, detail: str, to_do: str) -> Finding:
    return Finding(name=name, ok=False, detail=detail, to_do=to_do)


def noted(name: str, detail: str) -> Finding:
    return Finding(name=name, ok=None, detail=detail)
