"""Reading a dossier: settled at the legal instant, in memory. A read writes nothing of it, but may leave its trace.

A dossier that the context may not see and one that does not exist are answered alike: NotFound.
"""

from collections.abc import Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass
from datetime import UTC
from functools import reduce
from typing import Any
from uuid import UUID

from domain.actors import Actor
from domain.calendar import Instant
from domain.derivation import Recorded
from domain.dossier import Dossier
from domain.event import LAW, THE_OFFICE
from domain.evolve import evolve
from domain.kernel import settle
from storage.engine.database import Context, Database
from storage.engine.keys import DossierKey
from storage.engine.pipeline import Statement
from storage.engine.questions import Answers, Question, asking
from storage.engine.round_trips import RoundTrips
from storage.register import door, journal
from storage.register.lock import LEGAL_NOW, Header, NotFound, look
from storage.register.sealed_state import open_state

_NOTE = "SELECT note_reading(%s, %s, %s, %s, %s, %s)"
_ORGANISATION = "SELECT name FROM organisation WHERE id = %s"
SOMEBODY = {
    "resident": "la personne concernée",
    "agent": "un agent",
    "mediator": "un médiateur",
    "system": "un autre service",
    "administrator": "un administrateur",
    "worker": "le guichet",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """A dossier as it stands at `at`; `entries` are its journal when it was asked for, `answers` all that was."""

    header: Header
    key: DossierKey
    dossier: Dossier
    at: Instant
    answers: Answers
    entries: tuple[Recorded, ...] = ()


async def read(
    database: Database,
    context: Context,
    dossier: UUID,
    *,
    reader: Actor | None = None,
    what: str = "dossier",
    journal_too: bool = False,
    also: Sequence[Question[Any]] = (),
) -> Seen:
    """A dossier, settled. With `reader`, the reading is written in the access log; `also` runs in the same round trip.

    Raises NotFound, Purged, KeyDestroyed.
    """
    async with AsyncExitStack() as stack:
        trips, answers = await stack.enter_async_context(database.trips(context, look(dossier), LEGAL_NOW, *also))
        header = answers[look(dossier)]
        if header is None:
            raise NotFound
        sealed = header.sealed()
        plan = await door.plan_of(database, trips, header.followed)
        key = await database.keys.of(dossier)
        stored = open_state(key, dossier, header.version, plan, sealed)
        at = max(answers[LEGAL_NOW], header.recorded_at).astimezone(UTC)
        entries = await _entries(trips, key, header) if journal_too else ()
        if reader is not None:
            await trips.commit(_noted(reader, dossier, what))
    events = settle(stored, at)
    return Seen(
        header=header,
        key=key,
        dossier=reduce(evolve, events, stored),
        at=at,
        answers=answers,
        entries=(*entries, *_happened(events, stored.seq)) if journal_too else (),
    )


def _noted(reader: Actor, dossier: UUID, what: str) -> Statement:
    return (_NOTE, (dossier, reader.kind, reader.id, reader.mandate, what, ""))


async def _entries(trips: RoundTrips, key: DossierKey, header: Header) -> tuple[Recorded, ...]:
    written, named = journal.until(header.id, header.version), asking(_ORGANISATION, header.organisation)
    answers = await trips.ask_all(written, named)
    organisation = next((row.name for row in answers[named]), "")
    opened = (journal.opened(key, row) for row in answers[written] if row.kind != journal.PURGED)
    return tuple(
        Recorded(
            seq=entry.seq,
            event=entry.event,
            recorded_at=entry.recorded_at,
            actor=_named(entry.actor, organisation) if entry.actor is not None and _is_theirs(entry) else "",
        )
        for entry in opened
    )


def _is_theirs(entry: journal.Entry) -> bool:
    """Not what came of their act by itself: whoever files asks nobody for the pieces that are missing."""
    return entry.actor is None or entry.actor.kind in {"agent", "worker"} or entry.event.who not in {LAW, THE_OFFICE}


def _named(actor: Actor, organisation: str) -> str:
    """Who acted, as everybody who reads the dossier is told; a mediator, with the organisation under mandate."""
    name = actor.name or SOMEBODY[actor.kind]
    return f"{name}, pour {organisation}" if actor.mandate is not None and organisation else name


def _happened(events: Sequence[Any], after: int) -> tuple[Recorded, ...]:
    """What the law made since the last entry: at its own instant, not written down yet."""
    return tuple(
        Recorded(seq=after + rank, event=event, recorded_at=event.effective)
        for rank, event in enumerate(events, start=1)
    )
