"""What a person typed in one input, as the answer that the form wants; tolerant, and plain when it cannot read it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from decimal import Decimal

from catalogue.schemas import Schema
from domain.visible import plain, visible
from domain.worded import N_
from web.forms.written import compact, written

MONEY = N_("Écrivez un montant en euros, par exemple 900 ou 1 234,50.")
NEGATIVE = N_("Écrivez un montant sans signe : il ne peut pas être négatif.")
INTEGER = N_("Écrivez un nombre entier, en chiffres, par exemple 3.")
BLANKS = re.compile(r"[\s\u202f]+")
# A hyphen that does not break, a dash, a minus sign: what a text processor puts in place of the keyboard's.
HYPHENS = re.compile(r"[\u2010-\u2015\u2212\ufe58\ufe63\uff0d]")
EURO = re.compile(r"(?i)\A(€|euros?|eur)|(€|euros?|eur)\Z")
# What stands before the number on the paper that it is copied from: « SIRET », « N° », « IBAN : », « Tél. ».
LABELS: Mapping[str, re.Pattern[str]] = {
    "nir": re.compile(r"\A[^0-9]+"),
    "siret": re.compile(r"\A[^0-9]+"),
    "phone": re.compile(r"\A[^0-9+(]+"),
    "iban": re.compile(r"(?i)\A(n[°o]\s*)?iban\b[\s:.]*"),
    "rna": re.compile(r"(?i)\A[^0-9]*(?=W[0-9])"),
}
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
    """Without the blanks around it, its line ends plain, no sign that nobody sees."""
    return visible(plain(typed))


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
    digits = HYPHENS.sub("-", BLANKS.sub("", typed))
    if not re.fullmatch(rf"-?[0-9]{{1,{LONGEST_NUMBER}}}", digits, re.ASCII):
        raise Unreadable("integer", INTEGER)
    return int(digits)


def _money(typed: str) -> str:
    bare = EURO.sub("", HYPHENS.sub("-", BLANKS.sub("", typed)), count=1)
    if bare.startswith("-"):
        raise Unreadable("money", NEGATIVE)
    if AMOUNT.fullmatch(bare) is None or len(bare) > LONGEST_NUMBER:
        raise Unreadable("money", MONEY)
    *euros, cents = re.split("[.,]", bare) if re.search("[.,]", bare) else (bare, "0")
    return f"{Decimal(''.join(euros) + '.' + cents):.2f}"


def _number(name: str) -> Callable[[str], str]:
    label = LABELS[name]

    def read(typed: str) -> str:
        return compact(label.sub("", HYPHENS.sub("-", typed))) or typed

    return read


def _phone(typed: str) -> str:
    """`+33 (0) 6 …` too: the zero in brackets is the one that is not dialled from abroad."""
    plain = LABELS["phone"].sub("", HYPHENS.sub("-", BLANKS.sub(" ", typed))) or typed
    return re.sub(r"(?<=\d)\s*\(0\)\s*", " ", plain)


def _text(field: Schema) -> Callable[[str], str]:
    pattern = field.get("pattern")

    def read(typed: str) -> str:
        bare = re.sub(r"[\s\u202f.\-]+", "", HYPHENS.sub("-", typed))
        fits = pattern is not None and re.search(pattern, typed) is None and re.search(pattern, bare) is not None
        return bare if fits else typed

    return read


READ: Mapping[str, Callable[[str], str]] = {
    "money": _money,
    **{name: _number(name) for name in ("nir", "siret", "iban", "rna")},
    "phone": _phone,
    "email": lambda typed: BLANKS.sub("", typed),
}
