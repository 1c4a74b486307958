"""The real parts started, killed, restarted and stopped on one machine."""

from __future__ import annotations

import json
import os
import shutil
import socket
import sqlite3
import stat
import sys
from contextlib import closing
from pathlib import Path
from urllib.request import urlopen

import psycopg
import pytest
from temporalio.client import Client

from parts import embedded
from parts.places import unprivileged_account
from parts.postgresql import forget_dead_postmaster
from parts.refusal import PartRefused
from tests.conftest import OwnParts
from tests.the_parts import throwaway_folder

LOOPBACK_IN_PROC = "0100007F" if sys.byteorder == "little" else "7F000001"
LISTENS = "0A"


def listening(pid: int) -> set[str]:
    """The addresses on which a process listens, as /proc/net/tcp writes them."""
    held = {str(link.readlink()) for link in Path(f"/proc/{pid}/fd").iterdir() if link.is_symlink()}
    found = set()
    for table in ("tcp", "tcp6"):
        for line in Path(f"/proc/{pid}/net/{table}").read_text().splitlines()[1:]:
            words = line.split()
            if words[3] == LISTENS and f"socket:[{words[9]}]" in held:
                found.add(words[1].partition(":")[0])
    return found


def keep_the_answer(url: str) -> None:
    """One row, committed."""
    with psycopg.connect(url) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 42 AS answer")


def kept_answer(url: str) -> tuple[int] | None:
    """The row of `keep_the_answer`."""
    with psycopg.connect(url) as connection:
        return connection.execute("SELECT answer FROM kept").fetchone()


def test_what_was_committed_survives_a_kill_of_the_database(own_parts: OwnParts) -> None:
    """Kill -9 of PostgreSQL, then a start at the same address."""
    running = own_parts("postgres")
    url = running.environment["DATABASE_URL"]
    keep_the_answer(url)

    running.kill("postgres")
    with pytest.raises(psycopg.OperationalError):
        kept_answer(url)
    running.start("postgres")

    assert kept_answer(url) == (42,)


def test_the_data_and_the_secrets_survive_a_restart_of_everything() -> None:
    """The same folder gives the same key, the same database, the same objects' password."""
    folder = throwaway_folder() / "data"
    first = embedded.start(folder)
    keep_the_answer(first.environment["DATABASE_URL"])
    first.stop()

    second = embedded.start(folder)

    try:
        assert kept_answer(second.environment["DATABASE_URL"]) == (42,)
        for secret in ("GUICHET_MASTER_KEY", "S3_SECRET_ACCESS_KEY"):
            assert second.environment[secret] == first.environment[secret]
        assert stat.S_IMODE((folder / "master.key").stat().st_mode) == 0o600
    finally:
        second.stop(quick=True)
        shutil.rmtree(folder.parent)


async def test_temporal_keeps_its_namespace_through_a_kill(own_parts: OwnParts) -> None:
    """Kill -9 of Temporal, then a start at the same address: clients are served again."""
    running = own_parts("temporal")
    running.kill("temporal")
    running.start("temporal")

    client = await Client.connect(running.environment["TEMPORAL_ADDRESS"], namespace="guichet")

    assert [execution async for execution in client.list_workflows()] == []


def test_temporal_started_again_waits_for_no_host_of_its_last_start() -> None:
    """Left in its list, they held the first workflow after a restart for the 40 s that they took not to answer."""
    folder = throwaway_folder() / "data"
    try:
        embedded.start(folder, want=["temporal"]).stop(quick=True)
        again = embedded.start(folder, want=["temporal"])
        try:
            services = json.loads((folder / "temporal" / "server.yaml").read_text())["services"]
            with closing(sqlite3.connect(folder / "temporal" / "temporal.db")) as database:
                hosts = {port for (port,) in database.execute("SELECT rpc_port FROM cluster_membership")}
        finally:
            again.stop(quick=True)
    finally:
        shutil.rmtree(folder.parent)
    assert hosts
    assert hosts <= {service["rpc"]["membershipPort"] for service in services.values()}


def test_the_object_store_comes_back_by_itself_after_a_kill(own_parts: OwnParts) -> None:
    """Nobody has to ask: what is held is started again."""
    running = own_parts("s3")

    running.kill("s3", hold=False)
    running.await_ready("s3")

    assert running.states()["s3"].restarts == 1
    with urlopen(running.environment["S3_ENDPOINT_URL"] + "/health", timeout=5) as answer:
        assert answer.status == 200


def test_a_taken_port_is_left_to_whoever_has_it(own_parts: OwnParts, monkeypatch: pytest.MonkeyPatch) -> None:
    """With the usual port taken, the store listens elsewhere."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        usual = taken.getsockname()[1]
        monkeypatch.setattr("parts.objectstore.USUAL_PORT", usual)

        running = own_parts("s3")

    assert not running.environment["S3_ENDPOINT_URL"].endswith(f":{usual}")


@pytest.mark.skipif(sys.platform != "linux", reason="reads the kernel's own tables")
def test_nothing_listens_beyond_the_loopback(own_parts: OwnParts) -> None:
    """A stranger on the network reaches no part."""
    running = own_parts()

    heard = {name: listening(state.pid) for name, state in running.states().items()}

    assert all(heard.values())
    assert {address for addresses in heard.values() for address in addresses} == {LOOPBACK_IN_PROC}


def test_a_pid_file_left_by_a_killed_server_does_not_stop_the_next(tmp_path: Path) -> None:
    """The number is borne by another program now: ours."""
    pid_file = tmp_path / "postmaster.pid"
    pid_file.write_text(f"{os.getpid()}\n{tmp_path}\n")

    forget_dead_postmaster(tmp_path)

    assert not pid_file.exists()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root has to change account")
def test_as_root_the_database_runs_under_an_ordinary_account_and_opens_nothing(own_parts: OwnParts) -> None:
    """Its folder is 0700 and belongs to the account; the data folder lets it through and no more."""
    running = own_parts("postgres")
    account = unprivileged_account()
    assert account is not None
    pid = running.states()["postgresql"].pid
    cluster = running.supervisor.data_dir / "postgresql"

    assert Path(f"/proc/{pid}").stat().st_uid == account.uid
    assert stat.S_IMODE(cluster.stat().st_mode) == 0o700
    assert stat.S_IMODE(running.supervisor.data_dir.stat().st_mode) == 0o711


@pytest.mark.skipif(os.geteuid() != 0, reason="only root has to change account")
def test_as_root_a_folder_closed_to_the_account_is_refused_with_what_to_do(tmp_path: Path) -> None:
    """No permission of the folders above is changed; the sentence names another place."""
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o700)

    with pytest.raises(PartRefused, match="--data-dir /var/lib/guichet"):
        embedded.start(closed / "data", want=("postgres",))

    assert stat.S_IMODE(closed.stat().st_mode) == 0o700
