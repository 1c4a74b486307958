"""The HTTP application as each serving process makes it."""

from __future__ import annotations

from fastapi import FastAPI

from storage.settings import settings
from web.app import create_app


def application() -> FastAPI:
    """The application of this process's environment."""
    return create_app(settings())
