"""Ports of this machine: the usual one when it is free, another otherwise; never one that another Guichet chose.

A port is chosen a moment before the part listens on it. Between the two, a lock file says that it is taken, so
that two installations starting together do not answer in each other's name.
"""

import fcntl
import os
import random
import socket
import tempfile
from pathlib import Path

LOOPBACK = "127.0.0.1"
# Below the range from which Linux takes the source ports of outgoing connections, so that none is taken
# between our choice and the part's own bind.
_CHOICE = range(20_000, 32_000)
_reserved: dict[int, int] = {}


def is_free(port: int, host: str = LOOPBACK) -> bool:
    """Whether a server could listen there now."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True


def reserve(port: int, host: str = LOOPBACK) -> bool:
    """Take a free port for as long as this process lives; False when it is taken. Ours stays ours."""
    if not is_free(port, host):
        return False
    if port in _reserved:
        return True
    folder = Path(tempfile.gettempdir()) / f"guichet-ports-{os.getuid()}"
    folder.mkdir(mode=0o700, exist_ok=True)
    lock = os.open(folder / str(port), os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(lock)
        return False
    _reserved[port] = lock
    return True


def usual_or_free(usual: int, host: str = LOOPBACK) -> int:
    """`usual` when nobody has it, else a free port; reserved."""
    return usual if reserve(usual, host) else free_ports(1, host)[0]


def free_ports(count: int, host: str = LOOPBACK) -> list[int]:
    """`count` distinct free ports, reserved."""
    found: list[int] = []
    for port in random.sample(_CHOICE, len(_CHOICE)):
        if port not in _reserved and reserve(port, host):
            found.append(port)
        if len(found) == count:
            return found
    raise OSError(f"aucun port libre entre {_CHOICE.start} et {_CHOICE.stop} sur {host}")
