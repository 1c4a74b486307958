"""A day, typed in three fields; of a birth, the year alone where the civil register knows no more."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any, ClassVar

from catalogue.formats.days import is_birth, is_date
from catalogue.schemas import Schema
from domain.sentence import N_, Translate
from web.forms.answers import UNLIKELY, Answer, Place, Posting
from web.forms.attributes import autocomplete
from web.forms.dates import day_said, parts_of
from web.forms.drawing import Drawing
from web.forms.kinds.kind import Kind
from web.forms.page import Option, Part, Question
from web.forms.rows import Checking
from web.forms.text import clean, written

DAY, MONTH, YEAR = ".day", ".month", ".year"
CONFIRMED, ASKED = ".confirmed", ".asked"
FIELDS = ((DAY, N_("Jour"), "day", 2), (MONTH, N_("Mois"), "month", 2), (YEAR, N_("Année"), "year", 4))
MAINTAINED = N_("Oui, cette date est exacte.")
YEAR_ALONE = N_("Si le jour n'est pas connu, écrivez l'année seule.")
INCOMPLETE_BIRTH = N_(
    "Écrivez le jour, le mois et l'année, par exemple 27 3 1948 ; l'année seule si le jour n'est pas connu."
)
INCOMPLETE_DATE = N_("Écrivez le jour, le mois et l'année de cette date, par exemple 27 3 1948.")
SHORT_YEAR = N_("Écrivez l'année avec ses quatre chiffres, par exemple 1948.")
NO_SUCH_DAY = N_("Cette date n'existe pas : vérifiez le jour, le mois et l'année.")


class Day(Kind):
    """A whole day."""

    format = "date"
    words: ClassVar[Mapping[str, str]] = {"required": INCOMPLETE_DATE, "format": NO_SUCH_DAY}
    partly: ClassVar[bool] = False

    def draw(self, drawing: Drawing, base: Question, field: Schema, value: Any) -> Question:
        kept = parts_of(value) if isinstance(value, str) and is_birth(value) else ("", "", "")
        birth = autocomplete(base.name) == "bday"
        parts = tuple(
            Part(
                id=f"{base.id}{suffix}",
                name=f"{base.name}{suffix}",
                label=drawing.say(label),
                value=drawing.typed.get(f"{base.name}{suffix}", known),
                width=width,
                attributes={"inputmode": "numeric"}
                | ({"autocomplete": f"bday-{unit}"} if birth else {})
                | drawing.never,
            )
            for (suffix, label, unit, width), known in zip(FIELDS, kept, strict=True)
        )
        return replace(base, kind="date", parts=parts, confirm=_doubt(drawing, base, value))

    def read(self, posting: Posting, field: Schema, place: Place, before: Any, *, required: bool) -> Answer:
        parts = {suffix: clean(posting.inputs.one(place.source + suffix)) for suffix in (DAY, MONTH, YEAR)}
        if not any(parts.values()):
            return Answer()
        if read := day_said(parts[DAY], parts[MONTH], parts[YEAR], partly=self.partly):
            return Answer(read, confirmed=(place.target,) if _maintained(posting, place, read, before) else ())
        typed = {place.target + suffix: text for suffix, text in parts.items()}
        if not all(parts.values()):
            return place.unreadable("date", self.words["required"], typed)
        short = parts[YEAR].isdigit() and len(parts[YEAR]) != 4
        return place.unreadable("date", SHORT_YEAR if short else NO_SUCH_DAY, typed)

    def say(self, checking: Checking, field: Schema, value: Any) -> str:
        return checking.day(date.fromisoformat(value)) if is_date(str(value)) else self._partial(field, value)

    def _partial(self, field: Schema, value: Any) -> str:
        return written(field, value)

    def example(self, field: Schema) -> str:
        if not field.get("examples"):
            return ""
        example = str(field["examples"][0])
        if not is_date(example):
            return written(field, example)
        day = date.fromisoformat(example)
        return f"{day.day} {day.month} {day.year}"


class Birth(Day):
    """A day of birth, or what is known of it."""

    format = "birth"
    words: ClassVar[Mapping[str, str]] = {"required": INCOMPLETE_BIRTH, "format": NO_SUCH_DAY}
    partly: ClassVar[bool] = True

    def _partial(self, field: Schema, value: Any) -> str:
        return "/".join(filter(None, parts_of(str(value))))

    def hint(self, field: Schema, say: Translate) -> str:
        return say(YEAR_ALONE)


def _doubt(drawing: Drawing, base: Question, value: Any) -> Option | None:
    """The box by which the person maintains a day that seldom is."""
    error = drawing.errors.get(base.name)
    if error is None or error.code != UNLIKELY:
        return None
    return Option(id=f"{base.id}{CONFIRMED}", value=str(value), label=drawing.say(MAINTAINED), chosen=False)


def _maintained(posting: Posting, place: Place, read: str, before: Any) -> bool:
    """Whether the person says that a day is right: the box that asked is ticked, or it was kept without a doubt."""
    ticked = posting.inputs.one(place.source + CONFIRMED) == read
    return ticked or (before == read and not posting.inputs.one(place.source + ASKED))
