"""The relay: each second, and as soon as PostgreSQL says so, leased outbox rows become signals."""

import asyncio
from collections.abc import Sequence

import psycopg
import structlog
from sqlalchemy.exc import SQLAlchemyError
from temporalio.service import RPCError

from storage.engine.database import WORKING, Database
from storage.lists.lateness import procedures_of
from storage.register import outbox
from storage.register.outbox import Leased
from workers.measures import RELAY_FAILURES, RELAYED
from workers.signals import Move, Signals, UnknownMove

EACH_SECOND = 1.0
AT_ONCE = 200
IN_FLIGHT = 32
log = structlog.get_logger()


class Relay:
    """Runs until cancelled, whatever becomes of PostgreSQL or Temporal."""

    def __init__(self, database: Database, signals: Signals) -> None:
        self._database = database
        self._signals = signals
        self._woken = asyncio.Event()
        self._lane = asyncio.Semaphore(IN_FLIGHT)

    async def run(self) -> None:
        """Listen, and relay."""
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(self._listen())
            tasks.create_task(self._poll())

    async def _poll(self) -> None:
        while True:
            self._woken.clear()
            try:
                while await self.pass_on() == AT_ONCE:
                    continue
            except (SQLAlchemyError, OSError) as error:
                log.warning("relay_without_database", error=type(error).__name__)
                await asyncio.sleep(EACH_SECOND)
            await self._rest()

    async def _rest(self) -> None:
        # Not `wait_for`: on Python 3.11 it may lose a cancellation that comes with the signal, and we never end.
        try:
            async with asyncio.timeout(EACH_SECOND):
                await self._woken.wait()
        except TimeoutError:
            return

    async def pass_on(self) -> int:
        """Relay what is waiting, at most AT_ONCE rows; how many were told."""
        async with self._database.transaction(WORKING) as connection:
            leased = await outbox.claim(connection, AT_ONCE)
            unnamed = [row.subject for row in leased if row.kind == "dossier" and "procedure" not in row.payload]
            named = await procedures_of(connection, unnamed)
        if not leased:
            return 0
        # Rows of one workflow say the same thing: one signal speaks for all of them.
        together: dict[Move, list[int]] = {}
        for row in leased:
            together.setdefault(_move(row, named), []).append(row.id)
        told = await asyncio.gather(*(self._tell(move, len(ids)) for move, ids in together.items()))
        sent = [id for ids, done in zip(together.values(), told, strict=True) if done for id in ids]
        await self._write_down(sent, leased)
        return len(sent)

    async def _tell(self, move: Move, rows: int) -> bool:
        async with self._lane:
            try:
                await self._signals.tell(move)
            except (RPCError, RuntimeError, UnknownMove) as error:  # RuntimeError: a client not connected yet
                RELAY_FAILURES.labels(kind=move.kind).inc()
                log.warning("not_relayed", kind=move.kind, error=type(error).__name__)
                return False
        RELAYED.labels(kind=move.kind).inc(rows)
        return True

    async def _write_down(self, sent: Sequence[int], leased: Sequence[Leased]) -> None:
        """What was not told comes back when its lease ends, or at once if Temporal is the only one missing."""
        async with self._database.transaction(WORKING) as connection:
            await outbox.mark_sent(connection, sent)
            if not sent:
                await outbox.release(connection, [row.id for row in leased])

    async def _listen(self) -> None:
        while True:
            try:
                async with outbox.listening(self._database) as connection:
                    async for _ in connection.notifies():
                        self._woken.set()
            except (psycopg.Error, OSError) as error:
                log.warning("relay_not_listening", error=type(error).__name__)
            await asyncio.sleep(EACH_SECOND)


def _move(row: Leased, named: dict[str, str]) -> Move:
    return Move(row.kind, row.subject, str(row.payload.get("procedure") or named.get(row.subject) or "") or None)
