"""What the worker counts is served on the loopback, when a port is given."""

from __future__ import annotations

import asyncio
import urllib.request

from parts.ports import free_ports
from storage.engine.settings import Settings
from tests.workers.processes import process


async def test_a_worker_with_a_metrics_port_serves_each_reconcilers_measure(own_settings: Settings) -> None:
    (port,) = free_ports(1)
    with process(own_settings.model_copy(update={"metrics_port": port})):
        text = await asyncio.wait_for(_read(f"http://127.0.0.1:{port}/metrics"), 30)
    for measure in ("guichet_outbox_oldest_seconds", "guichet_incidents_total", "guichet_late", "guichet_reconciled"):
        assert f"# HELP {measure}" in text


async def _read(url: str) -> str:
    while True:
        try:
            return await asyncio.to_thread(_got, url)
        except OSError:
            await asyncio.sleep(0.2)


def _got(url: str) -> str:
    with urllib.request.urlopen(url, timeout=5) as answer:
        text: str = answer.read().decode()
        return text
