"""Filing: one transaction makes the dossier from its draft (or from a system's deposit), with its first entries."""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict, dataclass
from typing import Any
from uuid import UUID

from psycopg.errors import UniqueViolation

from domain.actors import Actor
from domain.calendar import Instant, civil
from domain.dossier import Dossier
from domain.filing import File
from domain.kernel import decide, settle
from domain.plan import Plan
from storage.engine.database import Context, Database
from storage.engine.keys import DossierKey, Keys
from storage.engine.pipeline import Statement
from storage.engine.questions import Answers, asking
from storage.engine.round_trips import RoundTrips, together
from storage.engine.statements import insertion
from storage.register import campaigns, door, journal, writing
from storage.register.before_filing import Ready, reading_of, ready_of
from storage.register.door import Recorded
from storage.register.idempotency import Once, questions_of
from storage.register.in_clear import in_clear, search_tokens
from storage.register.lock import lock_mandate, refuse_unless_mandated
from storage.register.sealed_state import seal_state
from storage.tables.dossiers import clock
from storage.tables.dossiers import dossier as dossier_table
from storage.tables.queues import queue_row

FilingCheck = Callable[[Dossier, Instant], None]
"""What the caller verifies of the dossier about to be filed, at the instant of filing. Raises Refused."""

_NOW = (
    "SELECT EXISTS (SELECT FROM dossier WHERE id = %s) AS filed, writing_now() AS at,"
    " nextval('dossier_number') AS number"
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
    questions = (*once.questions(), *reading_of(draft), *lock_mandate(actor.mandate))
    async with database.trips(context, *questions) as (trips, answers):
        once.refuse_unless_new(database.settings.master, answers)
        found = ready_of(draft, answers)
        key = await asked
        ready = prepare(found, found.draft.answers(key))
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
        return await _committed(database, trips, answers, filing, found.at, found.number)


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

    Depositing again under the same identifier gives the same result. Raises as `file_ready` does, but AlreadyFiled.
    """
    key = await database.keys.create(dossier)
    asked = asking(_NOW, dossier)
    async with database.trips(context, asked, *questions_of(once), *lock_mandate(actor.mandate)) as (trips, answers):
        if once is not None:
            once.refuse_unless_new(database.settings.master, answers)
        (now,) = answers[asked]
        if not now.filed:
            filing = _Filing(
                id=dossier, plan=plan, owner=owner, command=command, actor=actor,
                check=check, once=once, key=key, drafted=False,
            )  # fmt: skip
            # Another deposit under this identifier may have been committed meanwhile: then it is the one.
            with suppress(UniqueViolation):
                return await _committed(database, trips, answers, filing, now.at, now.number)
    return await door.record(database, dossier, command, actor, command_id=dossier, context=context)


async def _committed(
    database: Database, trips: RoundTrips, answers: Answers, filing: _Filing, at: Instant, number: int
) -> Recorded:
    """File it, in one round trip more, or two when campaigns are looked at. Raises Refused."""
    refuse_unless_mandated(answers, filing.actor.mandate, filing.plan.procedure, at)
    recorded, statements = _file(database, filing, at, number)
    await campaigns.refuse_outside(trips, recorded.dossier)
    await trips.commit(*statements)
    database.plans.stored(database.plans.pin(filing.plan)[0])
    database.nudge()
    return recorded


def _file(database: Database, filing: _Filing, at: Instant, number: int) -> tuple[Recorded, tuple[Statement, ...]]:
    """Decide and say what to write. Raises Refused."""
    happening = writing.Happening(Dossier(plan=filing.plan), at)
    events = decide(happening.dossier, filing.command, at)
    happening.apply(events, actor=filing.actor, command_id=filing.id)
    happening.apply(settle(happening.dossier, at), actor=None)
    if filing.check is not None:
        filing.check(happening.dossier, at)
    reference = f"{civil(at):%Y}-{number:06d}"
    recorded = door.recorded_by(filing.id, reference, happening)
    return recorded, tuple(_statements(database, filing, reference, happening, recorded))


def _statements(
    database: Database, filing: _Filing, reference: str, happening: writing.Happening, recorded: Recorded
) -> list[Statement]:
    after, id_, procedure = happening.dossier, filing.id, filing.plan.procedure
    master = database.settings.master
    plan, pinning = database.plans.pin(filing.plan)
    digest = door.digest_of(filing.key, filing.command)
    start = journal.genesis(id_, procedure, plan)
    rows = journal.written(filing.key, id_, happening.entries, after=start, command_digest=digest)
    clear = in_clear(after)
    seen = {"dossier": id_, "seq": after.seq}
    return [
        *pinning,
        insertion(
            dossier_table, id=id_, reference=reference, procedure=procedure, plan=plan, **asdict(filing.owner),
            version=after.seq, acts=happening.acts(0), head=rows[-1].hash, state=seal_state(filing.key, id_, after),
            filed_at=after.filed, recorded_at=happening.at,
        ),
        *together(
            insertion(clock, **seen, plan=plan, **clear.clock()),
            insertion(
                queue_row, **seen, reference=reference, procedure=procedure, office=filing.plan.office.key,
                filed_at=after.filed, **clear.queue(),
            ),
            (_TOKENS, (id_, procedure, search_tokens(master, after.form))),
            *journal.insertions(rows),
            *writing.effects(id_, happening.effects),
            writing.outbox(id_, procedure, after.seq),
            *((filing.once.keep(master, recorded, id_),) if filing.once else ()),
            *(((_GONE, (id_,)),) if filing.drafted else ()),
        ),
    ]  # fmt: skip
