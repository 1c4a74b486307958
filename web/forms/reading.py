"""A posted page read as answers: what the form asks and nothing else, as JSON Schema wants it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from catalogue.forms import FieldError, Form
from catalogue.schemas import DEEPEST, Schema, resolved
from web.forms.asked import Asked, asked, asks
from web.forms.communes import Communes, today
from web.forms.kinds import kind_of
from web.forms.leaves import MISSING, Found, Leaves
from web.forms.posted import Button, Inputs, Posted

PASSES = 10
UNLIKELY = "unlikely"


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """A page as it was posted.

    `answers` is the page's content (the whole form's without pages), empty fields absent, blocks numbered anew;
    `errors` what could not be read and `typed` what was typed there; `opened` the questions that these answers open
    and that the page had not shown; `confirmed` the days that the person maintains; `asked` the button that was
    pressed, when it is not the one that goes on.
    """

    answers: dict[str, Any]
    errors: tuple[FieldError, ...] = ()
    typed: Mapping[str, str] = field(default_factory=dict)
    opened: tuple[str, ...] = ()
    confirmed: tuple[str, ...] = ()
    asked: Button | None = None


def read_page(
    form: Form, page: str | None, posted: Posted, before: Mapping[str, Any], *, communes: Communes | None = None
) -> Read:
    """The answers of a page; `before` is what the whole form held. Raises KeyError for a page it does not have."""
    inputs = Inputs(posted)
    reader = _Reader(inputs, form.schema, communes or today())
    schema = form.schema if page is None else form.schema["properties"][page]
    content = before if page is None else before.get(page)
    found = reader.group(schema, _Place(page or "", page or ""), content, required=True)
    answers = found.value if isinstance(found.value, dict) else {}
    return Read(
        answers=answers,
        errors=found.errors,
        typed=found.typed,
        opened=found.opened,
        confirmed=found.confirmed,
        asked=inputs.button,
    )


def wrong(form: Form, page: str | None, read: Read) -> tuple[FieldError, ...]:
    """What to mend before going on: what could not be read, what the form refuses, a day so odd that it is asked again.

    What is only missing from a question that has just been opened is no error: it is asked now.
    """
    refused = form.errors(read.answers) if page is None else form.page_errors(page, read.answers)
    unread = {error.pointer for error in read.errors}
    new = tuple("/" + name.replace(".", "/") for name in read.opened)
    whole = read.answers if page is None else {page: read.answers}
    told = tuple(
        error
        for error in refused
        if error.pointer not in unread
        and not _under(error.pointer, new)
        # Not answered, because it comes after another that is not answered either.
        and (error.code != "required" or asks(form.schema, whole, form.schema, error.pointer.split("/")[1:]))
    )
    doubtful = _doubtful(form, whole, read, {error.pointer for error in refused})
    return (*read.errors, *told, *doubtful)


def _doubtful(form: Form, whole: Mapping[str, Any], read: Read, refused: set[str]) -> Iterator[FieldError]:
    """The days that seldom are, unless the person maintains them, or they cannot be at all."""
    maintained = {"/" + name.replace(".", "/") for name in read.confirmed}
    for each in form.warnings(whole):
        if each.code == UNLIKELY and each.pointer not in maintained | refused:
            yield each


def _under(pointer: str, holders: Iterable[str]) -> bool:
    return any(pointer == holder or pointer.startswith(f"{holder}/") for holder in holders)


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a question is in what was posted, and where its answer goes: blocks taken away shift those that follow."""

    source: str
    target: str
    depth: int = 0

    def within(self, name: str | int, target: str | int | None = None) -> _Place:
        to = name if target is None else target
        return _Place(_dotted(self.source, name), _dotted(self.target, to), self.depth + 1)


def _dotted(holder: str, name: str | int) -> str:
    return f"{holder}.{name}" if holder else str(name)


class _Reader:
    def __init__(self, inputs: Inputs, root: Schema, communes: Communes) -> None:
        self._inputs = inputs
        self._root = root
        self._leaves = Leaves(inputs, root, communes)

    def group(self, schema: Schema, place: _Place, before: Any, *, required: bool) -> Found:
        """The answers of a group; which questions it asks depends on them, so they are read until that settles."""
        data: dict[str, Any] = {}
        found: dict[str, Found] = {}
        for _ in range(PASSES):
            now = asked(schema, data, self._root)
            found = {name: self._question(name, now, place, before) for name in now.fields}
            given = {name: each.value for name, each in found.items() if each.value is not MISSING}
            if given == data:
                break
            data = given
        read = Found.together(found.values(), value=data)
        return read if required or read.says_something else Found(opened=read.opened)

    def _question(self, name: str, now: Asked, holder: _Place, before: Any) -> Found:
        schema, place = now.fields[name], holder.within(name)
        if name in now.opened and not self._inputs.shown(place.source):
            return self._unseen(schema, place)
        was = before.get(name) if isinstance(before, Mapping) else None
        return self._read(schema, place, was, required=name in now.required)

    def _unseen(self, schema: Schema, place: _Place) -> Found:
        """Just opened: asked now. A group is there, so that what it lacks is said question by question."""
        kind = kind_of(schema, self._root)
        value: Any = {} if kind == "group" else MISSING
        return Found(value, opened=() if kind == "computed" else (place.target,))

    def _read(self, schema: Schema, place: _Place, before: Any, *, required: bool) -> Found:
        kind = kind_of(schema, self._root)
        if kind == "group":
            deep = place.depth > DEEPEST
            return Found(MISSING) if deep else self.group(schema, place, before, required=required)
        if kind == "blocks":
            return self._blocks(schema, place, before, required=required)
        return self._leaves.read(kind, schema, place.source, place.target, before, required=required)

    def _blocks(self, schema: Schema, place: _Place, before: Any, *, required: bool) -> Found:
        """The blocks, those left empty taken away when the person goes on, except as many as there must be."""
        items, button = resolved(schema["items"], self._root), self._inputs.button
        kept: list[Found] = []
        for number in self._inputs.blocks(place.source):
            if button == Button("remove", f"{place.source}.{number}"):
                continue
            was = before[number] if isinstance(before, list) and number < len(before) else None
            block = self.group(items, place.within(number, len(kept)), was, required=True)
            if button is not None or block.says_something:
                kept.append(block)
        least = int(schema.get("minItems", 0)) if required and button is None else 0
        wanted = least if button != Button("add", place.source) else len(kept) + 1
        while len(kept) < min(wanted, schema.get("maxItems", wanted)):
            kept.append(self.group(items, place.within("", len(kept)), None, required=True))
        value = [each.value for each in kept]
        return Found.together(kept, value=value if value or required else MISSING)
