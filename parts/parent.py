"""Leaving when whoever started us is gone, even killed without a word (`kill -9` of make)."""

import os
import signal
import threading
import time

_EVERY = 0.5


def leave_with_parent() -> None:
    """From now on, the death of our parent process stops us as SIGTERM does."""
    parent = os.getppid()

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(_EVERY)
        os.kill(os.getpid(), signal.SIGTERM)

    threading.Thread(target=watch, daemon=True, name="parent").start()


def interrupt_on_termination() -> None:
    """SIGINT, SIGTERM and SIGHUP unwind the main thread as Ctrl-C does, so that what was started is stopped."""

    def interrupt(_number: int, _frame: object) -> None:
        raise KeyboardInterrupt

    # SIGINT too: begun in the background, we would have inherited that it is ignored.
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, interrupt)
