"""Where the product answers: on which interface, over TLS or not, and the address that people write."""

import os
from dataclasses import dataclass
from pathlib import Path

from parts.ports import LOOPBACK
from parts.tls import LocalTls, local_tls, own_addresses


@dataclass(frozen=True, slots=True)
class Entrance:
    """An interface to listen on (`host`), and the name by which others reach it (`name`)."""

    host: str
    name: str
    tls: LocalTls | None = None

    @property
    def scheme(self) -> str:
        """https, with a certificate."""
        return "http" if self.tls is None else "https"

    def address(self, port: int) -> str:
        """The address of a port."""
        return f"{self.scheme}://{self.name}:{port}"

    def at_hand(self, port: int) -> str:
        """The address of the same port from this very machine."""
        return f"{self.scheme}://{LOOPBACK if self.host == '0.0.0.0' else self.name}:{port}"  # noqa: S104 (compared)


def entrance(data_dir: Path, host: str, *, tls: bool) -> Entrance:
    """How to listen on `host`; with `tls`, the certificate made, and trusted by what this process starts."""
    lan = own_addresses()
    name = (lan[0] if lan else LOOPBACK) if host == "0.0.0.0" else host  # noqa: S104 (asked by --host)
    if not tls:
        return Entrance(host, name)
    made = local_tls(data_dir, tuple(dict.fromkeys((*lan, name))))
    # Read by the TLS of this process, of the API and of the worker, which speak to each other's addresses.
    os.environ["SSL_CERT_FILE"] = str(made.trusted)
    return Entrance(host, name, made)
