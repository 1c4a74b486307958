"""An amount in euros, kept as a decimal text (`900`, `900.00`): never a float, never negative."""

import re
from decimal import Decimal, InvalidOperation

from catalogue.formats.digits import BLANKS, HYPHENS
from catalogue.formats.format import Format, Unreadable
from domain.sentence import N_, Sentence

KEPT = re.compile(r"\A(0|[1-9][0-9]{0,9})(\.[0-9]{2})?\Z")
FRENCH = re.compile(r"\A[0-9  ]+(,[0-9]{1,2})?( ?€)?\Z")
EURO = re.compile(r"(?i)\A(€|euros?|eur)|(€|euros?|eur)\Z")
# Blanks are gone. A point or a comma is the decimal one, unless both are there: `1.234` is refused, never guessed.
TYPED = re.compile(
    r"[0-9]+([.,][0-9]{1,2})?|[0-9]{1,3}(\.[0-9]{3})+,[0-9]{1,2}|[0-9]{1,3}(,[0-9]{3})+\.[0-9]{1,2}", re.ASCII
)
LONGEST = 18
NBSP = "\u00a0"
WITH_A_POINT = N_("Écrivez ce montant avec un point, sans espace ni signe : 1234.50.")
UNREADABLE = N_("Écrivez un montant en euros, par exemple 900 ou 1 234,50.")
NEGATIVE = N_("Écrivez un montant sans signe : il ne peut pas être négatif.")


def is_money(text: str) -> bool:
    """Whether a text is an amount as forms keep it."""
    return KEPT.match(text) is not None


def amount(text: str) -> str:
    """`1234.5` as `1 234,50`; the text itself when it is no amount."""
    try:
        value = Decimal(text)
    except InvalidOperation:
        return text
    return f"{value:,.2f}".replace(",", NBSP).replace(".", ",")


def _read(typed: str) -> str:
    bare = EURO.sub("", HYPHENS.sub("-", BLANKS.sub("", typed)), count=1)
    if bare.startswith("-"):
        raise Unreadable("money", NEGATIVE)
    if TYPED.fullmatch(bare) is None or len(bare) > LONGEST:
        raise Unreadable("money", UNREADABLE)
    *euros, cents = re.split("[.,]", bare) if re.search("[.,]", bare) else (bare, "0")
    return f"{Decimal(''.join(euros) + '.' + cents):.2f}"


MONEY = Format(
    name="money",
    valid=is_money,
    help=N_("Écrivez un montant en euros avec un point et deux décimales, par exemple 900.00."),
    because=lambda text: Sentence(WITH_A_POINT) if FRENCH.match(text) else None,
    read=_read,
    write=amount,
    input={"inputmode": "decimal"},
    width=10,
    unit="€",
)
