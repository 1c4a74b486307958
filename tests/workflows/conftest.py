"""A worker of the real workflows on the real server, whose activities are a book that the test writes."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from uuid import uuid4

import pytest
from temporalio.client import Client
from temporalio.worker import Worker

from tests.workflows.book import Book
from workers.codec import sealing_converter
from workers.runner import sandboxed
from workflows.every import WORKFLOWS
from workflows.queues import QUEUES

SECRET = bytes(range(32))


@pytest.fixture
async def client(parts: dict[str, str]) -> Client:
    """A client of the shared server, with the sealing converter."""
    address, namespace = parts["TEMPORAL_ADDRESS"], parts["TEMPORAL_NAMESPACE"]
    return await Client.connect(address, namespace=namespace, data_converter=sealing_converter(SECRET))


@pytest.fixture
async def book(client: Client) -> AsyncIterator[Book]:
    """A book being read by a worker of its own queues."""
    book = Book(client, f"{uuid4()}-")
    async with AsyncExitStack() as stack:
        for queue in QUEUES:
            worker = Worker(
                client,
                task_queue=book.prefix + queue,
                workflows=list(WORKFLOWS.get(queue, ())),
                activities=book.activities(),
                workflow_runner=sandboxed(),
                max_cached_workflows=int(os.environ.get("GUICHET_CACHED_WORKFLOWS", "100")),
            )
            await stack.enter_async_context(worker)
        yield book
