"""The parts that every test shares really are PostgreSQL, Temporal and an S3."""

from __future__ import annotations

from urllib.request import urlopen

import psycopg
from temporalio.client import Client

from storage.engine.settings import Settings


def test_the_database_of_a_worker_is_its_own_and_is_postgresql_18(settings: Settings) -> None:
    """Its owner connects to it, and it bears the worker's name."""
    with psycopg.connect(settings.url_of("owner")) as connection:
        row = connection.execute("SELECT current_database(), current_setting('server_version_num')::int").fetchone()

    assert row is not None
    assert row[0].startswith("guichet_")
    assert row[1] >= 180000


def test_the_owner_of_the_database_is_no_superuser(settings: Settings) -> None:
    """Row-level security is worth nothing under a superuser."""
    with psycopg.connect(settings.url_of("owner")) as connection:
        row = connection.execute("SELECT rolsuper FROM pg_roles WHERE rolname = current_user").fetchone()

    assert row == (False,)


async def test_temporal_answers_in_its_namespace(temporal: Client) -> None:
    """The frontend serves the namespace that the parts registered."""
    assert await temporal.service_client.check_health()
    assert [execution async for execution in temporal.list_workflows("WorkflowId = 'none/of-this-name'")] == []


def test_the_object_store_answers(parts: dict[str, str]) -> None:
    """What holds the documents is there."""
    with urlopen(parts["S3_ENDPOINT_URL"] + "/health", timeout=5) as answer:
        assert answer.status == 200
