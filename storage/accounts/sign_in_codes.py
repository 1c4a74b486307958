"""One-time codes sent to residents: eight digits, ten minutes, five wrong tries, on the real clock.

Nothing here depends on whether an account exists, so that nothing can tell. A code serves one browser: the same one may
send it twice (a double click, a slow line). Any code still alive for an address is taken, whichever message it came in.
"""

import hmac
import secrets
from dataclasses import dataclass, field
from datetime import timedelta
from uuid import UUID

from sqlalchemy import Row, delete, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection
from uuid_utils.compat import uuid7

from storage.accounts.people import normalised, open_email, seal_email
from storage.engine.master_key import MasterKey
from storage.tables.accounts import sign_in_code

DIGITS = 8
LIFETIME = timedelta(minutes=10)
REMEMBERED = timedelta(hours=1)
"""How long a page that asked for a code still says for which address, its own code being dead."""
TRIES = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Issued:
    """A code to send; `challenge` is what the person gives back with it."""

    challenge: UUID
    code: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Proven:
    """A good code: whose address, which of its codes, and whether this browser had already given it."""

    address: str
    code: UUID
    again: bool


async def issue(connection: AsyncConnection, master: MasterKey, email: str) -> Issued:
    """Make a code for this address; those long expired are swept away on the way."""
    challenge = uuid7()
    code = f"{secrets.randbelow(10**DIGITS):0{DIGITS}d}"
    long_ago = func.clock_timestamp() - (REMEMBERED - LIFETIME)
    await connection.execute(delete(sign_in_code).where(sign_in_code.c.expires_at < long_ago))
    await connection.execute(
        sign_in_code.insert().values(
            id=challenge,
            email_sealed=seal_email(master, challenge, email),
            email_hash=master.fingerprint(normalised(email), "sign-in|email"),
            code_hash=_digest(master, challenge, code),
            expires_at=func.clock_timestamp() + LIFETIME,
        )
    )
    return Issued(challenge=challenge, code=code)


async def redeem(
    connection: AsyncConnection, master: MasterKey, challenge: UUID, code: str, *, browser: str = ""
) -> Proven | None:
    """Whose address received this code, or None; a wrong try is counted, and a good code serves one browser.

    `browser` is the secret of the one that asks; without it a code serves once. The caller must commit even when the
    answer is None, or the try would not count.
    """
    rows = await _of_the_same_address(connection, challenge)
    asked = next((row for row in rows if row.id == challenge), None)
    if asked is None or asked.tries >= TRIES:
        return None
    found = next((row for row in rows if row.alive and _is(master, row, code)), None)
    served_to = master.fingerprint(browser, "sign-in|browser") if browser else b""
    if found is None or (found.served_to is not None and not _same(found.served_to, served_to)):
        await _change(connection, challenge, tries=asked.tries + 1)
        return None
    if found.served_to is None:
        await _change(connection, found.id, served_to=served_to)
    address = open_email(master, found.id, found.email_sealed)
    return Proven(address=address, code=found.id, again=found.served_to is not None)


async def _of_the_same_address(connection: AsyncConnection, challenge: UUID) -> list[Row[tuple[object, ...]]]:
    """This challenge and the others of its address, locked in one order so that two requests never wait crosswise."""
    columns = sign_in_code.c
    address = select(columns.email_hash).where(columns.id == challenge).scalar_subquery()
    statement = (
        select(sign_in_code, (columns.expires_at > func.clock_timestamp()).label("alive"))
        .where(
            or_(columns.id == challenge, columns.email_hash == address),
            columns.expires_at > func.clock_timestamp() - (REMEMBERED - LIFETIME),
        )
        .order_by(columns.id)
        .with_for_update()
    )
    return list((await connection.execute(statement)).all())


async def _change(connection: AsyncConnection, code: UUID, **values: object) -> None:
    await connection.execute(update(sign_in_code).where(sign_in_code.c.id == code).values(**values))


def _is(master: MasterKey, row: Row[tuple[object, ...]], code: str) -> bool:
    return hmac.compare_digest(row.code_hash, _digest(master, row.id, code))


def _same(served_to: bytes, browser: bytes) -> bool:
    return bool(browser) and hmac.compare_digest(served_to, browser)


def _digest(master: MasterKey, challenge: UUID, code: str) -> bytes:
    return master.fingerprint(code, f"sign-in|{challenge}")
