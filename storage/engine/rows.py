"""A row read as one of our values: its columns bear the names of the value's fields."""

from dataclasses import fields
from typing import Any, TypeVar

from sqlalchemy import RowMapping

T = TypeVar("T")


def of_row(kind: type[T], row: RowMapping, **otherwise: Any) -> T:
    """The dataclass that the row is; `otherwise` gives the fields that it does not bear, or not as they are."""
    names = (each.name for each in fields(kind))  # type: ignore[arg-type] # every `kind` is a dataclass
    return kind(**{name: row[name] for name in names if name not in otherwise}, **otherwise)
