"""A certificate for this machine and its own network, signed by an authority of this installation alone.

The authority is made once, so that a telephone trusts it once; it may speak of local names and private addresses only.
The certificate is made again when an address is new or its end is near. Keys are 0600 in the data folder.
"""

import os
import shutil
import socket
import ssl
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from ipaddress import IPv4Address, ip_address, ip_network
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, EllipticCurvePrivateKey, generate_private_key
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, load_pem_private_key
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

LASTS, AUTHORITY_LASTS, RENEWED_BEFORE = timedelta(days=365), timedelta(days=3650), timedelta(days=30)
LOCAL = ("localhost", "127.0.0.1")
_PRIVATE = ("127.0.0.0/8", "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "169.254.0.0/16", "100.64.0.0/10")


@dataclass(frozen=True, slots=True)
class LocalTls:
    """Files in PEM: the certificate with its key, the authority to trust, and all that programs should trust."""

    certificate: Path
    key: Path
    authority: Path
    trusted: Path


def local_tls(data_dir: Path, names: tuple[str, ...]) -> LocalTls:
    """The certificate of these names and addresses, made at need."""
    folder = data_dir / "tls"
    folder.mkdir(mode=0o700, exist_ok=True)
    made = LocalTls(folder / "guichet.pem", folder / "guichet.key", folder / "autorite.pem", folder / "confiance.pem")
    authority_key = folder / "autorite.key"
    if not (made.authority.exists() and authority_key.exists()):
        _make_authority(made.authority, authority_key)
    if not _serves(made, names):
        _make_certificate(made, authority_key, names)
    shutil.copyfile(_roots(), made.trusted)
    with made.trusted.open("ab") as trusted:
        trusted.write(b"\n" + made.authority.read_bytes())
    return made


def own_addresses() -> tuple[str, ...]:
    """The private IPv4 addresses of this machine, the one that leads outside first."""
    found: list[str] = []
    # Nothing is sent: the system only says by which address it would leave (RFC 5737's example network).
    with suppress(OSError), socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        probe.connect(("192.0.2.1", 9))
        found.append(probe.getsockname()[0])
    with suppress(OSError):
        found += [str(info[4][0]) for info in socket.getaddrinfo(socket.gethostname(), None, socket.AF_INET)]
    return tuple(dict.fromkeys(one for one in found if _is_private(one) and not one.startswith("127.")))


def _is_private(address: str) -> bool:
    return any(ip_address(address) in ip_network(network) for network in _PRIVATE)


def _roots() -> Path:
    """What this machine trusts already."""
    paths = ssl.get_default_verify_paths()
    # Debian keeps them all in one file of the folder that OpenSSL reads.
    debian = f"{paths.openssl_capath}/ca-certificates.crt"
    known = (os.environ.get("SSL_CERT_FILE"), paths.cafile, paths.openssl_cafile, debian)
    return next((Path(one) for one in known if one and Path(one).is_file()), Path(os.devnull))


def _serves(made: LocalTls, names: tuple[str, ...]) -> bool:
    if not (made.certificate.exists() and made.key.exists()):
        return False
    certificate = x509.load_pem_x509_certificate(made.certificate.read_bytes())
    said = certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    lasts = certificate.not_valid_after_utc - datetime.now(UTC) > RENEWED_BEFORE
    return lasts and {*LOCAL, *names} <= {str(name.value) for name in said}


def _make_authority(file: Path, key_file: Path) -> None:
    key = generate_private_key(SECP256R1())
    name = _named("Guichet : autorité de cette installation")
    local: list[x509.GeneralName] = [x509.DNSName("localhost")]
    local += [x509.IPAddress(ip_network(network)) for network in _PRIVATE]
    builder = (
        _begun(name, name, key, AUTHORITY_LASTS)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(_usage(signs=True), critical=True)
        .add_extension(x509.NameConstraints(permitted_subtrees=local, excluded_subtrees=None), critical=True)
    )
    _write(key_file, _private(key))
    _write(file, builder.sign(key, SHA256()).public_bytes(Encoding.PEM))


def _make_certificate(made: LocalTls, authority_key: Path, names: tuple[str, ...]) -> None:
    authority = x509.load_pem_x509_certificate(made.authority.read_bytes())
    signer = load_pem_private_key(authority_key.read_bytes(), None)
    if not isinstance(signer, EllipticCurvePrivateKey):
        raise TypeError(f"{authority_key} is not a key that we made")
    key = generate_private_key(SECP256R1())
    spoken = [_general(name) for name in dict.fromkeys((*LOCAL, *names))]
    builder = (
        _begun(_named("Guichet sur cette machine"), authority.subject, key, LASTS)
        .add_extension(x509.SubjectAlternativeName(spoken), critical=False)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_usage(signs=False), critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(signer.public_key()), critical=False)
    )
    _write(made.key, _private(key))
    _write(made.certificate, builder.sign(signer, SHA256()).public_bytes(Encoding.PEM))


def _begun(
    subject: x509.Name, issuer: x509.Name, key: EllipticCurvePrivateKey, lasting: timedelta
) -> x509.CertificateBuilder:
    now = datetime.now(UTC)
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(hours=1))
        .not_valid_after(now + lasting)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
    )


def _named(name: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])


def _general(name: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(IPv4Address(name))
    except ValueError:
        return x509.DNSName(name)


def _usage(*, signs: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not signs,
        key_cert_sign=signs,
        crl_sign=signs,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        encipher_only=False,
        decipher_only=False,
    )


def _private(key: EllipticCurvePrivateKey) -> bytes:
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())


def _write(file: Path, content: bytes) -> None:
    with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as out:
        out.write(content)
