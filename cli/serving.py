"""How an application is served by uvicorn, from one process or several, and the socket that they share."""

import contextlib
import os
import socket
import sys
from ipaddress import ip_network
from pathlib import Path
from typing import Any

import uvicorn
from uvicorn.supervisors import Multiprocess

from cli.patience import PatientProtocol

GRACE = 5
Tls = tuple[Path | None, Path | None]
"""A certificate and its key, in PEM."""


def serve(app: str, host: str, port: int, workers: int, *, factory: bool = False, tls: Tls = (None, None)) -> None:
    """Serve `app` ("module:name") from one or several processes, until a signal; over TLS with a certificate."""
    files = {"ssl_certfile": tls[0], "ssl_keyfile": tls[1]}
    try:
        config = served(app, factory=factory, host=host, port=port, workers=workers, **files)
    except ValueError as error:
        sys.exit(str(error))
    with contextlib.suppress(KeyboardInterrupt):
        if workers > 1:
            Multiprocess(config, sockets=[listening(host, port)]).run()
            return
        server = uvicorn.Server(config)
        server.run()
        if not server.started:
            sys.exit(1)


def served(app: Any, **more: Any) -> uvicorn.Config:
    """How every application of ours is served: patient with nobody, and believing no proxy but those named.

    `FORWARDED_ALLOW_IPS` names them (addresses or networks, separated by commas); without it `X-Forwarded-For` is what
    anybody may write. Raises ValueError for one that is neither.
    """
    proxies = believed(os.environ.get("FORWARDED_ALLOW_IPS", ""))
    return uvicorn.Config(
        app,
        http=PatientProtocol,
        loop="cli.patience:PatientLoop",
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=GRACE,
        proxy_headers=bool(proxies),
        forwarded_allow_ips=proxies,
        **more,
    )


def believed(said: str) -> list[str]:
    """The proxies named. Raises ValueError, in French: « * » would let anybody choose their own address."""
    names = [one.strip() for one in said.split(",") if one.strip()]
    for name in names:
        try:
            ip_network(name, strict=False)
        except ValueError as error:
            raise ValueError(
                f"FORWARDED_ALLOW_IPS : « {name} » n'est ni une adresse ni un réseau. Nommez vos seuls mandataires,"
                " par exemple 10.0.0.0/24."
            ) from error
    return names


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
