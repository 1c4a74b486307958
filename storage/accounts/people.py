"""E-mail addresses and names: normalised, sealed at rest, found by fingerprint."""

import unicodedata
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.engine.master_key import MasterKey

NOWHERE = "sans-adresse.invalid"
"""The domain of people without an e-mail address: reserved (RFC 2606), so that no message ever leaves."""


def reachable(email: str) -> bool:
    """Whether anything may be sent to this address."""
    return not email.endswith(f"@{NOWHERE}")


def reaches(master: MasterKey, account: UUID | None, sealed: bytes | None) -> bool:
    """Whether anything may be sent to the account whose sealed address it is."""
    return account is not None and sealed is not None and reachable(open_email(master, account, sealed))


async def reached(connection: AsyncConnection, master: MasterKey, resident: UUID) -> bool:
    """Whether an e-mail can reach the person; the context is theirs, or of who acts for them."""
    wanted = text("SELECT applicant_address(:resident)")
    return reaches(master, resident, (await connection.execute(wanted, {"resident": resident})).scalar())


def normalised(email: str) -> str:
    """One spelling per mailbox: NFC, no surrounding blanks, lower case (no provider in use tells cases apart)."""
    return unicodedata.normalize("NFC", email.strip()).lower()


def email_hash(master: MasterKey, audience: str, email: str) -> bytes:
    """The fingerprint by which an audience's account is found; the same person's accounts cannot be linked by it."""
    return master.fingerprint(normalised(email), f"email|{audience}")


def seal_email(master: MasterKey, owner: UUID, email: str) -> bytes:
    """Seal an address for the row `owner` (an account, or a sign-in code)."""
    return master.seal(normalised(email).encode(), f"{owner}|email")


def open_email(master: MasterKey, owner: UUID, sealed: bytes) -> str:
    """The address that `seal_email` sealed for that row."""
    return master.open(sealed, f"{owner}|email").decode()


def seal_name(master: MasterKey, owner: UUID, name: str) -> bytes | None:
    """Seal a display name; an empty one is no name."""
    return master.seal(name.strip().encode(), f"{owner}|name") if name.strip() else None


def open_name(master: MasterKey, owner: UUID, sealed: bytes | None) -> str:
    """The display name, or an empty text."""
    return "" if sealed is None else master.open(sealed, f"{owner}|name").decode()
