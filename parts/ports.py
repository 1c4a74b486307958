"""Ports of this machine: the usual one when it is free, another otherwise."""

from __future__ import annotations

import random
import socket

LOOPBACK = "127.0.0.1"
# Below the range from which Linux takes the source ports of outgoing connections, so that none is taken
# between our choice and the part's own bind.
_CHOICE = range(20_000, 32_000)


def is_free(port: int, host: str = LOOPBACK) -> bool:
    """Whether a server could listen there now."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True


def usual_or_free(usual: int, host: str = LOOPBACK) -> int:
    """`usual` when nothing listens there, else a free port."""
    return usual if is_free(usual, host) else free_ports(1, host)[0]


def free_ports(count: int, host: str = LOOPBACK) -> list[int]:
    """`count` distinct ports that are free now."""
    found: list[int] = []
    for port in random.sample(_CHOICE, len(_CHOICE)):
        if is_free(port, host):
            found.append(port)
        if len(found) == count:
            return found
    raise OSError(f"aucun port libre entre {_CHOICE.start} et {_CHOICE.stop} sur {host}")
