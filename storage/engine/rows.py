"""A row read as one of our values: its columns bear the names of the value's fields."""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING, Any, TypeVar

from sqlalchemy import RowMapping

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

    T = TypeVar("T", bound=DataclassInstance)


def of_row(kind: type[T], row: RowMapping, **otherwise: Any) -> T:
    """The value that the row is; `otherwise` gives the fields that it does not bear, or not as they are."""
    borne = {each.name: row[each.name] for each in fields(kind) if each.name not in otherwise}
    return kind(**borne, **otherwise)
