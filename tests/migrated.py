"""Bringing a test's database to the current schema, by the product's own migrations."""

from __future__ import annotations

import importlib
import importlib.util

from storage.settings import Settings


def migrate(settings: Settings) -> None:
    """Run the migrations, once the repository has them."""
    if importlib.util.find_spec("migrations.upgrade") is not None:
        importlib.import_module("migrations.upgrade").upgrade(settings)
