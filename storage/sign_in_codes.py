"""One-time codes sent to residents: eight digits, ten minutes, five tries, on the real clock.

Nothing here depends on whether an account exists, so that nothing can tell.
"""

from __future__ import annotations

import hmac
import secrets
from dataclasses import dataclass, field
from datetime import timedelta
from uuid import UUID

from sqlalchemy import delete, func, update
from sqlalchemy.ext.asyncio import AsyncConnection
from uuid_utils.compat import uuid7

from storage.master_key import MasterKey
from storage.people import open_email, seal_email
from storage.tables.accounts import sign_in_code

DIGITS = 8
LIFETIME = timedelta(minutes=10)
TRIES = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Issued:
    """A code to send; `challenge` is what the person gives back with it."""

    challenge: UUID
    code: str = field(repr=False)


async def issue(connection: AsyncConnection, master: MasterKey, email: str) -> Issued:
    """Make a code for this address; codes that have expired are swept away on the way."""
    challenge = uuid7()
    code = f"{secrets.randbelow(10**DIGITS):0{DIGITS}d}"
    await connection.execute(delete(sign_in_code).where(sign_in_code.c.expires_at < func.clock_timestamp()))
    await connection.execute(
        sign_in_code.insert().values(
            id=challenge,
            email_sealed=seal_email(master, challenge, email),
            code_hash=_digest(master, challenge, code),
            expires_at=func.clock_timestamp() + LIFETIME,
        )
    )
    return Issued(challenge=challenge, code=code)


async def redeem(connection: AsyncConnection, master: MasterKey, challenge: UUID, code: str) -> str | None:
    """The address that received this code, or None; a try is counted first, and a good code serves once.

    The caller must commit even when the answer is None, or the try would not count.
    """
    counted = (
        update(sign_in_code)
        .where(
            sign_in_code.c.id == challenge,
            sign_in_code.c.tries < TRIES,
            sign_in_code.c.expires_at > func.clock_timestamp(),
        )
        .values(tries=sign_in_code.c.tries + 1)
        .returning(sign_in_code.c.code_hash, sign_in_code.c.email_sealed)
    )
    row = (await connection.execute(counted)).first()
    if row is None or not hmac.compare_digest(row.code_hash, _digest(master, challenge, code)):
        return None
    await connection.execute(delete(sign_in_code).where(sign_in_code.c.id == challenge))
    return open_email(master, challenge, row.email_sealed)


def _digest(master: MasterKey, challenge: UUID, code: str) -> bytes:
    return master.fingerprint(code.replace(" ", ""), f"sign-in|{challenge}")
