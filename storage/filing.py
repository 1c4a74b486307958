"""Filing: one transaction makes the dossier from its draft (or from a system's deposit), with its first entries."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from psycopg.errors import UniqueViolation

from domain.actors import Actor
from domain.calendar import Instant, civil
from domain.commands import File
from domain.dossier import Dossier
from domain.kernel import decide, settle
from domain.plan import Plan
from storage import campaigns, journal, register, writing
from storage.before_filing import Ready, reading_of, ready_of
from storage.database import Context, Database
from storage.held import NotFound, lock_mandate, refuse_unless_mandated
from storage.hot import together
from storage.idempotency import Once
from storage.in_clear import InClear, Place, in_clear, search_tokens
from storage.keys import DossierKey, Keys
from storage.pipeline import Statement
from storage.register import Recorded, Stale
from storage.sealed_state import seal_state

FilingCheck = Callable[[Dossier, Instant], None]
"""What the caller verifies of the dossier about to be filed, at the instant of filing. Raises Refused."""

_DRAFT = "SELECT procedure, version, resident, organisation, mandate, system FROM draft WHERE id = %s FOR UPDATE"
# After the lock: is it filed already, what time is it, which number comes next.
_NOW = "SELECT EXISTS (SELECT FROM dossier WHERE id = %s), writing_now(), nextval('dossier_number')"
_DOSSIER = (
    "INSERT INTO dossier (id, reference, procedure, plan, resident, organisation, mandate, system, version, acts, head,"
    " state, filed_at, recorded_at) VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)"
)
_CLOCK = (
    "INSERT INTO clock (dossier, plan, seq, step, status, closed, ledger, due_at, due_kind, due_article)"
    " VALUES (%s, %s, %s, %s, %s, %s, %s::jsonb, %s, %s, %s)"
)
_QUEUE = (
    "INSERT INTO queue_row (dossier, reference, procedure, office, commune, epci, status, closed, filed_at, due_at,"
    " agent, fields, seq)"
    " VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, coalesce(%s::timestamptz, 'infinity'), %s, %s::jsonb, %s)"
)
_TOKENS = (
    "INSERT INTO search_token (dossier, token, procedure) SELECT %s, token, %s FROM unnest(%s::bytea[]) AS t (token)"
    " ON CONFLICT DO NOTHING"
)
_GONE = "DELETE FROM draft WHERE id = %s"


@dataclass(frozen=True, slots=True, kw_only=True)
class Owner:
    """Whose dossier it is, and through whom it came."""

    resident: UUID | None = None
    organisation: UUID | None = None
    mandate: UUID | None = None
    system: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Filing:
    """What is about to be filed."""

    id: UUID
    plan: Plan
    owner: Owner
    command: File
    actor: Actor
    check: FilingCheck | None
    once: Once | None
    key: DossierKey
    drafted: bool


async def file_draft(
    database: Database,
    context: Context,
    draft: UUID,
    command: File,
    actor: Actor,
    *,
    plan: Plan,
    version: int,
    check: FilingCheck | None = None,
    once: Once | None = None,
) -> Recorded:
    """File a draft as it is at `version`; the dossier takes its identifier and its key, and the draft is gone.

    Filing it again gives the same result. Raises Refused, Stale (the draft was edited meanwhile), NotFound,
    OtherBody (filed, but with another content), InFlight or AlreadyAnswered.
    """
    key = await database.keys.of(draft)
    answered = once.first() if once else ()
    first = ((_DRAFT, (draft,)), (_NOW, (draft,)), *answered, *lock_mandate(actor.mandate))
    async with database.hot(context, *first) as (hot, rows):
        if once is not None:
            once.refuse_unless_new(database.settings.master, rows[2], rows[3])
        already, at, number = rows[1][0]
        if rows[0]:
            owner = _owner_of(rows[0][0], plan, version)
            filing = _Filing(
                id=draft, plan=plan, owner=owner, command=command, actor=actor,
                check=check, once=once, key=key, drafted=True,
            )  # fmt: skip
            refuse_unless_mandated(rows[4 if once else 2 :], plan.procedure, at)
            recorded, statements = _file(database, filing, at, number)
            await campaigns.refuse_outside(hot, recorded.dossier)
            await hot.commit(*statements)
            return _committed(database, recorded, statements)
        if not already:
            raise NotFound
    return await register.record(database, draft, command, actor, command_id=draft, context=context)


def _owner_of(row: Sequence[Any], plan: Plan, version: int) -> Owner:
    """Whose draft it is. Raises Stale unless it is still at `version`."""
    procedure, present, resident, organisation, mandate, system = row
    if procedure != plan.procedure:
        raise ValueError(f"the draft is of {procedure}, the plan of {plan.procedure}")
    if present != version:
        raise Stale(present)
    return Owner(resident=resident, organisation=organisation, mandate=mandate, system=system)


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """What to file of a draft that was just read."""

    command: File
    plan: Plan
    check: FilingCheck | None = None


Prepare = Callable[[Ready, dict[str, Any]], Prepared]
"""From the draft as it is, and its answers: what to file. Raises what refuses it; then nothing is filed."""


async def file_ready(
    database: Database, context: Context, draft: UUID, prepare: Prepare, actor: Actor, *, once: Once
) -> Recorded:
    """Read a draft, prepare its filing and file it, in one transaction and two round trips.

    Raises NotFound, AlreadyFiled, Refused, what `prepare` raises, OtherBody, InFlight or AlreadyAnswered.
    """
    asked = _ahead(database.keys, draft)
    first = (*once.first(), *reading_of(draft), *lock_mandate(actor.mandate))
    async with database.hot(context, *first) as (hot, rows):
        once.refuse_unless_new(database.settings.master, rows[0], rows[1])
        found = ready_of(rows[2], rows[3])
        key = await asked
        ready = prepare(found, found.draft.content(key))
        owner = Owner(
            resident=found.draft.resident,
            organisation=found.draft.organisation,
            mandate=found.draft.mandate,
            system=found.system,
        )
        filing = _Filing(
            id=draft, plan=ready.plan, owner=owner, command=ready.command, actor=actor,
            check=ready.check, once=once, key=key, drafted=True,
        )  # fmt: skip
        refuse_unless_mandated(rows[4:], ready.plan.procedure, found.at)
        recorded, statements = _file(database, filing, found.at, found.number)
        await campaigns.refuse_outside(hot, recorded.dossier)
        await hot.commit(*statements)
    return _committed(database, recorded, statements)


def _ahead(keys: Keys, draft: UUID) -> asyncio.Task[DossierKey]:
    """The key, asked for while the draft is being read; what it raises is told only to who sees the draft."""
    asked = asyncio.create_task(keys.of(draft))
    asked.add_done_callback(lambda done: done.cancelled() or done.exception())
    return asked


async def deposit(
    database: Database,
    context: Context,
    dossier: UUID,
    command: File,
    actor: Actor,
    *,
    plan: Plan,
    owner: Owner,
    check: FilingCheck | None = None,
    once: Once | None = None,
) -> Recorded:
    """File without a draft, under an identifier chosen by the caller: a system's deposit, a paper filing.

    Depositing again under the same identifier gives the same result. Raises as `file_draft` does.
    """
    key = await database.keys.create(dossier)
    answered = once.first() if once else ()
    first = ((_NOW, (dossier,)), *answered, *lock_mandate(actor.mandate))
    async with database.hot(context, *first) as (hot, rows):
        if once is not None:
            once.refuse_unless_new(database.settings.master, rows[1], rows[2])
        already, at, number = rows[0][0]
        if not already:
            filing = _Filing(
                id=dossier, plan=plan, owner=owner, command=command, actor=actor,
                check=check, once=once, key=key, drafted=False,
            )  # fmt: skip
            refuse_unless_mandated(rows[3 if once else 1 :], plan.procedure, at)
            recorded, statements = _file(database, filing, at, number)
            await campaigns.refuse_outside(hot, recorded.dossier)
            # Another deposit under this identifier may have been committed meanwhile: then it is the one.
            with suppress(UniqueViolation):
                await hot.commit(*statements)
                return _committed(database, recorded, statements)
    return await register.record(database, dossier, command, actor, command_id=dossier, context=context)


def _file(database: Database, filing: _Filing, at: Instant, number: int) -> tuple[Recorded, tuple[Statement, ...]]:
    """Decide and say what to write. Raises Refused."""
    happening = writing.Happening(Dossier(plan=filing.plan), at)
    events = decide(happening.dossier, filing.command, at)
    happening.apply(events, actor=filing.actor, command_id=filing.id)
    happening.apply(settle(happening.dossier, at), actor=None)
    if filing.check is not None:
        filing.check(happening.dossier, at)
    reference = f"{civil(at):%Y}-{number:06d}"
    recorded = register.recorded_by(filing.id, reference, happening)
    return recorded, tuple(_statements(database, filing, reference, happening, recorded))


def _statements(
    database: Database, filing: _Filing, reference: str, happening: writing.Happening, recorded: Recorded
) -> list[Statement]:
    after, id_, procedure = happening.dossier, filing.id, filing.plan.procedure
    master = database.settings.master
    plan, pinning = database.plans.pin(filing.plan)
    digest = register.digest_of(filing.key, filing.command)
    start = journal.genesis(id_, procedure, plan)
    rows = journal.written(filing.key, id_, happening.entries, after=start, command_digest=digest)
    clear = in_clear(after)
    tokens = search_tokens(master, after.form)
    owner, state = filing.owner, seal_state(filing.key, id_, after)
    return [
        *pinning,
        (_DOSSIER, (id_, reference, procedure, plan, owner.resident, owner.organisation, owner.mandate, owner.system,
                    after.seq, happening.acts(0), rows[-1].hash, state, after.filed, happening.at)),
        *together(
            (_CLOCK, (id_, plan, after.seq, *_clock(clear))),
            (_QUEUE, _queue_row(filing, reference, after, clear)),
            (_TOKENS, (id_, procedure, tokens)),
            *journal.insertions(rows),
            *writing.effects(id_, happening.effects),
            writing.outbox(id_, procedure, after.seq),
            *((filing.once.keep(master, recorded, id_),) if filing.once else ()),
            *(((_GONE, (id_,)),) if filing.drafted else ()),
        ),
    ]  # fmt: skip


def _clock(clear: InClear) -> tuple[Any, ...]:
    return (
        clear.step, clear.status, clear.closed, clear.ledger, clear.due_at, clear.due_kind, clear.due_article,
    )  # fmt: skip


def _queue_row(filing: _Filing, reference: str, after: Dossier, clear: InClear) -> tuple[Any, ...]:
    plan, place = filing.plan, clear.place or Place()
    return (
        filing.id, reference, plan.procedure, plan.office.key, place.commune, place.epci, clear.status, clear.closed,
        after.filed, clear.first_at, clear.agent, clear.fields, after.seq,
    )  # fmt: skip


def _committed(database: Database, recorded: Recorded, statements: tuple[Statement, ...]) -> Recorded:
    if statements[0][0].startswith("INSERT INTO pinned_plan"):
        database.plans.stored(database.plans.pin(recorded.dossier.plan)[0])
    database.nudge()
    return recorded
