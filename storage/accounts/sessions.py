"""Opaque sessions: the token is given once and kept as SHA-256; one indexed query tells who bears it.

Sessions live on the real clock: idle limits by audience, and eight hours at most.
"""

import base64
import hashlib
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, func, select, text, update
from sqlalchemy.ext.asyncio import AsyncConnection
from uuid_utils.compat import uuid7

from storage.accounts.people import open_name
from storage.engine.master_key import MasterKey
from storage.engine.questions import Question, first
from storage.tables.accounts import session

ABSOLUTE = timedelta(hours=8)
IDLE: Mapping[str, timedelta] = {
    "resident": timedelta(minutes=60),
    "agent": timedelta(minutes=15),
    "mediator": timedelta(minutes=15),
    "administrator": timedelta(minutes=15),
}
DEVICE_LENGTH = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """A session just opened; the token is shown here only."""

    token: str = field(repr=False)
    id: UUID
    expires_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """By which OpenID provider a session was opened, and the ID token that signing out there asks for."""

    provider: str
    id_token: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Bearer:
    """Who bears a session; `groups` maps an agent's groups to the role held there."""

    session: UUID
    account: UUID
    audience: str
    name: str
    organisation: UUID | None
    groups: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """A session as its owner sees it."""

    id: UUID
    device: str
    created_at: datetime
    seen_at: datetime
    expires_at: datetime


async def start(
    connection: AsyncConnection, account: UUID, audience: str, device: str, *, token: str | None = None
) -> Opened:
    """Open a session for an account whose factors have been checked; those long ended are swept away on the way.

    `token` is one that the same proof would give again (`token_of`); drawn at random without it.
    """
    token = token or secrets.token_urlsafe(32)
    session_id = uuid7()
    await connection.execute(text("SELECT identity_sweep_sessions()"))
    statement = (
        session.insert()
        .values(
            token_hash=digest(token),
            id=session_id,
            account=account,
            device=device[:DEVICE_LENGTH],
            idle_seconds=int(IDLE[audience].total_seconds()),
            expires_at=func.clock_timestamp() + ABSOLUTE,
        )
        .returning(session.c.expires_at)
    )
    expires_at = (await connection.execute(statement)).scalar_one()
    return Opened(token=token, id=session_id, expires_at=expires_at)


async def resume(connection: AsyncConnection, token: str) -> Opened | None:
    """The session of this token if it is still live; one that somebody ended is never opened again."""
    statement = select(session.c.id, session.c.expires_at).where(session.c.token_hash == digest(token), _live())
    row = (await connection.execute(statement)).first()
    return None if row is None else Opened(token=token, id=row.id, expires_at=row.expires_at)


def token_of(master: MasterKey, browser: str, proof: str) -> str | None:
    """The token of the session that this proof opens in this browser, the same each time; None for no browser.

    `browser` is a secret of 256 bits that only this browser has (`api/sign_in/browsers.py`); `proof` names what
    serves once.
    """
    if not browser:
        return None
    return base64.urlsafe_b64encode(master.fingerprint(f"{browser}|{proof}", "session")).decode().rstrip("=")


async def keep_origin(connection: AsyncConnection, master: MasterKey, session_id: UUID, origin: Origin) -> None:
    """Remember by which provider this session was opened."""
    sealed = master.seal(origin.id_token.encode(), f"{session_id}|id-token")
    await connection.execute(
        update(session).where(session.c.id == session_id).values(provider=origin.provider, id_token_sealed=sealed)
    )


async def origin(connection: AsyncConnection, master: MasterKey, session_id: UUID) -> Origin | None:
    """By which provider this session was opened; None for one opened by our own factors."""
    kept = select(session.c.provider, session.c.id_token_sealed).where(session.c.id == session_id)
    row = (await connection.execute(kept)).first()
    if row is None or row.id_token_sealed is None:
        return None
    return Origin(provider=row.provider, id_token=master.open(row.id_token_sealed, f"{session_id}|id-token").decode())


_COLUMNS = "session, account, audience, name_sealed, organisation, groups"
_BEARER = f"SELECT {_COLUMNS} FROM identity_session(%s)"  # noqa: S608 (constants)
_ENDED = f"SELECT {_COLUMNS} FROM identity_ended_session(%s)"  # noqa: S608 (constants)


def bearing(master: MasterKey, token: str) -> Question[Bearer | None]:
    """Who bears the token, if it is live: not expired, not idle, its account and organisation not disabled."""
    return first(partial(_bearer, master), _BEARER, digest(token))


def just_ended(master: MasterKey, token: str) -> Question[Bearer | None]:
    """Who bore the token of a session that may have ended by itself, less than an hour ago."""
    return first(partial(_bearer, master), _ENDED, digest(token))


def _bearer(
    master: MasterKey, *, account: UUID, name_sealed: bytes | None, groups: Sequence[str], **rest: Any
) -> Bearer:
    return Bearer(
        account=account,
        name=open_name(master, account, name_sealed),
        groups=dict(group.rsplit(":", 1) for group in groups),
        **rest,
    )


async def forget(connection: AsyncConnection, token: str) -> None:
    """Kill the session of this token, if there is one (sign-out, rotation)."""
    await connection.execute(text("SELECT identity_forget_session(:hash)"), {"hash": digest(token)})


async def of_account(connection: AsyncConnection, account: UUID) -> list[Listed]:
    """The live sessions of an account, the latest first."""
    columns = (session.c.id, session.c.device, session.c.created_at, session.c.seen_at, session.c.expires_at)
    statement = select(*columns).where(session.c.account == account, _live()).order_by(session.c.created_at.desc())
    return [Listed(**row) for row in (await connection.execute(statement)).mappings()]


async def revoke(connection: AsyncConnection, account: UUID, session_id: UUID) -> bool:
    """Kill one session of that account; False when it has none of that identifier."""
    statement = session.delete().where(session.c.account == account, session.c.id == session_id)
    return (await connection.execute(statement)).rowcount == 1


async def revoke_others(connection: AsyncConnection, account: UUID, keep: UUID) -> int:
    """Kill every session of that account but one; how many were killed."""
    statement = session.delete().where(session.c.account == account, session.c.id != keep)
    return (await connection.execute(statement)).rowcount


def _live() -> ColumnElement[bool]:
    seen_until = session.c.seen_at + func.make_interval(0, 0, 0, 0, 0, 0, session.c.idle_seconds)
    return and_(session.c.expires_at > func.clock_timestamp(), seen_until > func.clock_timestamp())


def digest(token: str) -> bytes:
    """What is stored of a token of 256 random bits: its SHA-256 is enough."""
    return hashlib.sha256(token.encode()).digest()
