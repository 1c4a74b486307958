"""Second factors: time-based one-time passwords (RFC 6238: SHA-1, 6 digits, 30 seconds), on the real clock."""

import hmac
from datetime import UTC, datetime, timedelta

import pyotp

STEP = 30
DIGITS = 6
ISSUER = "Guichet"


def new_secret() -> str:
    """A random base32 secret of 160 bits."""
    return pyotp.random_base32()


def enrolment_uri(secret: str, email: str) -> str:
    """The `otpauth://` address that an authenticator reads, shown once."""
    return pyotp.TOTP(secret).provisioning_uri(name=email, issuer_name=ISSUER)


def step_of(secret: str, code: str, *, now: datetime | None = None) -> int | None:
    """The 30-second step whose code this is (the present one, or a neighbour), or None.

    The caller must refuse a step that is not later than the last one spent: a code serves once.
    """
    at = now or datetime.now(UTC)
    totp = pyotp.TOTP(secret)
    given = code.encode()
    found = None
    for drift in (-1, 0, 1):
        moment = at + timedelta(seconds=drift * STEP)
        if hmac.compare_digest(totp.at(moment).encode(), given):
            found = int(moment.timestamp()) // STEP
    return found
