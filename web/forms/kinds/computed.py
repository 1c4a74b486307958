"""What the server computes from the answers: read, never answered."""

from dataclasses import replace
from typing import Any, ClassVar

from catalogue.formats import format_of
from catalogue.schemas import Schema
from domain.sentence import N_, Translate
from web.forms.answers import Answer, Place, Posting
from web.forms.drawing import Drawing
from web.forms.kinds.kind import Kind, kind_of
from web.forms.page import Question
from web.forms.rows import Checking
from web.forms.text import written

NOT_YET = N_("Pas encore calculé.")
CALCULATED = N_("Calculé à partir de vos réponses.")


class Computed(Kind):
    """A field in read only."""

    answered: ClassVar[bool] = False

    def asks(self, field: Schema, root: Schema) -> bool:
        return bool(field.get("readOnly"))

    def draw(self, drawing: Drawing, base: Question, field: Schema, value: Any) -> Question:
        known = value is not None
        text, unit = (written(field, value), format_of(field).unit) if known else (drawing.say(NOT_YET), "")
        return replace(base, kind="computed", value=text, unit=unit)

    def read(self, posting: Posting, field: Schema, place: Place, before: Any, *, required: bool) -> Answer:
        return Answer()

    def unseen(self, place: Place) -> Answer:
        return Answer()

    def say(self, checking: Checking, field: Schema, value: Any) -> str:
        own = {name: each for name, each in field.items() if name != "readOnly"}
        return kind_of(own, checking.root).say(checking, own, value)

    def hint(self, field: Schema, say: Translate) -> str:
        return "" if field.get("description") else say(CALCULATED)
