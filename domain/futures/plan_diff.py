"""What changes from one version of a plan to another, fact by fact, in French."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass
from typing import Any

from domain.calendar import Delay
from domain.futures.plan_words import FIELDS, HASHES, IS, LISTS, WITHIN, said
from domain.plan import Plan
from domain.sentence import N_, Listed, Sentence, Verbatim

UNLOCKED = frozenset(
    {"content_sha256", "place", "recipients", "office.name", "office.address", "office.email", "office.phone"}
)
"""What may change within a published version: letters and rules are dated by themselves, a telephone number moves,
and the place and whom letters go to are read in the form, which has its own lock."""
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
        yield _change(path, before, after, HASHES[path])
    else:
        yield _change(path, before, after, _moves(FIELDS.get(path) or Verbatim(f"« {path} »"), before, after))


def _list(path: str, before: tuple[Any, ...], after: tuple[Any, ...]) -> Iterator[Change]:
    called, comes, goes = LISTS[path]
    old, new = _named(before), _named(after)
    for name, one in old.items():
        if name not in new:
            yield _change(f"{path}.{name}", one, None, Sentence(goes, title=_title(one)))
    for name, one in new.items():
        place = f"{path}.{name}"
        if name not in old:
            yield _change(place, None, one, Sentence(comes, title=_title(one)))
        else:
            yield from _element(Sentence(called, title=_title(old[name])), place, old[name], one)
    kept = [name for name in old if name in new]
    ordered = [name for name in new if name in old]
    if kept != ordered:
        words = Listed(_title(new[name]) for name in ordered)
        yield _change(path, tuple(kept), tuple(ordered), Sentence("L'ordre change : {words}", words=words))


def _element(name: Sentence, place: str, before: Any, after: Any) -> Iterator[Change]:
    """A piece, a step, an outcome… that both versions have."""
    for field in fields(before):
        old, new = getattr(before, field.name), getattr(after, field.name, None)
        if old == new:
            continue
        path = f"{place}.{field.name}"
        if isinstance(new, bool) and field.name in IS:
            turned = N_("{name} devient {adjective}") if new else N_("{name} n'est plus {adjective}")
            yield _change(path, old, new, Sentence(turned, name=name, adjective=IS[field.name]))
        else:
            moves = _moves(WITHIN.get(field.name) or Verbatim(f"« {field.name} »"), old, new)
            yield _change(path, old, new, Sentence("{name} : {moves}", name=name, moves=moves))


def _change(path: str, before: Any, after: Any, said: str) -> Change:
    return Change(path, before, after, Sentence("{said} ({path}).", said=said, path=Verbatim(path)))


def _moves(what: str, before: Any, after: Any) -> Sentence:
    if before in (None, "", ()):
        return Sentence("{what} est désormais : {after}", what=what, after=said(after))
    if after in (None, "", ()):
        return Sentence("{what} disparaît (c'était : {before})", what=what, before=said(before))
    return Sentence("{what} passe de {before} à {after}", what=what, before=said(before), after=said(after))


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
