"""Days and totals that nobody means: born tomorrow, over before it begun, a total that is not one.

JSON Schema has no word for it; a form says it in `x-…` on the field, and it is judged on the day of the writing.
`x-past` (true, or how many years at most), `x-near` (how many years before, how many after), `x-after` (the neighbour
that it may not come before), `x-confirm` (between how many years nothing is odd), `x-total` (the amounts it adds up).
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from catalogue.computations import found, total
from catalogue.formats.days import DAYS, first_day, is_birth, last_day
from catalogue.formats.money import is_money
from catalogue.schemas import Schema, data_path, fields
from domain.amounts import in_euros
from domain.calendar import add_months
from domain.sentence import N_, Sentence

MONTHS = 12
TO_COME = N_("Cette date est à venir : écrivez un jour passé, ou celui d'aujourd'hui.")
TOO_OLD = N_("Cette date est trop ancienne : elle a plus de {years} ans. Vérifiez l'année.")
TOO_FAR = N_("Cette date est trop lointaine : {years} ans après aujourd'hui au plus. Vérifiez l'année.")
BEFORE = N_("Cette date vient avant « {title} » : elle doit suivre, ou être le même jour.")
UNLIKELY = N_("Cette date est inhabituelle : vérifiez le jour, le mois et l'année, puis confirmez-la.")
NO_TOTAL = N_("Ce total ne correspond pas : l'addition donne {total}.")
Told = tuple[str, str, str]
"""A pointer, a stable code, a French sentence."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """What a field says in `x-…`; `path` leads to it in the answers, `*` standing for each block."""

    path: tuple[str, ...]
    field: Schema
    neighbour: str


def rules(schema: Schema) -> tuple[Rule, ...]:
    """The rules of a form, in its order."""
    every = {data_path(place): field for place, field, _ in fields(schema)}
    return tuple(
        Rule(path=path, field=field, neighbour=_title(every, path, field.get("x-after")))
        for path, field in every.items()
        if field.get("format") in DAYS or "x-total" in field
    )


def absurd(every: tuple[Rule, ...], data: Any, on: date) -> Iterator[Told]:
    """What cannot be, on the day `on` of the writing."""
    for rule in every:
        for pointer, holder in _holders(data, rule.path):
            value = holder.get(rule.path[-1])
            if "x-total" in rule.field:
                yield from _added(rule.field, pointer, value, data)
            elif isinstance(value, str) and is_birth(value):
                yield from _judged(rule, pointer, value, holder, on)


def unlikely(every: tuple[Rule, ...], data: Any, on: date) -> Iterator[Told]:
    """What can be and seldom is: whoever writes it is asked once more."""
    for rule in every:
        match rule.field.get("x-confirm"):
            case [int(least), int(most)]:
                for pointer, holder in _holders(data, rule.path):
                    value = holder.get(rule.path[-1])
                    if isinstance(value, str) and is_birth(value) and not _within(value, least, most, on):
                        yield pointer, "unlikely", Sentence(UNLIKELY)
            case _:
                pass


def _judged(rule: Rule, pointer: str, value: str, holder: Mapping[str, Any], on: date) -> Iterator[Told]:
    field = rule.field
    past, after = field.get("x-past"), holder.get(str(field.get("x-after")))
    oldest, furthest = _bounds(field)
    if past and first_day(value) > on:
        yield pointer, "to_come", Sentence(TO_COME)
    elif type(oldest) is int and last_day(value) < _years(on, -oldest):
        yield pointer, "too_old", Sentence(TOO_OLD, years=oldest)
    elif type(furthest) is int and first_day(value) > _years(on, furthest):
        yield pointer, "too_far", Sentence(TOO_FAR, years=furthest)
    elif isinstance(after, str) and is_birth(after) and last_day(value) < first_day(after):
        yield pointer, "before", Sentence(BEFORE, title=rule.neighbour)


def _bounds(field: Schema) -> tuple[Any, Any]:
    """How many years before and after the day of the writing; None where nothing is said, or said wrongly."""
    match field.get("x-near"):
        case [int(before), int(after)]:
            return before, after
        case _:
            return field.get("x-past"), None


def _within(value: str, least: int, most: int, on: date) -> bool:
    """Whether a day is from `least` to `most` years away, on either side."""
    first, last = first_day(value), last_day(value)
    near = first <= _years(on, -least) if first <= on else last >= _years(on, least)
    return near and _years(on, -most - 1) < last and first < _years(on, most + 1)


def _years(on: date, count: int) -> date:
    return add_months(on, MONTHS * count)


def _added(field: Schema, pointer: str, value: Any, data: Any) -> Iterator[Told]:
    sum_of = total([each for of in field["x-total"] for each in found(data, of)])
    if isinstance(value, str) and is_money(value) and isinstance(sum_of, str) and total([value]) != sum_of:
        yield pointer, "total", Sentence(NO_TOTAL, total=in_euros(sum_of))


def _holders(data: Any, path: tuple[str, ...], pointer: str = "") -> Iterator[tuple[str, Mapping[str, Any]]]:
    """The groups that hold the field at a path, with the pointer of the field in each."""
    name, *rest = path
    if not rest and isinstance(data, Mapping):
        yield f"{pointer}/{name}", data
    elif name == "*" and isinstance(data, list):
        for index, each in enumerate(data):
            yield from _holders(each, tuple(rest), f"{pointer}/{index}")
    elif isinstance(data, Mapping) and name in data:
        yield from _holders(data[name], tuple(rest), f"{pointer}/{name}")


def _title(every: Mapping[tuple[str, ...], Schema], path: tuple[str, ...], neighbour: object) -> str:
    return str(every.get((*path[:-1], str(neighbour)), {}).get("title", neighbour))
