"""What a form computes by itself: pure, from the answers of the form alone, never from today.

`"x-computed": {"sum": ["/ressources/pension", "/ressources/loyers/*/montant"]}` on a field of the form; `*` stands for
every block of a repeated one. What needs a legal value or the day of an act belongs to `rules.py`.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from catalogue.formats.days import is_date
from catalogue.formats.money import is_money

CENT = Decimal("0.01")


def total(values: Sequence[Any]) -> str | int | None:
    """The sum of amounts (decimal texts, two decimals) or of whole numbers; None when there is nothing to add."""
    if values and all(isinstance(each, str) and is_money(each) for each in values):
        return str(sum((Decimal(each) for each in values), Decimal(0)).quantize(CENT))
    numbers = [each for each in values if isinstance(each, int) and not isinstance(each, bool)]
    return sum(numbers) if numbers and len(numbers) == len(values) else None


def count(values: Sequence[Any]) -> int:
    """How many answers, or how many blocks, there are."""
    return len(values)


def age(values: Sequence[Any]) -> int | None:
    """The full years between two days, birth first; a birthday of 29 February is 1 March in a common year."""
    match values:
        case [str(born), str(on)] if is_date(born) and is_date(on):
            first, last = date.fromisoformat(born), date.fromisoformat(on)
            years = last.year - first.year - ((last.month, last.day) < (first.month, first.day))
            return years if years >= 0 else None
        case _:
            return None


COMPUTATIONS: Mapping[str, Callable[[Sequence[Any]], Any]] = {"sum": total, "count": count, "age": age}


@dataclass(frozen=True, slots=True, kw_only=True)
class Computed:
    """A computed field: its pointer, the name of its computation, the pointers of what it is computed from."""

    pointer: str
    computation: str
    of: tuple[str, ...]

    @property
    def page(self) -> str:
        """The page it stands on."""
        return self.pointer.split("/")[1]

    def value(self, form: Any) -> Any:
        """What it is for these answers; None when there is nothing to compute."""
        return COMPUTATIONS[self.computation]([each for pointer in self.of for each in found(form, pointer)])


def found(value: Any, pointer: str) -> Iterator[Any]:
    """The values at a pointer, `*` standing for each element of a list."""
    name, _, rest = pointer.removeprefix("/").partition("/")
    if name == "*" and isinstance(value, list):
        for each in value:
            yield from found(each, rest) if rest else (each,)
    elif isinstance(value, Mapping) and name in value:
        yield from found(value[name], rest) if rest else (value[name],)
