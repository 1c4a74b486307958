"""Amounts computed by a procedure's rules: values by date with their references, exact decimals, one rounding."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, Self

CENT = Decimal("0.01")
WRITTEN = re.compile(r"\A(0|[1-9][0-9]{0,9})(\.[0-9]{1,2})?\Z")


class Euros(str):
    """An amount in French; `amount` is there for who says it in another language."""

    __slots__ = ("amount",)

    amount: Decimal

    def __new__(cls, amount: Decimal, /) -> Self:
        text = f"{amount:,.2f}".replace(",", "\u202f").replace(".", ",")
        made = super().__new__(cls, f"{text}\u00a0€")
        made.amount = amount
        return made

    def __getnewargs_ex__(self) -> tuple[tuple[Decimal], dict[str, Any]]:
        return (self.amount,), {}


def in_euros(amount: Decimal | str | int) -> Euros:
    """An amount in French: « 1 682,30 € » (with no-break spaces)."""
    return Euros(Decimal(amount))


class InvalidFacts(ValueError):
    """A fact is missing or malformed; `field` names it."""

    def __init__(self, field: str, why: str) -> None:
        super().__init__(f"Champ « {field} » : {why}")
        self.field = field


class NotEntitled(Exception):
    """The facts are sound and the text gives no such amount; `article` says which."""

    def __init__(self, reason: str, article: str) -> None:
        super().__init__(f"{reason.rstrip('.')} ({article}).")
        self.reason, self.article = reason, article


class NoValueYet(ValueError):
    """The day asked is before the first value known: nothing is extrapolated."""

    def __init__(self, name: str, on: date, first: date) -> None:
        super().__init__(
            f"Champ « on » : « {name} » n'a pas de valeur avant le {first:%d/%m/%Y} (demandé : {on:%d/%m/%Y})."
        )
        self.field = "on"


@dataclass(frozen=True, slots=True, kw_only=True)
class Value:
    """A value in force from a civil day, with the text that fixes it and how sure we are."""

    start: date
    value: Decimal
    reference: str
    confidence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Used:
    """A value that a computation rested on."""

    name: str
    value: Decimal
    start: date
    reference: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Amounts:
    """Named amounts in euros, and every value they rest on, in the order of first use."""

    values: Mapping[str, Decimal]
    used: tuple[Used, ...]


class Values:
    """The values in force on a day; it remembers which were read."""

    def __init__(self, tables: Mapping[str, tuple[Value, ...]], on: date) -> None:
        self._tables, self._on = tables, on
        self._used: dict[str, Used] = {}

    def knows(self, name: str) -> bool:
        """Whether there is such a parameter at all."""
        return name in self._tables

    def __getitem__(self, name: str) -> Decimal:
        """The value in force. Raises NoValueYet before the first one, KeyError for an unknown name."""
        table = self._tables[name]
        current = [value for value in table if value.start <= self._on]
        if not current:
            raise NoValueYet(name, self._on, min(value.start for value in table))
        value = max(current, key=lambda each: each.start)
        self._used[name] = Used(name=name, value=value.value, start=value.start, reference=value.reference)
        return value.value

    def used(self) -> tuple[Used, ...]:
        """What was read so far."""
        return tuple(self._used.values())


def cents(amount: Decimal) -> Decimal:
    """Rounded half up to the cent."""
    return amount.quantize(CENT, rounding=ROUND_HALF_UP)


def money(field: str, text: Any) -> Decimal:
    """A decimal string of euros, `900` or `900.00`; never a float, never negative. Raises InvalidFacts."""
    if not isinstance(text, str) or WRITTEN.match(text) is None:
        raise InvalidFacts(field, 'il faut un montant en euros, positif, entre guillemets, par exemple "900.00".')
    return Decimal(text)
