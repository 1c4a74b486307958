"""How an application is served by uvicorn, from one process or several, and the socket that they share."""

from __future__ import annotations

import contextlib
import socket
import sys
from pathlib import Path

import uvicorn
from uvicorn.supervisors import Multiprocess

GRACE = 5
Tls = tuple[Path | None, Path | None]
"""A certificate and its key, in PEM."""


def serve(app: str, host: str, port: int, workers: int, *, factory: bool = False, tls: Tls = (None, None)) -> None:
    """Serve `app` ("module:name") from one or several processes, until a signal; over TLS with a certificate."""
    config = uvicorn.Config(
        app,
        factory=factory,
        host=host,
        port=port,
        workers=workers,
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=GRACE,
        ssl_certfile=tls[0],
        ssl_keyfile=tls[1],
    )
    with contextlib.suppress(KeyboardInterrupt):
        if workers > 1:
            Multiprocess(config, sockets=[listening(host, port)]).run()
            return
        server = uvicorn.Server(config)
        server.run()
        if not server.started:
            sys.exit(1)


def listening(host: str, port: int) -> socket.socket:
    """A bound socket to share, said to be TCP: uvicorn's own is not, asyncio then leaves Nagle's delay on.

    Each answer, written in two pieces, would wait 40 ms for the client's acknowledgement. Raises OSError.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    found = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    found.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        found.bind((host, port))
    except OSError:
        found.close()
        raise
    found.set_inheritable(True)
    return found
