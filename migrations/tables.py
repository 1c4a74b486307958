"""Every table of the code, for comparison with the database's."""

import importlib
import pkgutil

from sqlalchemy import MetaData

import storage.tables


def every_table() -> MetaData:
    """The metadata that gathers the tables of `storage/tables/`, all of its files loaded."""
    for module in pkgutil.iter_modules(storage.tables.__path__, "storage.tables."):
        importlib.import_module(module.name)
    return storage.tables.metadata
