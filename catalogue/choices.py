"""Answers chosen among the words of a form: kept by their code, said by their title wherever they are printed."""

from collections.abc import Iterator, Mapping
from typing import Any, Self

from catalogue.schemas import CONDITIONS, LISTS, Schema, resolved

DESCRIBES = {"oneOf", "items", "properties", "$ref"}


class Choice(str):
    """A code as the form keeps it, which letters compare, and the words that they print."""

    __slots__ = ("words",)
    words: str

    def __new__(cls, code: str, words: str) -> Self:
        """The code `code`, said `words`."""
        made = super().__new__(cls, code)
        made.words = words
        return made


def chosen(schema: Schema, data: Any, root: Schema | None = None) -> Any:
    """`data` with each answer that is a choice of `schema` as a `Choice`; the rest as it is."""
    root = schema if root is None else root
    whole = resolved(schema, root)
    match data:
        case str():
            titles = (each.get("title") for each in whole.get("oneOf", ()) if each.get("const") == data)
            title = next(filter(None, titles), "")
            return Choice(data, title) if title else data
        case Mapping():
            described = _described(whole, root)
            return {name: chosen(described.get(name, {}), value, root) for name, value in data.items()}
        case list() | tuple():
            items = whole.get("items")
            return [chosen(items if isinstance(items, Mapping) else {}, value, root) for value in data]
        case _:
            return data


def _described(schema: Schema, root: Schema) -> dict[str, Schema]:
    """Each field, wherever the schema or one of its conditions describes it."""
    found: dict[str, Schema] = {}
    for part in _parts(schema, root):
        for name, each in part.get("properties", {}).items():
            if isinstance(each, Mapping) and DESCRIBES & each.keys():
                found.setdefault(name, each)
    return found


def _parts(schema: Schema, root: Schema) -> Iterator[Schema]:
    whole = resolved(schema, root)
    yield whole
    for keyword in CONDITIONS:
        inner = whole.get(keyword)
        for each in inner if keyword in LISTS and isinstance(inner, list) else (inner,):
            if isinstance(each, Mapping):
                yield from _parts(each, root)
