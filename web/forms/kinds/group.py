"""Questions together: a page, a group of them, blocks that repeat. Each is handed to its own kind."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from catalogue.forms import FieldError
from catalogue.schemas import DEEPEST, Schema, resolved
from domain.sentence import N_, Sentence
from web.forms.answers import MISSING, Answer, Place, Posting
from web.forms.drawing import Drawing
from web.forms.inputs import Button
from web.forms.kinds.kind import Kind, kind_of
from web.forms.page import Question
from web.forms.questions import Questions, questions
from web.forms.rows import Checking, Row

PASSES = 10
NUMBERED = N_("{title}, n° {number}")
NONE = N_("Aucun")
ADD_SOME = N_("Il en faut au moins {limit} : appuyez sur « Ajouter ».")


def drawn_of(drawing: Drawing, schema: Schema, data: Any, name: str) -> tuple[Question, ...]:
    """The questions that a group asks, its answers being `data`."""
    if name.count(".") > DEEPEST:
        return ()
    now = questions(schema, data, drawing.root)
    given = data if isinstance(data, Mapping) else {}
    drawn = []
    for key, field in now.fields.items():
        inner = f"{name}.{key}" if name else key
        if key in now.opened:
            drawing.opened.append(inner)
        drawn.append(_drawn(drawing, field, given.get(key), inner, required=key in now.required))
    return tuple(drawn)


def _drawn(drawing: Drawing, field: Schema, value: Any, name: str, *, required: bool) -> Question:
    kind, title, error = kind_of(field, drawing.root), str(field.get("title", "")), drawing.errors.get(name)
    base = Question(
        kind="text",
        name=name,
        label=drawing.say(title) if title else "",
        optional=not required and kind.answered,
        hints=tuple(filter(None, kind.hints(field, drawing.say, required=required))),
        error=drawing.say(kind.tell(error, field)) if error is not None else "",
    )
    return kind.draw(drawing, base, field, value)


def read_of(posting: Posting, schema: Schema, place: Place, before: Any, *, required: bool) -> Answer:
    """The answers of a group; which questions it asks depends on them, so they are read until that settles."""
    data: dict[str, Any] = {}
    found: dict[str, Answer] = {}
    for _ in range(PASSES):
        now = questions(schema, data, posting.root)
        found = {name: _read(posting, name, now, place, before) for name in now.fields}
        given = {name: each.value for name, each in found.items() if each.value is not MISSING}
        if given == data:
            break
        data = given
    read = Answer.together(found.values(), value=data)
    return read if required or read.says_something else Answer(opened=read.opened)


def _read(posting: Posting, name: str, now: Questions, holder: Place, before: Any) -> Answer:
    field, place = now.fields[name], holder.within(name)
    kind = kind_of(field, posting.root)
    if name in now.opened and not posting.inputs.shown(place.source):
        return kind.unseen(place)
    was = before.get(name) if isinstance(before, Mapping) else None
    return kind.read(posting, field, place, was, required=name in now.required)


def rows_of(checking: Checking, schema: Schema, data: Any, name: str, titles: tuple[str, ...]) -> Iterator[Row]:
    """The rows of a group; `titles` are its page's, then those of the groups down to it."""
    given = data if isinstance(data, Mapping) else {}
    fields = questions(schema, data, checking.root).fields if name.count(".") <= DEEPEST else {}
    for key, field in fields.items():
        inner = f"{name}.{key}" if name else key
        yield from kind_of(field, checking.root).rows(checking, field, given.get(key), inner, titles)


class Group(Kind):
    """Questions under one title."""

    def asks(self, field: Schema, root: Schema) -> bool:
        return field.get("type") == "object"

    def draw(self, drawing: Drawing, base: Question, field: Schema, value: Any) -> Question:
        return replace(base, kind="group", fields=drawn_of(drawing, field, value, base.name))

    def read(self, posting: Posting, field: Schema, place: Place, before: Any, *, required: bool) -> Answer:
        return Answer() if place.depth > DEEPEST else read_of(posting, field, place, before, required=required)

    def unseen(self, place: Place) -> Answer:
        # It is there, so that what it lacks is said question by question.
        return Answer({}, opened=(place.target,))

    def rows(self, checking: Checking, field: Schema, value: Any, name: str, titles: tuple[str, ...]) -> Iterator[Row]:
        title = checking.title(field)
        if value is None and titles:
            yield checking.row(name, title, (), titles)
        else:
            yield from rows_of(checking, field, value, name, (*titles, title))


class Blocks(Kind):
    """The same questions as many times as there are things to say."""

    def asks(self, field: Schema, root: Schema) -> bool:
        items = resolved(field.get("items", {}), root)
        return field.get("type") == "array" and (items.get("type") == "object" or "properties" in items)

    def draw(self, drawing: Drawing, base: Question, field: Schema, value: Any) -> Question:
        items = resolved(field["items"], drawing.root)
        least = 0 if base.optional else int(field.get("minItems", 0))
        given = [*value] if isinstance(value, list) else []
        blocks = given + [{}] * (least - len(given))
        title = drawing.say(str(items.get("title", field.get("title", ""))))
        drawn = tuple(
            Question(
                kind="group",
                name=f"{base.name}.{number}",
                label=drawing.say(NUMBERED).format(title=title, number=number + 1),
                fields=drawn_of(drawing, items, each, f"{base.name}.{number}"),
                remove=len(blocks) > least,
            )
            for number, each in enumerate(blocks)
        )
        return replace(base, kind="blocks", fields=drawn, add=len(blocks) < field.get("maxItems", len(blocks) + 1))

    def read(self, posting: Posting, field: Schema, place: Place, before: Any, *, required: bool) -> Answer:
        """The blocks, those left empty taken away when the person goes on, except as many as there must be."""
        items, button = resolved(field["items"], posting.root), posting.inputs.button
        kept: list[Answer] = []
        for number in posting.inputs.blocks(place.source):
            if button == Button("remove", f"{place.source}.{number}"):
                continue
            was = before[number] if isinstance(before, list) and number < len(before) else None
            block = read_of(posting, items, place.within(number, len(kept)), was, required=True)
            if button is not None or block.says_something:
                kept.append(block)
        least = int(field.get("minItems", 0)) if required and button is None else 0
        wanted = least if button != Button("add", place.source) else len(kept) + 1
        while len(kept) < min(wanted, field.get("maxItems", wanted)):
            kept.append(read_of(posting, items, place.within("", len(kept)), None, required=True))
        value = [each.value for each in kept]
        return Answer.together(kept, value=value if value or required else MISSING)

    def rows(self, checking: Checking, field: Schema, value: Any, name: str, titles: tuple[str, ...]) -> Iterator[Row]:
        title = checking.title(field)
        if not value:
            yield checking.row(name, title, (checking.say(NONE),), titles)
            return
        items = resolved(field["items"], checking.root)
        for number, each in enumerate(value):
            block = checking.say(NUMBERED).format(title=title, number=number + 1)
            yield from rows_of(checking, items, each, f"{name}.{number}", (*titles, block))

    def tell(self, error: FieldError, field: Schema) -> str:
        if error.code == "minItems":
            return Sentence(ADD_SOME, limit=field.get("minItems", 1))
        return super().tell(error, field)
