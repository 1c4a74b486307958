"""No part outlives whoever started it, however that one ends; and a part that dies comes back."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from parts.refusal import PartRefused
from parts.supervisor import Part, Supervisor, child_environment

SLEEPS = ("sh", "-c", "sleep 600 & sleep 600; true")
OWNER = """
import sys, time
from pathlib import Path
from parts.supervisor import Part, Supervisor, child_environment
supervisor = Supervisor(Path(sys.argv[1]))
supervisor.start(Part(name="sleeper", argv=("sh", "-c", "sleep 600 & sleep 600; true"), env=child_environment()))
print(supervisor.states()["sleeper"].pid, supervisor._keeper.pid, flush=True)
time.sleep(600)
"""


def part(name: str = "sleeper", *argv: str) -> Part:
    return Part(name=name, argv=argv or SLEEPS, env=child_environment(), patience=2.0)


def lives(pid: int) -> bool:
    """Whether a process runs; one that is dead and not yet collected does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def group(pid: int) -> list[int]:
    """The living processes of a process group."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            words = (folder / "stat").read_text().rpartition(")")[2].split()
        except (FileNotFoundError, ProcessLookupError):
            continue
        if int(words[2]) == pid and words[0] != "Z":
            found.append(int(folder.name))
    return found


def until(condition: Callable[[], bool], seconds: float = 15.0) -> bool:
    end = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > end:
            return False
        time.sleep(0.05)
    return True


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL, signal.SIGHUP])
def test_no_process_outlives_its_owner_whatever_kills_it(tmp_path: Path, number: signal.Signals) -> None:
    """Ctrl-C, a polite stop, a closed terminal or kill -9: the whole process group of the part is gone."""
    owner = subprocess.Popen([sys.executable, "-c", OWNER, str(tmp_path)], stdout=subprocess.PIPE, text=True)
    assert owner.stdout is not None
    pid, keeper = map(int, owner.stdout.readline().split())
    assert until(lambda: len(group(pid)) == 3)

    owner.send_signal(number)
    owner.wait(10)
    owner.stdout.close()

    assert until(lambda: not group(pid))
    assert until(lambda: not lives(keeper))


@pytest.mark.skipif(sys.platform != "linux", reason="the kernel's own signal at a parent's death is Linux's")
def test_a_part_dies_with_its_keeper_even_when_both_ends_are_killed(tmp_path: Path) -> None:
    """Kill -9 of the keeper: the kernel kills the part."""
    supervisor = Supervisor(tmp_path)
    supervisor.start(part("sleeper", "sleep", "600"))
    pid = supervisor.states()["sleeper"].pid

    os.kill(supervisor._keeper.pid, signal.SIGKILL)

    assert until(lambda: not lives(pid))
    with pytest.raises(PartRefused, match="gardien"):
        supervisor.states()
    supervisor.close()


def test_a_part_that_dies_is_started_again_and_counted(tmp_path: Path) -> None:
    """A kept part comes back as another process."""
    with Supervisor(tmp_path) as supervisor:
        supervisor.start(part())
        first = supervisor.states()["sleeper"].pid

        os.kill(first, signal.SIGKILL)

        assert until(lambda: supervisor.states()["sleeper"].restarts == 1)
        again = supervisor.states()["sleeper"]
        assert again.alive
        assert again.pid != first
        assert not group(first)


def test_a_part_killed_on_purpose_stays_down_until_told(tmp_path: Path) -> None:
    """Chaos tests kill and start again when they choose; another, killed after it, is already back."""
    with Supervisor(tmp_path) as supervisor:
        supervisor.start(part())
        supervisor.start(part("other"))
        supervisor.kill("sleeper")
        supervisor.kill("other", hold=False)
        assert until(lambda: supervisor.states()["other"].restarts == 1)
        assert not supervisor.states()["sleeper"].alive

        supervisor.again("sleeper")

        assert supervisor.states()["sleeper"].alive


def test_a_part_deaf_to_its_stop_signal_is_killed_after_its_patience(tmp_path: Path) -> None:
    """Stopping always ends."""
    with Supervisor(tmp_path) as supervisor:
        deaf = "trap '' TERM; echo > \"$0\"; while :; do sleep 1; done"
        supervisor.start(part("deaf", "sh", "-c", deaf, str(tmp_path / "listening")))
        pid = supervisor.states()["deaf"].pid
        assert until((tmp_path / "listening").exists)
        began = time.monotonic()

        supervisor.stop("deaf")

        assert 1.5 < time.monotonic() - began < 6.0
        assert not group(pid)


def test_those_who_use_the_others_are_stopped_first(tmp_path: Path) -> None:
    """The API and the worker leave before the database does."""
    said = tmp_path / "order"
    script = 'trap \'echo "$0" >> "$1"; exit 0\' TERM; echo > "$1.$0"; while :; do sleep 0.05; done'
    with Supervisor(tmp_path) as supervisor:
        for name, tier in (("low", 0), ("high", 2), ("middle", 1)):
            argv = ("sh", "-c", script, name, str(said))
            supervisor.start(Part(name=name, argv=argv, env=child_environment(), tier=tier))
            assert until((tmp_path / f"order.{name}").exists)

    assert said.read_text().split() == ["high", "middle", "low"]


def test_a_command_that_does_not_exist_is_refused_in_a_sentence(tmp_path: Path) -> None:
    """The keeper answers; it does not die."""
    with Supervisor(tmp_path) as supervisor:
        with pytest.raises(PartRefused, match="n'a pas pu être lancé"):
            supervisor.start(part("ghost", "/nonexistent/program"))
        assert supervisor.states() == {}


def test_two_owners_of_one_folder_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The second is told, once it has waited for the first to leave."""
    monkeypatch.setenv("GUICHET_KEEPER_PATIENCE", "0.2")
    with Supervisor(tmp_path), pytest.raises(PartRefused, match="tourne déjà"):
        Supervisor(tmp_path)
