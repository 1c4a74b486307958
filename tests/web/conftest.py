"""Pages in process (`site`), and in a real Chromium before a real server (`browser`, `served`)."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
import uvicorn
from playwright.async_api import Browser, async_playwright

from cli.serving import listening as listening_socket
from storage.engine.settings import Settings
from tests.api.conftest import lent, opened_counter
from tests.web import world
from tests.web.chromium import executable
from tests.web.visitors import Site
from tests.web.world import World
from web.app import create_app


@asynccontextmanager
async def opened_site(settings: Settings) -> AsyncIterator[Site]:
    """The pages and the API over these settings, started and stopped."""
    async with opened_counter(settings, create_app) as counter:
        yield Site(counter)


@pytest.fixture(scope="session")
async def shared_site(settings: Settings) -> AsyncIterator[Site]:
    """The pages, started once for this worker."""
    async with opened_site(settings) as opened:
        yield opened


@pytest.fixture
async def site(shared_site: Site) -> AsyncIterator[Site]:
    """The pages."""
    async with lent(shared_site.counter) as ours:
        yield Site(ours)


@asynccontextmanager
async def serving(site: Site) -> AsyncIterator[str]:
    """The address of a real server that serves these pages."""
    listening = listening_socket("127.0.0.1", 0)
    config = uvicorn.Config(site.counter.app, lifespan="off", log_level="warning", access_log=False)
    server = uvicorn.Server(config)
    task = asyncio.create_task(server.serve(sockets=[listening]))
    while not server.started:
        await asyncio.sleep(0.01)
    try:
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    finally:
        server.should_exit = True
        await task
        listening.close()


@pytest.fixture
async def served(site: Site) -> AsyncIterator[str]:
    """The address of a real server that serves these same pages."""
    async with serving(site) as address:
        yield address


@pytest.fixture(scope="session")
async def known(shared_site: Site) -> World:
    """A world to walk through, made once for this worker: who walks leaves it as it was."""
    return await world.made(shared_site)


@pytest.fixture(scope="session")
async def chromium() -> AsyncIterator[Browser]:
    """Debian's Chromium, started once for this worker."""
    async with async_playwright() as playwright:
        opened = await playwright.chromium.launch(
            executable_path=executable(), args=["--no-sandbox", "--disable-dev-shm-usage"]
        )
        yield opened
        await opened.close()


@pytest.fixture
async def browser(chromium: Browser) -> AsyncIterator[Browser]:
    """The browser, without a window: those that a test opens are closed after it."""
    yield chromium
    for context in chromium.contexts:
        await context.close()
