"""The Temporal server on this machine: one process, everything in one SQLite file, on the loopback only."""

import asyncio
import json
import sqlite3
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import Any

from google.protobuf.duration_pb2 import Duration
from temporalio.api.workflowservice.v1 import DescribeNamespaceRequest, RegisterNamespaceRequest
from temporalio.client import Client
from temporalio.service import RPCError, RPCStatusCode

from parts.obtain import Progress, binary, quietly
from parts.ports import LOOPBACK, free_ports, usual_or_free
from parts.supervisor import Part, child_environment
from parts.versions import TEMPORAL

USUAL_PORT = 7233
NAMESPACE = "guichet"
RETENTION = timedelta(days=7)
_SERVICES = ("frontend", "history", "matching", "worker")


class Temporal:
    """The server whose state is `data_dir`/temporal/temporal.db. `time_skipping` is for tests alone."""

    name = "temporal"
    patience = 60.0

    def __init__(self, data_dir: Path, *, time_skipping: bool = False, on_progress: Progress = quietly) -> None:
        self.folder = data_dir / "temporal"
        self.time_skipping, self.on_progress = time_skipping, on_progress
        self.address = f"{LOOPBACK}:{USUAL_PORT}"

    def prepare(self) -> Part:
        """The process to start, its configuration written. Raises PartRefused."""
        program = binary(TEMPORAL, self.on_progress)
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        port = usual_or_free(USUAL_PORT)
        self.address = f"{LOOPBACK}:{port}"
        dynamic = self.folder / "dynamic.yaml"
        dynamic.write_text(json.dumps(dynamic_configuration(time_skipping=self.time_skipping), indent=1))
        static = self.folder / "server.yaml"
        database = self.folder / "temporal.db"
        forget_stopped_hosts(database)
        static.write_text(json.dumps(configuration(database, port, dynamic), indent=1))
        return Part(
            name=self.name,
            argv=(str(program), "--config-file", str(static), "--allow-no-auth", "start"),
            env=child_environment(),
            patience=3.0,  # its own workers keep polling a frontend already closed; what it stored is durable
            tier=1,
        )

    def is_ready(self) -> bool:
        """Whether the frontend answers for our namespace, registered at the first answer."""
        try:
            _apart(_register(self.address))
        except (RPCError, RuntimeError):
            return False
        return True

    def bootstrap(self) -> dict[str, str]:
        """The settings that reach it."""
        return {"TEMPORAL_ADDRESS": self.address, "TEMPORAL_NAMESPACE": NAMESPACE}


def forget_stopped_hosts(database: Path) -> None:
    """Take a stopped server's addresses out of its list of hosts: the next start would wait 40 s for them to answer.

    It is one process on ports of its own at each start, so that no host of the list can still be there.
    """
    if not database.exists():
        return
    with closing(sqlite3.connect(database)) as connection, connection:
        if connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'cluster_membership'").fetchone():
            connection.execute("DELETE FROM cluster_membership")


def configuration(database: Path, port: int, dynamic: Path) -> dict[str, Any]:
    """The server's static configuration (JSON is YAML): SQLite in WAL, one frontend port, loopback everywhere."""
    others = iter(free_ports(2 * len(_SERVICES)))
    grpc = {service: next(others) for service in _SERVICES} | {"frontend": port}
    services = {
        service: {"rpc": {"grpcPort": grpc[service], "membershipPort": next(others), "bindOnLocalHost": True}}
        for service in _SERVICES
    }
    return {
        "log": {"stdout": True, "level": "warn"},
        "persistence": {
            "defaultStore": "default",
            "visibilityStore": "visibility",
            "numHistoryShards": 4,
            "datastores": {name: {"sql": _sqlite(database)} for name in ("default", "visibility")},
        },
        "global": {"membership": {"maxJoinDuration": "30s", "broadcastAddress": LOOPBACK}},
        "services": services,
        "clusterMetadata": {
            "enableGlobalNamespace": False,
            "failoverVersionIncrement": 10,
            "masterClusterName": "active",
            "currentClusterName": "active",
            "clusterInformation": {
                "active": {
                    "enabled": True,
                    "initialFailoverVersion": 1,
                    "rpcName": "frontend",
                    "rpcAddress": f"{LOOPBACK}:{port}",
                }
            },
        },
        "dcRedirectionPolicy": {"policy": "noop"},
        "dynamicConfigClient": {"filepath": str(dynamic), "pollInterval": "10s"},
    }


def dynamic_configuration(*, time_skipping: bool) -> dict[str, Any]:
    """The server's dynamic configuration: what a namespace learns is read at once; time is skipped in tests only."""
    values: dict[str, object] = {"system.forceSearchAttributesCacheRefreshOnRead": True}
    if time_skipping:
        values["frontend.WorkflowTimeSkippingEnabled"] = True
        values["limit.historyCount.suggestContinueAsNew"] = 400  # a long life, seen in seconds
        # Queues of a test live seconds: not in four parts that ask one another for work. Never where data stay, what
        # waits in a part that is read no more would wait for ever.
        values |= {f"matching.numTaskqueue{way}Partitions": 1 for way in ("Read", "Write")}
    return {name: [{"value": value}] for name, value in values.items()}


def _sqlite(database: Path) -> dict[str, Any]:
    return {
        "pluginName": "sqlite",
        "databaseName": str(database),
        "connectAddr": "localhost",
        "connectProtocol": "tcp",
        "connectAttributes": {
            "mode": "rwc",
            "cache": "private",
            "setup": "true",
            "journal_mode": "wal",
            "synchronous": "1",
        },
        "maxConns": 1,
        "maxIdleConns": 1,
        "maxConnLifetime": "1h",
    }


async def _register(address: str) -> None:
    client = await Client.connect(address, namespace=NAMESPACE)
    service = client.workflow_service
    retention = Duration()
    retention.FromTimedelta(RETENTION)
    try:
        await service.register_namespace(
            RegisterNamespaceRequest(namespace=NAMESPACE, workflow_execution_retention_period=retention)
        )
    except RPCError as error:
        if error.status is not RPCStatusCode.ALREADY_EXISTS:
            raise
    await service.describe_namespace(DescribeNamespaceRequest(namespace=NAMESPACE))


def _apart(work: Coroutine[Any, Any, None]) -> None:
    """Run a coroutine to its end from synchronous code, even inside a running event loop."""
    with ThreadPoolExecutor(max_workers=1) as pool:
        pool.submit(asyncio.run, work).result()
