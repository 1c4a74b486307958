"""What changes from one version of a plan to another, fact by fact, in French."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass
from typing import Any

from domain.calendar import Delay
from domain.plan import Plan
from domain.plan_words import FIELDS, HASHES, IS, LISTS, WITHIN, said

UNLOCKED = frozenset({"content_sha256", "place", "office.name", "office.address", "office.email", "office.phone"})
"""What may change within a published version: letters and rules are dated by themselves, a telephone number moves,
and the place is read in the form, which has its own lock."""
_NAMED_BY = ("key", "kind", "due", "pointer")


@dataclass(frozen=True, slots=True)
class Change:
    """One fact that changes: `path` as authors write it (`clock.delay`, `pieces.rib.required`), values, sentence."""

    path: str
    before: Any
    after: Any
    sentence: str


def diff(before: Plan, after: Plan) -> tuple[Change, ...]:
    """Every difference between two plans; nothing exactly when they are equal."""
    return tuple(_fields("", before, after))


def broken_lock(published: Plan, written: Plan) -> tuple[Change, ...]:
    """The legal facts that were changed without a new version."""
    return tuple(change for change in diff(published, written) if change.path not in UNLOCKED)


def _fields(path: str, before: Any, after: Any) -> Iterator[Change]:
    for field in fields(before):
        yield from _value(f"{path}{field.name}", getattr(before, field.name), getattr(after, field.name))


def _value(path: str, before: Any, after: Any) -> Iterator[Change]:
    if before == after:
        return
    if path in LISTS:
        yield from _list(path, before, after)
    elif is_dataclass(before) and type(before) is type(after) and not isinstance(before, Delay):
        yield from _fields(f"{path}.", before, after)
    elif path in HASHES:
        yield Change(path, before, after, f"{HASHES[path]} ({path}).")
    else:
        yield Change(path, before, after, f"{_moves(FIELDS.get(path, f'« {path} »'), before, after)} ({path}).")


def _list(path: str, before: tuple[Any, ...], after: tuple[Any, ...]) -> Iterator[Change]:
    noun, comes, goes = LISTS[path]
    old, new = _named(before), _named(after)
    for name, one in old.items():
        if name not in new:
            place = f"{path}.{name}"
            yield Change(place, one, None, f"{noun} « {_title(one)} » est {goes} ({place}).")
    for name, one in new.items():
        place = f"{path}.{name}"
        if name not in old:
            yield Change(place, None, one, f"{noun} « {_title(one)} » est {comes} ({place}).")
        else:
            yield from _element(noun, place, old[name], one)
    kept = [name for name in old if name in new]
    ordered = [name for name in new if name in old]
    if kept != ordered:
        words = ", ".join(_title(new[name]) for name in ordered)
        sentence = f"L'ordre change : {words} ({path})."
        yield Change(path, tuple(kept), tuple(ordered), sentence)


def _element(noun: str, place: str, before: Any, after: Any) -> Iterator[Change]:
    """A piece, a step, an outcome… that both versions have."""
    for field in fields(before):
        old, new = getattr(before, field.name), getattr(after, field.name, None)
        if old == new:
            continue
        path, name = f"{place}.{field.name}", f"{noun} « {_title(before)} »"
        if isinstance(new, bool) and field.name in IS:
            turned = "devient" if new else "n'est plus"
            yield Change(path, old, new, f"{name} {turned} {IS[field.name]} ({path}).")
        else:
            what = WITHIN.get(field.name, f"« {field.name} »")
            yield Change(path, old, new, f"{name} : {_moves(what, old, new)} ({path}).")


def _moves(what: str, before: Any, after: Any) -> str:
    if before in (None, "", ()):
        return f"{what} est désormais : {said(after)}"
    if after in (None, "", ()):
        return f"{what} n'est plus fixé (c'était : {said(before)})"
    return f"{what} passe de {said(before)} à {said(after)}"


def _named(elements: tuple[Any, ...]) -> dict[str, Any]:
    """By its key, or its kind; the second of a kind is `visa-2`."""
    seen: Counter[str] = Counter()
    named = {}
    for one in elements:
        name = str(next(getattr(one, by) for by in _NAMED_BY if hasattr(one, by)))
        seen[name] += 1
        named[name if seen[name] == 1 else f"{name}-{seen[name]}"] = one
    return named


def _title(one: Any) -> str:
    return str(next(getattr(one, by) for by in ("title", "label", *_NAMED_BY) if hasattr(one, by)))
