"""The statements by which the register writes what happened: all of them go in one round trip with the commit."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from uuid import UUID

from domain.actors import Actor
from domain.calendar import Instant
from domain.dossier import Dossier
from domain.effects import effects_of
from domain.events import Events
from domain.evolve import evolve
from domain.plan import Plan
from storage.in_clear import InClear, Place
from storage.journal import Entry
from storage.pipeline import Statement
from storage.plans import Plans

MACHINES = frozenset({"worker"})
"""Actors whose entries no person needs to have seen before acting."""

_EFFECTS = (
    "INSERT INTO effect (dossier, seq, kind, step, position)"
    " SELECT %s, * FROM unnest(%s::integer[], %s::text[], %s::text[], %s::smallint[])"
)
_OUTBOX = "INSERT INTO outbox (kind, subject, payload) VALUES ('dossier', %s, %s::jsonb)"
_DOSSIER = (
    "UPDATE dossier SET version = %s, acts = %s, head = %s, state = %s, recorded_at = %s,"
    " taken_over_at = coalesce(taken_over_at, %s) WHERE id = %s"
)
_CLOCK = (
    "UPDATE clock SET seq = %s, step = %s, status = %s, closed = %s, ledger = %s::jsonb, due_at = %s, due_kind = %s,"
    " due_article = %s WHERE dossier = %s"
)
_QUEUE = (
    "UPDATE queue_row SET status = %s, closed = %s, due_at = coalesce(%s::timestamptz, 'infinity'), agent = %s,"
    " fields = %s::jsonb, seq = %s,"
    # A plan pinned before plans had a place leaves what its filing wrote.
    " commune = CASE WHEN %s THEN %s ELSE commune END, epci = CASE WHEN %s THEN %s ELSE epci END WHERE dossier = %s"
)


class Happening:
    """What happens to a dossier in one transaction: its state, the entries and the effects, event by event."""

    def __init__(self, dossier: Dossier, at: Instant) -> None:
        self.dossier = dossier
        self.at = at
        self.entries: list[Entry] = []
        self.effects: list[tuple[int, str, str, int]] = []

    def apply(self, events: Events, *, actor: Actor | None, command_id: UUID | None = None) -> None:
        """Take events into account, done by `actor` (None: by the law)."""
        for event in events:
            self.dossier = evolve(self.dossier, event)
            seq = self.dossier.seq
            self.entries.append(Entry(seq=seq, event=event, recorded_at=self.at, actor=actor, command_id=command_id))
            self.effects += (
                (seq, effect.kind, effect.step, position)
                for position, effect in enumerate(effects_of(self.dossier, event))
            )

    def acts(self, before: int) -> int:
        """The last entry made by a person or a system, `before` this transaction or in it."""
        human = (e.seq for e in self.entries if e.actor is not None and e.actor.kind not in MACHINES)
        return max(human, default=before)


def effects(dossier: UUID, found: Iterable[tuple[int, str, str, int]]) -> Iterator[Statement]:
    """Insert the effects of new entries: (seq, kind, step, position)."""
    columns = [list(column) for column in zip(*found, strict=True)]
    if columns:
        yield (_EFFECTS, (dossier, *columns))


def outbox(dossier: UUID, procedure: str, seq: int) -> Statement:
    """Tell the relay that a dossier moved up to entry `seq`."""
    return (_OUTBOX, (str(dossier), json.dumps({"procedure": procedure, "seq": seq})))


def dossier_update(
    dossier: UUID, *, version: int, acts: int, head: bytes, state: bytes, at: Instant, taken_over: Instant | None
) -> Statement:
    """The new head and state of a dossier."""
    return (_DOSSIER, (version, acts, head, state, at, taken_over, dossier))


def migration(dossier: UUID, plans: Plans, plan: Plan) -> tuple[Statement, ...]:
    """The dossier follows that plan from here on: kept for ever, named by the dossier and by its clock."""
    sha256, storing = plans.pin(plan)
    return (
        *storing,
        ("UPDATE dossier SET migrated_to = %s WHERE id = %s", (sha256, dossier)),
        ("UPDATE clock SET plan = %s WHERE dossier = %s", (sha256, dossier)),
        ("UPDATE queue_row SET office = %s WHERE dossier = %s", (plan.office.key, dossier)),
    )


def corrected_filing(dossier: UUID, filed: Instant) -> tuple[Statement, ...]:
    """The filing is dated anew, wherever lists show and sort by it."""
    return (
        ("UPDATE dossier SET filed_at = %s WHERE id = %s", (filed, dossier)),
        ("UPDATE queue_row SET filed_at = %s WHERE dossier = %s", (filed, dossier)),
    )


def clear_updates(dossier: UUID, seq: int, clear: InClear) -> tuple[Statement, Statement]:
    """The new clock and queue row of a dossier."""
    placed, place = clear.place is not None, clear.place or Place()
    return (
        (
            _CLOCK,
            (seq, clear.step, clear.status, clear.closed, clear.ledger, clear.due_at, clear.due_kind,
             clear.due_article, dossier),
        ),
        (
            _QUEUE,
            (clear.status, clear.closed, clear.first_at, clear.agent, clear.fields, seq,
             placed, place.commune, placed, place.epci, dossier),
        ),
    )  # fmt: skip
