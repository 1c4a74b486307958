"""Hostile code that has taken the examiner over reaches nothing: it is run there, for real, and says what it got."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from storage.documents import sandbox
from storage.documents.checks.calls import filter_of
from storage.documents.checks.walls import CALLS, EVERY, FILES, NETWORK, UID, lacking
from storage.documents.sandbox import standing_walls

HOSTILE = r"""
import ctypes, json, mmap, os, signal, socket, subprocess, sys
from storage.documents.checks.confined import confine

boss, port, secret, folder = int(sys.argv[2]), int(sys.argv[3]), sys.argv[4], sys.argv[5]
line = socket.socket(fileno=int(sys.argv[1]))
libc = ctypes.CDLL(None, use_errno=True)
said = {"walls": confine()}

def call(number, *given):
    if libc.syscall(number, *given) < 0:
        raise OSError(ctypes.get_errno(), "refused")

def connect():
    with socket.socket() as other:
        other.settimeout(5)
        other.connect(("127.0.0.1", port))

def run():
    child = os.fork()
    if child == 0:
        os._exit(0)
    os.waitpid(child, 0)

ATTEMPTS = {
    "reads its master's environment": lambda: open(f"/proc/{boss}/environ", "rb").read(),
    "reads its master's memory": lambda: open(f"/proc/{boss}/mem", "rb").read(1),
    "lists its master's descriptors": lambda: os.listdir(f"/proc/{boss}/fd"),
    "reads a secret that anybody may read": lambda: open(secret).read(),
    "reads the accounts": lambda: open("/etc/passwd").read(),
    "lists the root": lambda: os.listdir("/"),
    "writes a file": lambda: open(os.path.join(folder, "trace"), "w").write("x"),
    "removes a file": lambda: os.unlink(secret),
    "links a file": lambda: os.symlink(secret, os.path.join(folder, "link")),
    "connects to the machine": connect,
    "resolves a name": lambda: socket.create_connection(("localhost", port), 5),
    "opens a local socket": lambda: socket.socket(socket.AF_UNIX),
    "forks": run,
    "starts a program": lambda: os.execv("/bin/true", ["true"]),
    "starts a shell": lambda: subprocess.run(["/bin/sh", "-c", "true"], check=True),
    "signals its master": lambda: os.kill(boss, 0),
    "looks into its master (ptrace)": lambda: call(101 if os.uname().machine == "x86_64" else 117, 16, boss, 0, 0),
    "becomes root again": lambda: os.setuid(0),
    "makes a namespace": lambda: (libc.unshare(0x10000000) == 0) or (_ for _ in ()).throw(OSError(1, "refused")),
    "makes memory that runs": lambda: mmap.mmap(-1, 4096, prot=mmap.PROT_READ | mmap.PROT_WRITE | mmap.PROT_EXEC),
    "makes a file in memory": lambda: os.memfd_create("x"),
    "makes a ring of calls": lambda: call(425, 1, 0),
    "changes its priority": lambda: os.nice(-5),
}
for what, attempt in ATTEMPTS.items():
    try:
        attempt()
    except OSError as error:
        said[what] = error.strerror or type(error).__name__
    except Exception as error:
        said[what] = type(error).__name__
    else:
        said[what] = "done"
said["account"] = os.getuid()
line.sendall(json.dumps(said).encode())
"""


@pytest.fixture
def listening() -> Iterator[socket.socket]:
    """Somebody on this machine who would answer."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server


def taken_over(*arguments: str) -> dict[str, object]:
    """What hostile code says from the place where files are examined."""
    ours, theirs = socket.socketpair()
    with ours, theirs:
        process = subprocess.Popen(
            (sys.executable, "-c", HOSTILE, str(theirs.fileno()), str(os.getpid()), *arguments),
            pass_fds=(theirs.fileno(),),
            env={"PYTHONPATH": os.pathsep.join(filter(None, sys.path)), "PYTHONDONTWRITEBYTECODE": "1"},
            stderr=subprocess.PIPE,
        )
        theirs.close()
        ours.settimeout(60)
        answer = bytearray()
        while piece := ours.recv(1 << 16):
            answer += piece
        _, errors = process.communicate(timeout=60)
    assert answer, errors.decode()
    said: dict[str, object] = json.loads(answer)
    return said


def test_hostile_code_reaches_nothing(listening: socket.socket, tmp_path: Path) -> None:
    """Neither who started it, nor files, nor the network, nor another program, whichever account we are."""
    secret = tmp_path / "secret"
    secret.write_text("master key")
    secret.chmod(0o644)
    said = taken_over(str(listening.getsockname()[1]), str(secret), str(tmp_path))

    walls, account = said.pop("walls"), said.pop("account")
    assert isinstance(walls, list)
    assert lacking(tuple(map(str, walls))) == ()
    assert {what: got for what, got in said.items() if got == "done"} == {}
    assert secret.exists()
    assert not (tmp_path / "trace").exists()
    if UID in walls:
        assert account != os.getuid()
    listening.settimeout(0.1)
    with pytest.raises(TimeoutError):
        listening.accept()


def test_the_same_code_without_walls_does_all_of_that(listening: socket.socket, tmp_path: Path) -> None:
    """The attempts are real: it is the walls that refuse them."""
    secret = tmp_path / "secret"
    secret.write_text("master key")
    bare = HOSTILE.replace("confine()", "[]")
    for deadly in ('"starts a program"', '"looks into its master (ptrace)"'):  # one ends it, the other stops us
        bare = "\n".join(line for line in bare.splitlines() if deadly not in line)
    ours, theirs = socket.socketpair()
    with ours, theirs:
        port = str(listening.getsockname()[1])
        done = subprocess.run(
            (sys.executable, "-c", bare, str(theirs.fileno()), str(os.getpid()), port, str(secret), str(tmp_path)),
            pass_fds=(theirs.fileno(),),
            env={"PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
            timeout=60,
            check=True,
        )
        said = json.loads(ours.recv(1 << 16))
    assert done.returncode == 0
    for what in ("reads its master's environment", "reads a secret that anybody may read", "writes a file", "forks"):
        assert said[what] == "done"
    for what in ("connects to the machine", "starts a shell", "signals its master", "makes memory that runs"):
        assert said[what] == "done"


def test_every_wall_of_this_kernel_stands_around_an_examination() -> None:
    """The walls that a bare kernel has: what is refused here is said by `guichet doctor` and by readiness."""
    standing_walls.cache_clear()
    assert {FILES, CALLS} <= set(standing_walls())
    assert set(standing_walls()) <= set(EVERY)


def test_a_machine_that_raises_no_wall_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    standing_walls.cache_clear()
    monkeypatch.setattr(sandbox, "_COMMAND", (*sandbox._COMMAND[:2], "import os; os._exit(9)"))
    assert standing_walls() == ()
    assert lacking(()) == ("network", "files")
    standing_walls.cache_clear()


@pytest.mark.parametrize(
    ("walls", "reached"),
    [
        (EVERY, ()),
        ((CALLS,), ()),
        ((FILES,), ("network",)),
        ((NETWORK, UID), ("files",)),
        ((FILES, NETWORK), ()),
        ((UID,), ("network", "files")),
    ],
)
def test_what_is_lacking_is_what_no_wall_keeps(walls: tuple[str, ...], reached: tuple[str, ...]) -> None:
    assert lacking(walls) == reached


def test_a_machine_that_we_do_not_know_has_no_filter_rather_than_a_wrong_one() -> None:
    assert filter_of("riscv64", opens=False) == b""
    assert len(filter_of("x86_64", opens=False)) % 8 == 0
    assert filter_of("x86_64", opens=False) != filter_of("aarch64", opens=False)
