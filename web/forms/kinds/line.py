"""A text of one line or more, and what is written in one: a number, an amount; a list, one a line."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, ClassVar

from catalogue.formats import Unreadable, format_of
from catalogue.formats.money import UNREADABLE
from catalogue.schemas import Schema, resolved
from domain.sentence import N_, Translate
from web.forms.answers import Answer, Place, Posting
from web.forms.attributes import LONG_TEXT, attributes_of, width_of
from web.forms.choices import Choice, choices_of
from web.forms.drawing import Drawing
from web.forms.kinds.kind import Kind
from web.forms.page import Question
from web.forms.rows import Checking
from web.forms.text import answer, clean, written

LONGEST = N_("{limit} caractères au plus.")
ONE_A_LINE = N_("Un par ligne.")
MONEY_MISSING = N_("Écrivez un montant en euros ; 0 s'il n'y a rien.")


def is_long(field: Schema) -> bool:
    """Whether a text has several lines."""
    return "format" not in field and field.get("type") != "integer" and field.get("maxLength", 0) >= LONG_TEXT


class Line(Kind):
    """A text, a whole number, a format that one line suits."""

    def asks(self, field: Schema, root: Schema) -> bool:
        return not self.format or super().asks(field, root)

    def draw(self, drawing: Drawing, base: Question, field: Schema, value: Any) -> Question:
        text = drawing.typed.get(base.name, written(field, value))
        if is_long(field):
            return replace(base, kind="textarea", value=text)
        attributes = attributes_of(base.name, field) | drawing.never
        return replace(base, value=text, unit=format_of(field).unit, width=width_of(field), attributes=attributes)

    def read(self, posting: Posting, field: Schema, place: Place, before: Any, *, required: bool) -> Answer:
        typed = clean(posting.inputs.one(place.source))
        if not typed:
            return Answer()
        try:
            return Answer(answer(field, typed, before))
        except Unreadable as bad:
            return place.unreadable(bad.code, bad.sentence, {place.target: typed})

    def hint(self, field: Schema, say: Translate) -> str:
        return say(LONGEST).format(limit=field["maxLength"]) if is_long(field) else ""

    def example(self, field: Schema) -> str:
        given = field["examples"][0] if field.get("examples") else format_of(field).example
        return written(field, str(given))


class Money(Line):
    """An amount in euros."""

    format = "money"
    words: ClassVar[Mapping[str, str]] = {"required": MONEY_MISSING, "format": UNREADABLE}

    def say(self, checking: Checking, field: Schema, value: Any) -> str:
        return checking.euros(value)


class Document(Line):
    """A document of the draft, chosen in a list to unfold; what is chosen is read as a line."""

    format = "document"

    def draw(self, drawing: Drawing, base: Question, field: Schema, value: Any) -> Question:
        gone = {value: value} if value is not None and value not in drawing.documents else {}
        known = [Choice(each, title) for each, title in {**drawing.documents, **gone}.items()]
        return replace(base, kind="select", options=drawing.options(base.name, known, [value]))

    def say(self, checking: Checking, field: Schema, value: Any) -> str:
        return checking.documents.get(value, value)

    def example(self, field: Schema) -> str:
        return ""


class Lines(Kind):
    """Several texts, one a line."""

    def asks(self, field: Schema, root: Schema) -> bool:
        return field.get("type") == "array" and not choices_of(resolved(field.get("items", {}), root))

    def draw(self, drawing: Drawing, base: Question, field: Schema, value: Any) -> Question:
        return replace(base, kind="textarea", value="\n".join(map(str, value)) if isinstance(value, list) else "")

    def read(self, posting: Posting, field: Schema, place: Place, before: Any, *, required: bool) -> Answer:
        posted = posting.inputs.all(place.source)
        value = [line for text in posted for line in map(clean, clean(text).split("\n")) if line]
        return Answer(value) if value or required else Answer()

    def hint(self, field: Schema, say: Translate) -> str:
        return say(ONE_A_LINE)
