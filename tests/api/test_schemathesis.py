"""Schemathesis, on every operation of the document: what is answered is announced, in form as in status.

`make test-long` calls each operation fifty times, as somebody who may; `make test` a few of them, a few times, so that
this file keeps working.
"""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine, Iterator
from contextlib import AsyncExitStack, contextmanager
from dataclasses import dataclass, field
from threading import Thread
from typing import Any, TypeVar

import pytest
import schemathesis
import uvicorn
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis import checks
from sqlalchemy import text

from parts.ports import free_ports
from storage.engine.settings import Settings
from tests.api.conftest import opened_counter
from tests.api.counter import OWNER, Counter, SignedIn
from tests.api.http.test_routes import DOCUMENT
from tests.api.test_fuzz import somebody
from tests.long import LONG

checks.load_all_checks()
SCHEMA = schemathesis.openapi.from_dict(DOCUMENT)
EVERY = sorted(f"{method.upper()} {path}" for path, item in DOCUMENT["paths"].items() for method in item)
LABELS = EVERY if LONG else EVERY[::30]
EXAMPLES = 50 if LONG else 4
CHECKS = (
    "not_a_server_error", "status_code_conformance", "content_type_conformance", "response_schema_conformance",
)  # fmt: skip
ENDS_THE_SESSION = ("/session", "/sessions")
T = TypeVar("T")


@dataclass(slots=True)
class Served:
    """The API behind a real socket, in a thread of its own: Schemathesis waits for each answer in ours."""

    loop: asyncio.AbstractEventLoop
    address: str = ""
    counter: Counter | None = None
    people: dict[str, SignedIn] = field(default_factory=dict)

    def wait(self, work: Coroutine[Any, Any, T]) -> T:
        """What the API's own thread makes of it."""
        return asyncio.run_coroutine_threadsafe(work, self.loop).result(60)

    def bearer(self, path: str) -> dict[str, str]:
        """The headers of somebody of the space of this path; a session that a call may end serves once."""
        assert self.counter is not None
        space = path.split("/")[2] if path.startswith("/v1/") else "public"
        if space not in self.people or path.endswith(ENDS_THE_SESSION):
            self.people[space] = self.wait(somebody(self.counter, space))
        return {"Authorization": f"Bearer {self.people[space].token}"}

    async def forget_limits(self) -> None:
        """Each operation begins with every limit empty."""
        assert self.counter is not None
        async with self.counter.owner.transaction(OWNER) as connection:
            await connection.execute(text("DELETE FROM rate_limit"))


@contextmanager
def looping() -> Iterator[asyncio.AbstractEventLoop]:
    """An event loop that runs in a thread."""
    loop = asyncio.new_event_loop()
    thread = Thread(target=loop.run_forever, daemon=True)
    thread.start()
    try:
        yield loop
    finally:
        loop.call_soon_threadsafe(loop.stop)
        thread.join(10)
        loop.close()


@pytest.fixture(scope="module")
def served(settings: Settings) -> Iterator[Served]:
    """The application, served for this module."""
    with looping() as loop:
        here, stack = Served(loop), AsyncExitStack()

        async def begin() -> None:
            here.counter = await stack.enter_async_context(opened_counter(settings))
            port = free_ports(1)[0]
            config = uvicorn.Config(here.counter.app, port=port, lifespan="off", log_level="error", access_log=False)
            server = uvicorn.Server(config)
            serving = asyncio.create_task(server.serve())

            async def end() -> None:
                server.should_exit = True
                await serving

            stack.push_async_callback(end)
            while not server.started:
                await asyncio.sleep(0.01)
            here.address = f"http://127.0.0.1:{port}"

        here.wait(begin())
        yield here
        here.wait(stack.aclose())


@pytest.mark.parametrize("label", LABELS)
def test_what_is_answered_is_announced(served: Served, label: str) -> None:
    operation = SCHEMA.find_operation_by_label(label)
    assert operation is not None
    served.wait(served.forget_limits())
    headers = served.bearer(operation.path)

    @given(case=operation.as_strategy())
    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        database=None,
        phases=[Phase.explicit, Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    def answered(case: Any) -> None:
        answer = case.call(base_url=served.address, headers=headers, timeout=20)
        case.validate_response(answer, checks=checks.CHECKS.get_by_names(CHECKS))

    answered()
