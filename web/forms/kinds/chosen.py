"""What is answered by choosing: one answer among several, several of them, or a box to tick."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, ClassVar

from catalogue.forms import FieldError
from catalogue.schemas import Schema, resolved
from domain.sentence import N_, Sentence, Translate
from web.forms.answers import Answer, Place, Posting
from web.forms.choices import YES, Choice, choices_of
from web.forms.drawing import Drawing
from web.forms.kinds.kind import Kind
from web.forms.page import Option, Question
from web.forms.rows import Checking

RADIOS_AT_MOST = 7
NO_ANSWER = N_("Ne pas répondre")
SEVERAL = N_("Plusieurs réponses sont possibles.")
CHOOSE = N_("Choisissez une réponse.")
NOT_PROPOSED = N_("Choisissez une des réponses proposées.")
TICK = N_("Cochez cette case pour continuer.")
TICK_SOME = N_("Cochez davantage de réponses : au moins {limit}.")


class OneOf(Kind):
    """One of the answers proposed."""

    words: ClassVar[Mapping[str, str]] = {"required": CHOOSE} | dict.fromkeys(("oneOf", "enum", "type"), NOT_PROPOSED)

    def asks(self, field: Schema, root: Schema) -> bool:
        return bool(choices_of(field))

    def draw(self, drawing: Drawing, base: Question, field: Schema, value: Any) -> Question:
        known = choices_of(field)
        if len(known) > RADIOS_AT_MOST:
            return replace(base, kind="select", options=drawing.options(base.name, known, [value]))
        if base.optional and value is not None:
            known = (*known, Choice("", NO_ANSWER))
        return replace(base, kind="radios", options=drawing.options(base.name, known, [value]))

    def read(self, posting: Posting, field: Schema, place: Place, before: Any, *, required: bool) -> Answer:
        posted = posting.inputs.one(place.source)
        chosen = [each.value for each in choices_of(field) if each.posted == posted]
        if chosen or not posted:
            return Answer(chosen[0]) if chosen else Answer()
        # An answer to another question may have taken this one off the list: it is asked again, that is no fault.
        if any(each.posted == posted for each in choices_of({**field, "enum": _every(field)})):
            return Answer(opened=(place.target,))
        return place.unreadable("enum", NOT_PROPOSED, {})


def _every(field: Schema) -> list[Any]:
    return [each["const"] for each in field.get("oneOf", ()) if isinstance(each, Mapping) and "const" in each]


class Checkboxes(Kind):
    """Several of the answers proposed."""

    def asks(self, field: Schema, root: Schema) -> bool:
        return field.get("type") == "array" and bool(choices_of(resolved(field.get("items", {}), root)))

    def draw(self, drawing: Drawing, base: Question, field: Schema, value: Any) -> Question:
        known = choices_of(resolved(field["items"], drawing.root))
        chosen = value if isinstance(value, list) else []
        return replace(base, kind="checkboxes", options=drawing.options(base.name, known, chosen))

    def read(self, posting: Posting, field: Schema, place: Place, before: Any, *, required: bool) -> Answer:
        """Those that were ticked, in the order of the form, or in that of before."""
        posted = posting.inputs.all(place.source)
        known = choices_of(resolved(field["items"], posting.root))
        value: list[Any] = [each.value for each in known if each.posted in posted]
        if isinstance(before, list) and sorted(map(str, before)) == sorted(map(str, value)):
            value = before
        return Answer(value) if value or required else Answer()

    def tell(self, error: FieldError, field: Schema) -> str:
        if error.code not in {"required", "minItems"}:
            return super().tell(error, field)
        return Sentence(TICK_SOME, limit=field.get("minItems", 1) if error.code == "minItems" else 1)

    def hint(self, field: Schema, say: Translate) -> str:
        return say(SEVERAL)


class Consent(Kind):
    """The one answer that there is, to be ticked."""

    words: ClassVar[Mapping[str, str]] = {"required": TICK, "const": TICK, "type": TICK}

    def asks(self, field: Schema, root: Schema) -> bool:
        return "const" in field

    def draw(self, drawing: Drawing, base: Question, field: Schema, value: Any) -> Question:
        chosen = value is not None and value == field["const"]
        option = Option(id=base.id, value=Choice(field["const"], "").posted, label=base.label, chosen=chosen)
        return replace(base, kind="consent", options=(option,))

    def read(self, posting: Posting, field: Schema, place: Place, before: Any, *, required: bool) -> Answer:
        return Answer(field["const"]) if posting.inputs.one(place.source) else Answer()

    def lines(self, checking: Checking, field: Schema, value: Any) -> tuple[str, ...]:
        return (checking.say(YES),)
