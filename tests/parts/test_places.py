"""Where things are kept, under which secrets, on which ports."""

from __future__ import annotations

import os
import socket
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from parts.keyring import kept_secret, master_key
from parts.places import cache_dir, default_data_dir, unprivileged_account
from parts.ports import free_ports, usual_or_free
from parts.refusal import PartRefused


def test_the_cache_is_where_the_user_says_and_else_in_the_usual_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    """`GUICHET_CACHE`, then `XDG_CACHE_HOME`, then the home folder."""
    monkeypatch.setenv("HOME", "/somebody")
    monkeypatch.delenv("XDG_CACHE_HOME", raising=False)
    monkeypatch.delenv("GUICHET_CACHE", raising=False)
    assert cache_dir() == Path("/somebody/.cache/guichet")

    monkeypatch.setenv("XDG_CACHE_HOME", "/caches")
    assert cache_dir() == Path("/caches/guichet")

    monkeypatch.setenv("GUICHET_CACHE", "/elsewhere")
    assert cache_dir() == Path("/elsewhere")


def test_the_data_are_beside_the_clone_unless_said_otherwise(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """`.guichet` here, or under /var/lib/guichet when PostgreSQL's account may not come here."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("GUICHET_DATA_DIR", raising=False)
    account = unprivileged_account()
    beside = account is None or account.reaches(tmp_path)

    assert default_data_dir().parent == (tmp_path if beside else Path("/var/lib/guichet"))

    monkeypatch.setenv("GUICHET_DATA_DIR", "/srv/data")
    assert default_data_dir() == Path("/srv/data")


@pytest.mark.skipif(os.geteuid() != 0, reason="only root has to change account")
def test_an_account_that_does_not_exist_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """The sentence says which, and how to go on."""
    monkeypatch.setenv("GUICHET_ACCOUNT", "nobody-of-that-name")

    with pytest.raises(PartRefused, match="nobody-of-that-name"):
        unprivileged_account()


def test_a_secret_is_drawn_once_and_read_by_its_owner_only(tmp_path: Path) -> None:
    """32 bytes in base64, 0600."""
    first = kept_secret(tmp_path / "a.key")

    assert kept_secret(tmp_path / "a.key") == first
    assert kept_secret(tmp_path / "b.key") != first
    assert stat.S_IMODE((tmp_path / "a.key").stat().st_mode) == 0o600
    assert sorted(file.name for file in tmp_path.iterdir()) == ["a.key", "b.key"]


def test_a_given_master_key_is_used_and_not_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the environment says stays in the environment."""
    monkeypatch.setenv("GUICHET_MASTER_KEY", "given")

    assert master_key(tmp_path) == "given"
    assert not list(tmp_path.iterdir())


def test_ports_are_distinct_and_a_taken_one_is_avoided() -> None:
    """The usual port is taken only when it is free."""
    ports = free_ports(8)
    assert len(set(ports)) == 8
    assert usual_or_free(ports[0]) == ports[0]

    with socket.socket() as taken:
        taken.bind(("127.0.0.1", ports[0]))
        taken.listen()
        assert usual_or_free(ports[0]) != ports[0]


def test_two_processes_that_choose_together_do_not_choose_the_same_port() -> None:
    """A port is reserved from its choice on, before anything listens there."""
    (port,) = free_ports(1)
    other = f"from parts.ports import reserve, usual_or_free; print(reserve({port}), usual_or_free({port}) != {port})"

    said = subprocess.run([sys.executable, "-c", other], capture_output=True, text=True, check=True).stdout

    assert said.split() == ["False", "True"]
