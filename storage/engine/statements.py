"""Rows written by the names of their columns, which `storage/tables` alone says."""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from sqlalchemy import Table

from storage.engine.pipeline import Statement


def insertion(into: Table, **values: Any) -> Statement:
    """Insert one row."""
    return _insert(into.name, tuple(values)), tuple(values.values())


def change(of: Table, where: Mapping[str, Any], **values: Any) -> Statement:
    """Change the rows that bear the values of `where`."""
    return _update(of.name, tuple(where), tuple(values)), (*values.values(), *where.values())


@lru_cache(maxsize=64)
def _insert(table: str, names: tuple[str, ...]) -> str:
    return f"INSERT INTO {table} ({', '.join(names)}) VALUES ({', '.join(['%s'] * len(names))})"  # noqa: S608 (names)


@lru_cache(maxsize=64)
def _update(table: str, where: tuple[str, ...], names: tuple[str, ...]) -> str:
    said = ", ".join(f"{name} = %s" for name in names)
    return f"UPDATE {table} SET {said} WHERE {' AND '.join(f'{name} = %s' for name in where)}"  # noqa: S608 (names)
