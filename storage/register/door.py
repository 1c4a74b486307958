"""The one door: lock, read the time, settle, decide, write once. Nothing else writes a dossier."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC
from functools import reduce
from typing import Any, Generic, TypeVar
from uuid import UUID

from domain.act_rights import refuse_unless_may
from domain.actors import Actor
from domain.calendar import Instant
from domain.command import Command
from domain.commands import COMMAND
from domain.dossier import Dossier
from domain.event import Events
from domain.evolve import evolve
from domain.kernel import decide, settle
from domain.plan import Plan
from domain.refusals import Refused
from storage.engine import plans
from storage.engine.database import WORKING, Context, Database
from storage.engine.keys import DossierKey
from storage.engine.pipeline import Statement
from storage.engine.questions import Answers, Question, every
from storage.engine.round_trips import RoundTrips, together
from storage.engine.statements import change
from storage.register import journal, writing
from storage.register.idempotency import Once, OtherBody, questions_of
from storage.register.in_clear import in_clear
from storage.register.lock import WRITING_NOW, Header, Held, NotFound, lock, lock_mandate, refuse_unless_mandated
from storage.register.sealed_state import open_state, seal_state
from storage.register.writing import Happening
from storage.tables.dossiers import clock
from storage.tables.dossiers import dossier as dossier_table
from storage.tables.queues import queue_row

_DONE = "SELECT seq, command_digest FROM journal WHERE command_id = %s AND dossier = %s ORDER BY seq"
Admitting = TypeVar("Admitting")


class Stale(Exception):
    """Somebody acted since the version that the caller saw; `version` is the present one."""

    def __init__(self, version: int) -> None:
        super().__init__(f"Le dossier a changé depuis que vous l'avez lu : il en est à la version {version}.")
        self.version = version


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorded:
    """The new events, the dossier after them and its version; `replayed` when the same command had been recorded."""

    id: UUID
    reference: str
    events: Events
    dossier: Dossier
    version: int
    at: Instant
    replayed: bool = False


@dataclass(frozen=True, slots=True)
class Admission(Generic[Admitting]):
    """What must hold of the database for this caller to act: `refuse` gets the answer, and raises Refused."""

    question: Question[Admitting]
    refuse: Callable[[Admitting], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """An entry that a command wrote when it was given before."""

    seq: int
    command_digest: bytes


async def record(
    database: Database,
    dossier: UUID,
    command: Command,
    actor: Actor,
    *,
    command_id: UUID,
    version: int | None = None,
    context: Context = WORKING,
    once: Once | None = None,
    admission: Admission[Any] | None = None,
) -> Recorded:
    """Apply `command` to `dossier` and make it durable, once for each `command_id`.

    What the law had already made happen is kept even when `command` is refused. `version` is what the caller saw
    (None: no matter). Raises Refused, Stale, NotFound, Purged, OtherBody (the id served for something else),
    AlreadyAnswered and InFlight (of `once`).
    """
    found, done = lock(dossier), every(Done, _DONE, command_id, dossier)
    admitting = () if admission is None else (admission.question,)
    questions = (*questions_of(once), *admitting, found, WRITING_NOW, done, *lock_mandate(actor.mandate))
    async with database.trips(context, *questions) as (trips, answers):
        if once is not None:
            once.refuse_unless_new(database.settings.master, answers)
        held = await _held(database, trips, answers[found])
        if admission is not None:
            admission.refuse(answers[admission.question])
        digest = digest_of(held.key, command)
        if answers[done]:
            return await _replayed(database, trips, held, answers[done], digest)
        at = max(answers[WRITING_NOW], held.header.recorded_at).astimezone(UTC)
        deed = Deed(command=command, actor=actor, command_id=command_id, digest=digest, version=version)
        recorded = await _record(database, trips, held, deed, at, answers, once)
    database.nudge()
    return recorded


@dataclass(frozen=True, slots=True, kw_only=True)
class Deed:
    """A command as it was given: by whom, under which id, on which version."""

    command: Command
    actor: Actor
    command_id: UUID
    digest: bytes
    version: int | None


def digest_of(key: DossierKey, command: Command) -> bytes:
    """What tells two commands apart without saying what is in them."""
    return key.fingerprint(COMMAND.dump_json(command), "command")


async def _record(
    database: Database, trips: RoundTrips, held: Held, deed: Deed, at: Instant, answers: Answers, once: Once | None
) -> Recorded:
    happening = Happening(held.dossier, at)
    happening.apply(settle(held.dossier, at), actor=None)
    try:
        refuse_stale(held.header, deed.version)
        refuse_unless_may(deed.actor, deed.command)
        refuse_unless_mandated(answers, deed.actor.mandate, held.header.procedure, at)
        decided = decide(happening.dossier, deed.command, at)
    except (Refused, Stale):
        if happening.entries:
            await trips.commit(*_statements(database, held, happening, deed))
        raise
    happening.apply(decided, actor=deed.actor, command_id=deed.command_id)
    happening.apply(settle(happening.dossier, at), actor=None)
    recorded = recorded_by(held.id, held.header.reference, happening)
    kept = (once.keep(database.settings.master, recorded, held.id),) if once is not None else ()
    if happening.entries or kept:
        await trips.commit(*_statements(database, held, happening, deed), *kept)
    return recorded


def _statements(database: Database, held: Held, happening: Happening, deed: Deed) -> tuple[Statement, ...]:
    """Everything that changes."""
    if not happening.entries:
        return ()
    header, after = held.header, happening.dossier
    rows = journal.written(held.key, held.id, happening.entries, after=header.head, command_digest=deed.digest)
    clear = in_clear(after)
    written = together(
        *journal.insertions(rows),
        change(
            dossier_table,
            {"id": held.id},
            version=after.seq,
            acts=happening.acts(header.acts),
            head=rows[-1].hash,
            state=seal_state(held.key, held.id, after),
            recorded_at=happening.at,
            taken_over_at=header.taken_over_at or after.taken_over,
        ),
        change(clock, {"dossier": held.id}, seq=after.seq, **clear.clock()),
        change(queue_row, {"dossier": held.id}, seq=after.seq, **clear.queue()),
        *writing.effects(held.id, happening.effects),
        writing.outbox(held.id, header.procedure, after.seq),
    )
    if after.filed is not None and after.filed != held.dossier.filed:
        written = (*writing.corrected_filing(held.id, after.filed), *written)
    if after.plan is held.dossier.plan:
        return written
    return (*writing.migration(held.id, database.plans, after.plan), *written)


def recorded_by(dossier: UUID, reference: str, happening: Happening) -> Recorded:
    """What a transaction recorded."""
    return Recorded(
        id=dossier,
        reference=reference,
        events=tuple(entry.event for entry in happening.entries),
        dossier=happening.dossier,
        version=happening.dossier.seq,
        at=happening.at,
    )


async def _held(database: Database, trips: RoundTrips, header: Header | None) -> Held:
    if header is None:
        raise NotFound
    sealed = header.sealed()
    plan = await plan_of(database, trips, header.followed)
    key = await database.keys.of(header.id)
    return Held(header=header, key=key, dossier=open_state(key, header.id, header.version, plan, sealed))


async def plan_of(database: Database, trips: RoundTrips, sha256: bytes) -> Plan:
    """A pinned plan, read once by this process."""
    known = database.plans.get(sha256)
    if known is not None:
        return known
    return database.plans.remember(sha256, await trips.ask(plans.body_of(sha256)))


def refuse_stale(header: Header, version: int | None) -> None:
    """What the law made happen since makes nobody stale; what somebody did, does. Raises Stale."""
    if version is not None and not header.acts <= version <= header.version:
        raise Stale(header.version)


async def _replayed(database: Database, trips: RoundTrips, held: Held, done: Sequence[Done], digest: bytes) -> Recorded:
    """The same command again: its own events once more, and nothing written. Raises OtherBody."""
    if done[0].command_digest != digest:
        raise OtherBody("Cet identifiant de commande a déjà servi pour autre chose.")
    last = done[-1].seq
    entries = [journal.opened(held.key, row) for row in await trips.ask(journal.until(held.id, last))]
    begun = Dossier(plan=await plan_of(database, trips, held.header.plan))
    return Recorded(
        id=held.id,
        reference=held.header.reference,
        events=tuple(entry.event for entry in entries if entry.seq >= done[0].seq),
        dossier=reduce(evolve, (entry.event for entry in entries), begun),
        version=last,
        at=entries[-1].recorded_at,
        replayed=True,
    )
