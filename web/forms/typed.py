"""What a person typed in one input, as the answer that the form wants; tolerant, and plain when it cannot read it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from decimal import Decimal

from catalogue.schemas import Schema
from domain.worded import N_
from web.forms.written import compact, written

MONEY = N_("Écrivez un montant en euros, par exemple 900 ou 1 234,50.")
NEGATIVE = N_("Écrivez un montant sans signe : il ne peut pas être négatif.")
INTEGER = N_("Écrivez un nombre entier, en chiffres, par exemple 3.")
BLANKS = re.compile(r"[\s\u202f]+")
CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")
# Blanks are gone. A point or a comma is the decimal one, unless both are there: `1.234` is refused, never guessed.
AMOUNT = re.compile(
    r"[0-9]+([.,][0-9]{1,2})?|[0-9]{1,3}(\.[0-9]{3})+,[0-9]{1,2}|[0-9]{1,3}(,[0-9]{3})+\.[0-9]{1,2}", re.ASCII
)
LONGEST_NUMBER = 18


class Unreadable(Exception):
    """What is typed cannot be an answer: a stable code, and the French sentence that says what to write."""

    def __init__(self, code: str, sentence: str) -> None:
        super().__init__(sentence)
        self.code = code
        self.sentence = sentence


def clean(typed: str) -> str:
    """Without the blanks around it, its line ends plain, no control character."""
    return CONTROLS.sub("", typed.replace("\r\n", "\n").replace("\r", "\n")).strip()


def answer(field: Schema, typed: str, before: object) -> str | int:
    """The answer that a cleaned text gives. What says the same as before is left as it was. Raises Unreadable."""
    if before is not None and _same(typed, written(field, before)):
        return before if isinstance(before, int) else str(before)
    if field.get("type") == "integer":
        return _integer(typed)
    read = READ.get(str(field.get("format")), _text(field))
    return read(typed)


def _same(typed: str, shown: str) -> bool:
    return BLANKS.sub(" ", typed) == BLANKS.sub(" ", clean(shown))


def _integer(typed: str) -> int:
    digits = BLANKS.sub("", typed)
    if not re.fullmatch(rf"-?[0-9]{{1,{LONGEST_NUMBER}}}", digits, re.ASCII):
        raise Unreadable("integer", INTEGER)
    return int(digits)


def _money(typed: str) -> str:
    bare = re.sub(r"(?i)(€|euros?|eur)\Z", "", BLANKS.sub("", typed))
    if bare.startswith(("-", "−")):
        raise Unreadable("money", NEGATIVE)
    if AMOUNT.fullmatch(bare) is None or len(bare) > LONGEST_NUMBER:
        raise Unreadable("money", MONEY)
    *euros, cents = re.split("[.,]", bare) if re.search("[.,]", bare) else (bare, "0")
    return f"{Decimal(''.join(euros) + '.' + cents):.2f}"


def _number(typed: str) -> str:
    return compact(typed) or typed


def _line(typed: str) -> str:
    return BLANKS.sub(" ", typed)


def _text(field: Schema) -> Callable[[str], str]:
    pattern = field.get("pattern")

    def read(typed: str) -> str:
        bare = BLANKS.sub("", typed)
        fits = pattern is not None and re.search(pattern, typed) is None and re.search(pattern, bare) is not None
        return bare if fits else typed

    return read


READ: Mapping[str, Callable[[str], str]] = {
    "money": _money,
    "nir": _number,
    "siret": _number,
    "iban": _number,
    "rna": _number,
    "phone": _line,
    "email": lambda typed: BLANKS.sub("", typed),
}
