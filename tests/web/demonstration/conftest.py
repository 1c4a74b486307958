"""The pages of a demonstration."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from storage.engine.settings import Settings
from tests.web.conftest import opened_site
from tests.web.visitors import Site


@pytest.fixture
async def demonstration(own_settings: Settings) -> AsyncIterator[Site]:
    """On a database whose clock may be moved."""
    async with opened_site(own_settings.model_copy(update={"mode": "demonstration"})) as opened:
        yield opened
