"""The statements by which the register writes what happened: all of them go in one round trip with the commit."""

import json
from collections.abc import Iterable, Iterator
from uuid import UUID

from domain.actors import Actor
from domain.calendar import Instant
from domain.dossier import Dossier
from domain.effects import effects_of
from domain.event import Events
from domain.evolve import evolve
from domain.plan import Plan
from storage.engine.pipeline import Statement
from storage.engine.plans import Plans
from storage.engine.statements import change
from storage.register.journal import Entry
from storage.tables.dossiers import clock
from storage.tables.dossiers import dossier as dossier_table
from storage.tables.queues import queue_row

MACHINES = frozenset({"worker"})
"""Actors whose entries no person needs to have seen before acting."""

_EFFECTS = (
    "INSERT INTO effect (dossier, seq, kind, step, position)"
    " SELECT %s, * FROM unnest(%s::integer[], %s::text[], %s::text[], %s::smallint[])"
)
_OUTBOX = "INSERT INTO outbox (kind, subject, payload) VALUES ('dossier', %s, %s::jsonb)"


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


def migration(dossier: UUID, plans: Plans, plan: Plan) -> tuple[Statement, ...]:
    """The dossier follows that plan from here on: kept for ever, named by the dossier and by its clock."""
    sha256, storing = plans.pin(plan)
    return (
        *storing,
        change(dossier_table, {"id": dossier}, migrated_to=sha256),
        change(clock, {"dossier": dossier}, plan=sha256),
        change(queue_row, {"dossier": dossier}, office=plan.office.key),
    )


def corrected_filing(dossier: UUID, filed: Instant) -> tuple[Statement, ...]:
    """The filing is dated anew, wherever lists show and sort by it."""
    return (
        change(dossier_table, {"id": dossier}, filed_at=filed),
        change(queue_row, {"dossier": dossier}, filed_at=filed),
    )
