"""The master key: what seals personal data that belongs to no dossier, and wraps the dossiers' own keys.

One 32-byte secret (`GUICHET_MASTER_KEY`, base64) lives outside every database and backup. Three sub-keys are
derived from it (HKDF-SHA256), so that a leak of one use says nothing of the others.
"""

import base64
import binascii
import hashlib
import hmac
import os
from functools import cached_property

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

VERSION = b"\x01"
NONCE_LENGTH = 12
KEY_LENGTH = 32


class MasterKeyRefused(ValueError):
    """The configured master key cannot be used."""


class Unreadable(ValueError):
    """What was sealed does not open: another key, another context, or altered bytes."""


def seal_under(cipher: AESGCM, plaintext: bytes, context: str) -> bytes:
    """What every key of ours makes: a version, a random 96-bit nonce, the ciphertext bound to its context."""
    nonce = os.urandom(NONCE_LENGTH)
    return VERSION + nonce + cipher.encrypt(nonce, plaintext, context.encode())


def open_under(cipher: AESGCM, sealed: bytes, context: str, *, other: str) -> bytes:
    """What `seal_under` was given. Raises Unreadable, which names by `other` the key that it may have been."""
    if sealed[:1] != VERSION:
        raise Unreadable(f"Scellé de version inconnue ({context}).")
    nonce, ciphertext = sealed[1 : 1 + NONCE_LENGTH], sealed[1 + NONCE_LENGTH :]
    try:
        return cipher.decrypt(nonce, ciphertext, context.encode())
    except InvalidTag as error:
        raise Unreadable(f"Scellé illisible ({context}) : {other}, ou octets modifiés.") from error


class MasterKey:
    """Seals (AES-256-GCM), opens, and fingerprints (HMAC-SHA256) with keys derived from 32 secret bytes."""

    def __init__(self, secret: bytes) -> None:
        if len(secret) != KEY_LENGTH:
            raise MasterKeyRefused(
                f"GUICHET_MASTER_KEY fait {len(secret)} octets au lieu de {KEY_LENGTH}. "
                "Générez-en une : openssl rand -base64 32"
            )
        if len(set(secret)) < 8:
            raise MasterKeyRefused(
                "GUICHET_MASTER_KEY n'est pas aléatoire (valeur vide ou d'exemple). "
                "Générez-en une : openssl rand -base64 32"
            )
        self._secret = secret

    @classmethod
    def from_text(cls, text: str) -> "MasterKey":
        """Read the base64 text of the setting. Raises MasterKeyRefused with what to do."""
        try:
            return cls(base64.b64decode(text, validate=True))
        except binascii.Error as error:
            raise MasterKeyRefused(
                "GUICHET_MASTER_KEY n'est pas du base64. Générez-en une : openssl rand -base64 32"
            ) from error

    def seal(self, plaintext: bytes, context: str) -> bytes:
        """Encrypt under a random 96-bit nonce; `context` ("account|<id>|email"…) must be given again to open."""
        return seal_under(self._cipher, plaintext, context)

    def open(self, sealed: bytes, context: str) -> bytes:
        """Decrypt what `seal` made under the same context. Raises Unreadable."""
        return open_under(self._cipher, sealed, context, other="autre clé maîtresse")

    def fingerprint(self, value: str, purpose: str) -> bytes:
        """32 bytes by which `value` is found without being readable; they differ from one purpose to another."""
        return hmac.digest(self._fingerprints, f"{purpose}\x00{value}".encode(), hashlib.sha256)

    def password_of(self, role: str) -> str:
        """The password of a database login role (64 hexadecimal digits)."""
        return hmac.digest(self._passwords, role.encode(), hashlib.sha256).hex()

    @cached_property
    def _cipher(self) -> AESGCM:
        return AESGCM(self._derive("seal"))

    @cached_property
    def _fingerprints(self) -> bytes:
        return self._derive("fingerprint")

    @cached_property
    def _passwords(self) -> bytes:
        return self._derive("password")

    def _derive(self, use: str) -> bytes:
        return HKDF(algorithm=SHA256(), length=KEY_LENGTH, salt=None, info=f"guichet/{use}".encode()).derive(
            self._secret
        )
