"""The requests that are measured, on each side: a filing, an act."""

import json
from collections.abc import Iterator
from typing import Any, Protocol
from uuid import UUID, uuid4

from api.sign_in.limits import MESSAGES
from benchmarks.measure import Shot
from benchmarks.prepared import Ready, SignedIn, agents, complete_drafts, residents
from benchmarks.wire import Wire
from storage.engine.database import Database
from storage.engine.settings import Settings

DRAFTS_EACH = 8
ACTS_EACH = MESSAGES.count * 4 // 5
"""Fewer than an agent may write in an hour: what is measured is the act, not its refusal."""
ACT = ("acts/send_message", {"text": "Votre dossier est entre nos mains."})


class Unexpected(RuntimeError):
    """The answer is not the one that is measured."""


class Side(Protocol):
    """One of the two that are compared."""

    name: str
    address: tuple[str, int]

    @property
    def submit(self) -> Shot:
        """File the draft of that number."""

    @property
    def act(self) -> Shot:
        """Act on the dossier filed under that number."""

    def drafts(self, count: int) -> Iterator[int]:
        """The numbers of the next drafts."""

    def filed(self, count: int) -> Iterator[int]:
        """The numbers of the next dossiers not acted on."""


class Numbers:
    """Drafts filed once, dossiers acted on once: each number is given once for each use."""

    def __init__(self) -> None:
        self._next_draft = 0
        self.answers: dict[int, bytes] = {}
        self._unacted: Iterator[int] | None = None

    def drafts(self, count: int) -> Iterator[int]:
        """The next numbers, each taken when it is asked for."""
        for _ in range(count):
            self._next_draft += 1
            yield self._next_draft - 1

    def filed(self, count: int) -> Iterator[int]:
        """The next numbers among those answered, in the order of their answers."""
        self._unacted = self._unacted or iter(list(self.answers))
        for _ in range(count):
            number = next(self._unacted, None)
            if number is None:
                return
            yield number


class Product(Numbers):
    """Our API, asked as people ask it."""

    name = "produit"

    def __init__(self, address: tuple[str, int], ready: list[Ready], agents: list[SignedIn]) -> None:
        super().__init__()
        self.address, self._ready, self._agents = address, ready, agents

    @classmethod
    async def ready(cls, settings: Settings, address: tuple[str, int], procedure: str, count: int) -> "Product":
        """With `count` drafts that may be filed."""
        async with Database(settings, "owner", size=6) as database:
            signed = await agents(database, procedure, count // ACTS_EACH + 1)
            owners = await residents(database, max(1, count // DRAFTS_EACH))
            return cls(address, await complete_drafts(database, owners, count, procedure), signed)

    @property
    def first(self) -> UUID:
        """A dossier that was filed."""
        return self._ready[next(iter(self.answers))].id

    async def submit(self, number: int, wire: Wire) -> None:
        """File, with an Idempotency-Key of its own."""
        draft = self._ready[number]
        headers = draft.owner.headers | {"idempotency-key": str(uuid4())}
        path = f"/v1/residents/drafts/{draft.id}/submit"
        self.answers[number] = expect(201, await wire.request("POST", path, headers=headers, body={}))

    async def act(self, number: int, wire: Wire) -> None:
        """Write to the resident, as an agent who saw the version just filed."""
        filed = json.loads(self.answers[number])
        path, body = ACT
        agent = self._agents[number % len(self._agents)]
        headers = agent.headers | {"idempotency-key": str(uuid4()), "if-match": f'"{filed["version"]}"'}
        answer = await wire.request("POST", f"/v1/agents/dossiers/{filed['id']}/{path}", headers=headers, body=body)
        expect(200, answer)


class Floor(Numbers):
    """The bare routes."""

    name = "plancher"

    def __init__(self, address: tuple[str, int]) -> None:
        super().__init__()
        self.address = address

    async def submit(self, number: int, wire: Wire) -> None:
        """The rows of a filing."""
        self.answers[number] = expect(201, await wire.request("POST", "/submit", body={}))

    async def act(self, number: int, wire: Wire) -> None:
        """The rows of an act."""
        filed: dict[str, Any] = json.loads(self.answers[number])
        expect(200, await wire.request("POST", f"/act/{filed['id']}", body=ACT[1]))


def expect(status: int, answer: tuple[int, bytes]) -> bytes:
    """The body of the expected answer. Raises Unexpected."""
    got, body = answer
    if got != status:
        raise Unexpected(f"{got} instead of {status}: {body[:600]!r}")
    return body
