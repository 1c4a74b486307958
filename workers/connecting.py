"""Reaching Temporal, and waiting for it: nothing here gives up, and nothing hammers."""

import asyncio

import structlog
from temporalio.client import Client
from temporalio.service import RPCError

from storage.engine.settings import Settings
from workers.codec import sealing_converter

FIRST, CEILING = 0.5, 15.0
log = structlog.get_logger()


async def connected(settings: Settings) -> Client:
    """A client of our namespace, as soon as Temporal answers for it."""
    pause = FIRST
    while True:
        try:
            return await connect(settings)
        except (RPCError, RuntimeError) as error:
            log.warning("temporal_away", address=settings.temporal_address, error=type(error).__name__, again_in=pause)
            await asyncio.sleep(pause)
            pause = min(2 * pause, CEILING)


async def connect(settings: Settings) -> Client:
    """A client of our namespace now. Raises RPCError or RuntimeError when Temporal does not answer."""
    return await Client.connect(
        settings.temporal_address,
        namespace=settings.temporal_namespace,
        data_converter=sealing_converter(settings.master.fingerprint("payloads", "temporal")),
    )
