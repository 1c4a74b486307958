"""The certificate of `guichet up --tls`: trusted through its authority alone, for these names alone, kept closed."""

from __future__ import annotations

import socket
import ssl
import threading
from pathlib import Path

import pytest

from parts.tls import LocalTls, local_tls, own_addresses

LAN = ("192.168.7.20",)


def handshake(made: LocalTls, name: str) -> bool:
    """Whether a client that trusts the authority accepts the certificate under that name."""
    serving = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    serving.load_cert_chain(made.certificate, made.key)
    one, other = socket.socketpair()

    def serve() -> None:
        try:
            serving.wrap_socket(other, server_side=True).close()
        except (ssl.SSLError, OSError):
            other.close()

    thread = threading.Thread(target=serve)
    thread.start()
    try:
        client = ssl.create_default_context(cafile=str(made.authority))
        with client.wrap_socket(one, server_hostname=name):
            return True
    except ssl.SSLCertVerificationError:
        return False
    finally:
        one.close()
        thread.join()


@pytest.mark.parametrize("name", ["localhost", "127.0.0.1", *LAN])
def test_it_serves_this_machine_and_its_network(tmp_path: Path, name: str) -> None:
    assert handshake(local_tls(tmp_path, LAN), name)


@pytest.mark.parametrize("name", ["www.example.org", "192.168.7.21"])
def test_it_serves_nobody_else(tmp_path: Path, name: str) -> None:
    assert not handshake(local_tls(tmp_path, LAN), name)


def test_the_authority_cannot_speak_of_the_internet(tmp_path: Path) -> None:
    """Whoever steals its key after a telephone trusted it gains nothing outside."""
    assert not handshake(local_tls(tmp_path, ("www.example.org",)), "www.example.org")


def test_a_new_address_asks_for_no_new_trust(tmp_path: Path) -> None:
    first = local_tls(tmp_path, LAN)
    authority, certificate = first.authority.read_bytes(), first.certificate.read_bytes()

    local_tls(tmp_path, LAN)
    assert first.certificate.read_bytes() == certificate
    moved = local_tls(tmp_path, ("192.168.7.99",))

    assert moved.authority.read_bytes() == authority
    assert handshake(moved, "192.168.7.99")


def test_keys_are_their_owner_s_alone(tmp_path: Path) -> None:
    local_tls(tmp_path, LAN)

    folder = tmp_path / "tls"
    assert folder.stat().st_mode & 0o077 == 0
    assert {file.stat().st_mode & 0o777 for file in folder.glob("*.key")} == {0o600}


def test_the_machine_s_own_addresses_are_private(tmp_path: Path) -> None:
    assert all(not address.startswith("127.") for address in own_addresses())
