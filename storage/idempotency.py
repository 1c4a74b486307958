"""The same request, repeated with the same key, gets the same answer and does nothing again.

Kept by (actor, route, key) with an HMAC of the request and the sealed answer, written in the transaction of what
it answers: there is no half-done state. A request still under way holds an advisory lock.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from pydantic_core import from_json, to_json
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.master_key import MasterKey
from storage.pipeline import Statement

_LOCK = "SELECT pg_try_advisory_xact_lock(hashtextextended(%s, 0))"
_LOOK = "SELECT request, status, body FROM idempotency WHERE actor = %s AND route = %s AND key = %s"
_KEEP = (
    "INSERT INTO idempotency (actor, route, key, request, status, body, dossier) VALUES (%s, %s, %s, %s, %s, %s, %s)"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """An HTTP answer as it will be given again: `body` is JSON; `headers` such as Location and ETag."""

    status: int
    body: Any
    headers: Mapping[str, str] = field(default_factory=dict)


class AlreadyAnswered(Exception):
    """This very request was answered before: give `answer` again."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer
        super().__init__("Cette requête a déjà reçu sa réponse.")


class InFlight(Exception):
    """The first request with this key is still under way: try again in a moment (409)."""


class OtherBody(Exception):
    """This key, or this command's identifier, was used for something else (422)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Once:
    """A request that must be done once. `body` is its canonical content; `answer` makes its answer from the result."""

    actor: UUID
    route: str
    key: str
    body: bytes
    answer: Callable[[Any], Answer]

    def first(self) -> tuple[Statement, Statement]:
        """What to run first: take the lock, look for an answer."""
        return (_LOCK, (f"{self.actor}|{self.route}|{self.key}",)), (_LOOK, (self.actor, self.route, self.key))

    def refuse_unless_new(self, master: MasterKey, locked: list[Any], found: list[Any]) -> None:
        """From the rows of `first`: raises AlreadyAnswered, OtherBody or InFlight."""
        if found:
            request, status, body = found[0]
            if bytes(request) != self._fingerprint(master):
                raise OtherBody("Cette clé d'idempotence a déjà servi pour une autre requête.")
            kept = from_json(master.open(bytes(body), self._context))
            raise AlreadyAnswered(Answer(status=status, body=kept["body"], headers=kept["headers"]))
        if not locked[0][0]:
            raise InFlight("La première requête portant cette clé est encore en cours.")

    def keep(self, master: MasterKey, result: Any, dossier: UUID | None) -> Statement:
        """What to run last: the answer to `result`, sealed."""
        answer = self.answer(result)
        sealed = master.seal(to_json({"body": answer.body, "headers": dict(answer.headers)}), self._context)
        return (
            _KEEP,
            (self.actor, self.route, self.key, self._fingerprint(master), answer.status, sealed, dossier),
        )

    @property
    def _context(self) -> str:
        return f"idempotency|{self.actor}|{self.route}|{self.key}"

    def _fingerprint(self, master: MasterKey) -> bytes:
        return master.fingerprint(hashlib.sha256(self.body).hexdigest(), self._context)


async def begin(connection: AsyncConnection, master: MasterKey, once: Once) -> None:
    """In a plain transaction, before doing anything. Raises AlreadyAnswered, OtherBody or InFlight."""
    lock, look = once.first()
    rows = [list((await _run(connection, statement)).all()) for statement in (lock, look)]
    once.refuse_unless_new(master, rows[0], rows[1])


async def finish(
    connection: AsyncConnection, master: MasterKey, once: Once, result: Any, dossier: UUID | None = None
) -> None:
    """In the same transaction, when it is done: keep the answer to `result`."""
    await _run(connection, once.keep(master, result, dossier))


async def _run(connection: AsyncConnection, statement: Statement) -> Any:
    query, given = statement
    names = [f"p{rank}" for rank in range(len(given))]
    for name in names:
        query = query.replace("%s", f":{name}", 1)
    return await connection.execute(text(query), dict(zip(names, given, strict=True)))
