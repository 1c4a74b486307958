"""The same request, repeated with the same key, gets the same answer and does nothing again.

Kept by (actor, route, key) with an HMAC of the request and the sealed answer, written in the transaction of what
it answers: there is no half-done state. A request still under way holds an advisory lock.
"""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from pydantic_core import from_json, to_json
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.engine.master_key import MasterKey
from storage.engine.pipeline import Statement
from storage.engine.questions import Answers, Question, first, value
from storage.engine.statements import insertion
from storage.tables.drafts import idempotency

_LOCK = "SELECT pg_try_advisory_xact_lock(hashtextextended(%s, 0))"
_LOOK = "SELECT request, status, body FROM idempotency WHERE actor = %s AND route = %s AND key = %s"


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
class _Kept:
    """An answer as it was kept: the fingerprint of its request, and its sealed body."""

    request: bytes
    status: int
    body: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Once:
    """A request that must be done once. `body` is its canonical content; `answer` makes its answer from the result."""

    actor: UUID
    route: str
    key: str
    body: bytes
    answer: Callable[[Any], Answer]

    @property
    def _lock(self) -> Question[bool]:
        return value(_LOCK, f"{self.actor}|{self.route}|{self.key}")

    @property
    def _look(self) -> Question[_Kept | None]:
        return first(_Kept, _LOOK, self.actor, self.route, self.key)

    def questions(self) -> tuple[Question[Any], ...]:
        """What to ask first: take the lock, look for an answer."""
        return self._lock, self._look

    def refuse_unless_new(self, master: MasterKey, answers: Answers) -> None:
        """From what `questions` were answered: raises AlreadyAnswered, OtherBody or InFlight."""
        found = answers[self._look]
        if found is not None:
            if found.request != self._fingerprint(master):
                raise OtherBody("Cette clé d'idempotence a déjà servi pour une autre requête.")
            kept = from_json(master.open(found.body, self._context))
            raise AlreadyAnswered(Answer(status=found.status, body=kept["body"], headers=kept["headers"]))
        if not answers[self._lock]:
            raise InFlight("La première requête portant cette clé est encore en cours.")

    def keep(self, master: MasterKey, result: Any, dossier: UUID | None) -> Statement:
        """What to run last: the answer to `result`, sealed."""
        answer = self.answer(result)
        sealed = master.seal(to_json({"body": answer.body, "headers": dict(answer.headers)}), self._context)
        return insertion(
            idempotency,
            actor=self.actor,
            route=self.route,
            key=self.key,
            request=self._fingerprint(master),
            status=answer.status,
            body=sealed,
            dossier=dossier,
        )

    @property
    def _context(self) -> str:
        return f"idempotency|{self.actor}|{self.route}|{self.key}"

    def _fingerprint(self, master: MasterKey) -> bytes:
        return master.fingerprint(hashlib.sha256(self.body).hexdigest(), self._context)


def questions_of(once: Once | None) -> tuple[Question[Any], ...]:
    """What to ask first of a request that may have to be done once."""
    return () if once is None else once.questions()


async def begin(connection: AsyncConnection, master: MasterKey, once: Once) -> None:
    """In a plain transaction, before doing anything. Raises AlreadyAnswered, OtherBody or InFlight."""
    questions = once.questions()
    rows = [(await _run(connection, question.statement)).all() for question in questions]
    once.refuse_unless_new(master, Answers(questions, rows))


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
