"""The HTTP application as uvicorn makes it in each of its processes."""

from __future__ import annotations

from fastapi import FastAPI

from api.app import create_app
from storage.settings import settings


def application() -> FastAPI:
    """The application of this process's environment."""
    return create_app(settings())
