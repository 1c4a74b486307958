"""The relay: leased rows become signals, each told once Temporal took it; what it does not understand blocks nobody."""

from __future__ import annotations

from temporalio.client import Client

from storage.engine.database import WORKING
from storage.register import outbox
from tests.workers.office import Office
from workers.relay import Relay
from workers.signals import Signals


def relay(office: Office, client: Client | None = None) -> Relay:
    """A relay to turn by hand."""
    return Relay(office.world.database, Signals(client or office.client, office.world.settings.task_queue_prefix))


async def unsent(office: Office) -> int:
    """Rows not told yet."""
    return len(await office.rows("SELECT 1 FROM outbox WHERE sent_at IS NULL"))


async def test_a_row_that_nobody_understands_blocks_no_other(office: Office) -> None:
    async with office.owner.transaction(WORKING) as connection:
        await outbox.add(connection, "de demain", "1")
    await office.file("acces-documents")
    assert await relay(office).pass_on() == 1
    assert await unsent(office) == 1


async def test_many_moves_of_one_dossier_are_one_signal(office: Office) -> None:
    dossier = await office.file("acces-documents")
    async with office.owner.transaction(WORKING) as connection:
        for _ in range(9):
            await outbox.add(connection, "dossier", str(dossier))
    assert await relay(office).pass_on() == 10
    assert await unsent(office) == 0
    history = await office.workflow(dossier).fetch_history()
    signalled = [e for e in history.events if e.HasField("workflow_execution_signaled_event_attributes")]
    assert len(signalled) == 1


async def test_with_temporal_away_rows_stay_and_are_told_later(office: Office) -> None:
    await office.file("acces-documents")
    away = await Client.connect("127.0.0.1:9", namespace="guichet", lazy=True)
    assert await relay(office, away).pass_on() == 0
    assert await unsent(office) == 1
    assert await relay(office).pass_on() == 1
    assert await unsent(office) == 0


async def test_a_relay_that_died_with_its_lease_is_replaced_when_the_lease_ends(office: Office) -> None:
    await office.file("acces-documents")
    async with office.owner.transaction(WORKING) as connection:
        assert len(await outbox.claim(connection)) == 1
    assert await relay(office).pass_on() == 0
    async with office.owner.transaction(WORKING) as connection:
        await connection.exec_driver_sql("UPDATE outbox SET claimed_until = clock_timestamp() - interval '1 second'")
    assert await relay(office).pass_on() == 1
