"""The process that holds the parts: starts them, starts them again, and never lets one outlive us.

It runs alone (standard library only, one thread) and obeys the JSON lines that `parts/supervisor.py` writes
on its standard input, answering each by one line. When that input closes, whatever killed the process at the
other end, it stops every part in order and leaves. When it is itself killed, the kernel kills the parts
(PR_SET_PDEATHSIG, Linux). Being a process of its own with a single thread makes that signal sound: it is
sent at the death of the *thread* that started the child.
"""

import ctypes
import fcntl
import json
import os
import select
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

PR_SET_PDEATHSIG = 1
BACK_OFF = (0.3, 1.0, 3.0, 10.0)
SETTLED_AFTER = 60.0
PREDECESSOR_PATIENCE = float(os.environ.get("GUICHET_KEEPER_PATIENCE", "20"))
LIBC = ctypes.CDLL(None) if sys.platform == "linux" else None


class Child:
    """One part: its command, its process, and how often it had to be started again."""

    def __init__(self, spec: dict[str, Any]) -> None:
        self.spec = spec
        self.kept = False
        self.restarts = self.recent = 0
        self.due: float | None = None
        self.process = self.spawn()

    def spawn(self) -> subprocess.Popen[bytes]:
        """Start the process, in a session of its own, under its account, writing to its log."""
        spec, keeper = self.spec, os.getpid()
        death = int(spec["death_signal"])

        def tie() -> None:
            if LIBC is not None:
                LIBC.prctl(PR_SET_PDEATHSIG, death)
                if os.getppid() != keeper:
                    os._exit(1)

        self.since, self.swept = time.monotonic(), False
        as_account = {"user": spec["uid"], "group": spec["gid"], "extra_groups": []} if spec["uid"] is not None else {}
        with Path(spec["log"]).open("ab") as log:
            return subprocess.Popen(
                spec["argv"],
                env=spec["env"],
                cwd=spec["cwd"],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
                preexec_fn=tie,  # noqa: PLW1509 (we have one thread: running Python before exec is sound)
                **as_account,
            )

    def watch(self) -> None:
        """Sweep what a dead process left behind, and start it again if it is to be kept, with back-off."""
        if self.process.poll() is None:
            return
        now = time.monotonic()
        self.sweep()
        if not self.kept:
            return
        if self.due is None:
            self.recent = 0 if now - self.since > SETTLED_AFTER else self.recent
            self.due = now + BACK_OFF[min(self.recent, len(BACK_OFF) - 1)]
        elif now >= self.due:
            self.due, self.recent, self.restarts = None, self.recent + 1, self.restarts + 1
            self.process = self.spawn()

    def tell(self, number: int) -> None:
        """Send a signal to the process itself, if it lives."""
        if self.process.poll() is None:
            self.process.send_signal(number)

    def sweep(self) -> None:
        """Kill, once, whatever remains in the part's process group."""
        if self.swept:
            return
        self.swept = True
        try:
            os.killpg(self.process.pid, signal.SIGKILL)
        except (ProcessLookupError, PermissionError):
            return

    def wait(self, seconds: float) -> bool:
        """Whether the process ended within `seconds`."""
        try:
            self.process.wait(max(0.0, seconds))
        except subprocess.TimeoutExpired:
            return False
        return True


class Keeper:
    """The parts by name, in the order in which they were started."""

    def __init__(self) -> None:
        self.children: dict[str, Child] = {}

    def obey(self, order: dict[str, Any]) -> dict[str, Any]:
        """Carry out one order; `start`, `keep`, `kill`, `again`, `stop` name a part, `state` and `quit` do not."""
        name = order.get("name", "")
        match order["do"]:
            case "start":
                self.children[name] = Child(order["spec"])
            case "keep":
                self.children[name].kept = True
            case "kill":
                self.kill(self.children[name], int(order["signal"]), hold=bool(order["hold"]))
            case "again":
                child = self.children[name]
                child.process, child.kept = child.spawn(), bool(order["keep"])
            case "stop":
                self.stop([self.children.pop(name)])
            case "quit":
                self.quit(quick=bool(order["quick"]))
        return {name: self.state(child) for name, child in self.children.items()}

    def kill(self, child: Child, number: int, *, hold: bool) -> None:
        """Send a signal; unless told to hold, the part comes back by itself if it was kept."""
        if hold:
            child.kept, child.due = False, None
        child.tell(number)
        if number == signal.SIGKILL and child.wait(30):
            child.sweep()

    def state(self, child: Child) -> dict[str, Any]:
        code = child.process.poll()
        return {"pid": child.process.pid, "alive": code is None, "code": code, "restarts": child.restarts}

    def quit(self, *, quick: bool) -> None:
        """Stop everything, those that use the others first."""
        children, self.children = list(self.children.values()), {}
        for tier in sorted({child.spec["tier"] for child in children}, reverse=True):
            self.stop([child for child in children if child.spec["tier"] == tier], quick=quick)

    def stop(self, children: list[Child], *, quick: bool = False) -> None:
        for child in children:
            child.kept = False
            child.tell(signal.SIGKILL if quick else int(child.spec["stop_signal"]))
        began = time.monotonic()
        for child in children:
            if not child.wait(began + float(child.spec["patience"]) - time.monotonic()):
                child.tell(signal.SIGKILL)
                child.wait(10)
            child.sweep()

    def run(self) -> None:
        """Obey and watch until our master's end of the pipe closes."""
        waiting = b""
        while True:
            ready, _, _ = select.select([0], [], [], 0.2)
            for child in self.children.values():
                child.watch()
            if not ready:
                continue
            chunk = os.read(0, 65536)
            if not chunk:
                return
            *lines, waiting = (waiting + chunk).split(b"\n")
            for line in lines:
                self.answer(json.loads(line))

    def answer(self, order: dict[str, Any]) -> None:
        """Carry out one order and write its outcome; a refusal is told, never raised."""
        try:
            say({"parts": self.obey(order)})
        except (OSError, KeyError, ValueError, subprocess.SubprocessError) as error:
            say({"error": f"{type(error).__name__}: {error}"})


def say(message: dict[str, Any]) -> None:
    """One line to the master; nobody may be listening any more."""
    try:
        os.write(1, json.dumps(message).encode() + b"\n")
    except BrokenPipeError:
        return


def hold_alone(folder: Path) -> int | None:
    """A lock on the data folder for as long as we live; None when another keeper does not leave it in time."""
    lock = os.open(folder / "keeper.lock", os.O_RDWR | os.O_CREAT, 0o600)
    until = time.monotonic() + PREDECESSOR_PATIENCE
    while True:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() > until:
                return None
            time.sleep(0.1)
        else:
            return lock


def main(folder: str) -> None:
    """Hold the parts whose data are in `folder`."""
    os.umask(0o077)
    for ignored in (signal.SIGINT, signal.SIGHUP, signal.SIGPIPE):
        signal.signal(ignored, lambda _number, _frame: None)  # a handler, unlike SIG_IGN, is not inherited by exec
    keeper = Keeper()

    def leave(_number: int, _frame: object) -> None:
        keeper.quit(quick=False)
        os._exit(0)

    signal.signal(signal.SIGTERM, leave)
    if hold_alone(Path(folder)) is None:
        say({"error": "busy"})
        return
    say({"parts": {}})
    keeper.run()
    keeper.quit(quick=False)


if __name__ == "__main__":
    main(sys.argv[1])
