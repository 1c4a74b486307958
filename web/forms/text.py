"""What a person typed in one input, as the answer that the form wants; tolerant, and plain when it cannot read it."""

import re
from collections.abc import Callable

from catalogue.formats import Unreadable, format_of
from catalogue.formats.digits import BLANKS, HYPHENS
from catalogue.schemas import Schema
from domain.invisible_signs import plain, visible
from domain.sentence import N_

INTEGER = N_("Écrivez un nombre entier, en chiffres, par exemple 3.")
LONGEST_NUMBER = 18


def clean(typed: str) -> str:
    """Without the blanks around it, its line ends plain, no sign that nobody sees."""
    return visible(plain(typed))


def written(field: Schema, value: object) -> str:
    """What an input shows of an answer; dates, communes and choices are shown otherwise."""
    return "" if value is None else format_of(field).write(str(value))


def answer(field: Schema, typed: str, before: object) -> str | int:
    """The answer that a cleaned text gives. What says the same as before is left as it was. Raises Unreadable."""
    if before is not None and _same(typed, written(field, before)):
        return before if isinstance(before, int) else str(before)
    if field.get("type") == "integer":
        return _integer(typed)
    read = format_of(field).read or _text(field)
    return read(typed)


def _same(typed: str, shown: str) -> bool:
    return BLANKS.sub(" ", typed) == BLANKS.sub(" ", clean(shown))


def _integer(typed: str) -> int:
    digits = HYPHENS.sub("-", BLANKS.sub("", typed))
    if not re.fullmatch(rf"-?[0-9]{{1,{LONGEST_NUMBER}}}", digits, re.ASCII):
        raise Unreadable("integer", INTEGER)
    return int(digits)


def _text(field: Schema) -> Callable[[str], str]:
    pattern = field.get("pattern")

    def read(typed: str) -> str:
        bare = re.sub(r"[\s\u202f.\-]+", "", HYPHENS.sub("-", typed))
        fits = pattern is not None and re.search(pattern, typed) is None and re.search(pattern, bare) is not None
        return bare if fits else typed

    return read
