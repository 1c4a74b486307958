"""What a page says under a question, before anybody answers: how to answer, why it is worth it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date

from catalogue.annotated import ADVISED
from catalogue.formats import is_date
from catalogue.schemas import Schema
from domain.worded import N_, Translate
from web.forms.attributes import LONG_TEXT
from web.forms.kinds import Kind
from web.forms.written import amount, written

EXAMPLE = N_("Par exemple : {example}.")
LONGEST = N_("{limit} caractères au plus.")
ONE_A_LINE = N_("Un par ligne.")
SEVERAL = N_("Plusieurs réponses sont possibles.")
COMMUNE = N_("Écrivez son nom ou son code postal.")
YEAR_ALONE = N_("Si le jour n'est pas connu, écrivez l'année seule.")
CALCULATED = N_("Calculé à partir de vos réponses.")
ADVISED_BECAUSE = N_("Conseillé. {why}")
SENTENCES = re.compile(r"(?<=[.!?])\s+")


def hints(kind: Kind, field: Schema, translate: Translate, *, required: bool) -> tuple[str, ...]:
    """The sentences under a question, in the reader's language."""
    return tuple(each for each in _hints(kind, field, translate, required=required) if each)


def _hints(kind: Kind, field: Schema, say: Translate, *, required: bool) -> Iterator[str]:
    yield _description(kind, field, say)
    if (why := field.get("x-recommended")) and not required:
        yield say(ADVISED_BECAUSE).format(why=say(why if isinstance(why, str) else ADVISED))
    if (own := OF_KIND.get(kind)) is not None:
        yield own(field, say)
    elif kind == "text" and "format" not in field and field.get("maxLength", 0) >= LONG_TEXT:
        yield say(LONGEST).format(limit=field["maxLength"])
    if field.get("examples") and kind in {"text", "money", "integer", "date"}:
        yield say(EXAMPLE).format(example=_example(kind, field))


def _description(kind: Kind, field: Schema, say: Translate) -> str:
    text = field.get("description")
    said = say(text) if isinstance(text, str) and text else ""
    if kind != "commune":
        return said
    # The form speaks of the code that it stores; on a page, people write a name.
    return " ".join(each for each in SENTENCES.split(said) if "INSEE" not in each)


def _example(kind: Kind, field: Schema) -> str:
    example = str(field["examples"][0])
    if kind == "date" and is_date(example):
        day = date.fromisoformat(example)
        return f"{day.day} {day.month} {day.year}"
    return amount(example) if kind == "money" else written(field, example)


def _computed(field: Schema, say: Translate) -> str:
    return "" if field.get("description") else say(CALCULATED)


OF_KIND: Mapping[Kind, Callable[[Schema, Translate], str]] = {
    "lines": lambda _, say: say(ONE_A_LINE),
    "checkboxes": lambda _, say: say(SEVERAL),
    "commune": lambda _, say: say(COMMUNE),
    "computed": _computed,
    "date": lambda field, say: say(YEAR_ALONE) if field["format"] == "birth" else "",
}
