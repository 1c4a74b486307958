"""The one door: lock, read the time, settle, decide, write once. Nothing else writes a dossier."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce
from typing import Any
from uuid import UUID

from domain.actors import Actor
from domain.acts import refuse_unless_may
from domain.calendar import Instant
from domain.commands import Command
from domain.dossier import Dossier
from domain.events import Event, Events
from domain.evolve import evolve
from domain.kernel import decide, settle
from domain.mandate import Mandate, refuse_unless_covered
from domain.plan import Plan
from domain.refusals import Refused
from domain.serial import COMMAND
from storage import journal, record_rows
from storage.database import WORKING, Context, Database
from storage.folding import UnknownDossier
from storage.hot import Hot, Statement
from storage.journal import Entry
from storage.keys import DossierKey, KeyDestroyed
from storage.legal_time import NOW, read_row
from storage.record_rows import Change

_LOCK = """
SELECT d.reference, d.version, d.acts, d.head, d.state, d.recorded_at, d.purged_at, d.resident, p.body
FROM dossier d JOIN pinned_plan p ON p.sha256 = d.plan WHERE d.id = %s FOR UPDATE OF d
"""
_SEEN = "SELECT seq, command_digest, recorded_at FROM journal WHERE command_id = %s AND dossier = %s ORDER BY seq"
_MANDATE = """
SELECT id, organisation, resident, procedures, starts, ends, consent, consented_at, revoked_at
FROM mandate WHERE id = %s
"""


class Stale(Exception):
    """Somebody acted since the version that the caller saw; `version` is the present one."""

    def __init__(self, version: int) -> None:
        super().__init__(f"Le dossier a changé depuis que vous l'avez lu (version {version}).")
        self.version = version


class CommandReused(Exception):
    """The same command id was given before, for something else."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorded:
    """What was recorded: new events, the dossier, its version. `replayed`: the same command had been recorded before."""

    id: UUID
    reference: str
    events: Events
    dossier: Dossier
    version: int
    at: Instant
    replayed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Locked:
    """A dossier under its row's lock, and the legal instant read after it."""

    id: UUID
    reference: str
    version: int
    acts: int
    head: bytes
    state: Dossier
    at: Instant


async def record(
    database: Database,
    dossier: UUID,
    command: Command,
    actor: Actor,
    *,
    version: int | None,
    command_id: UUID,
    context: Context = WORKING,
) -> Recorded:
    """Apply `command` to `dossier` and make it durable, once for each `command_id`.

    What the law had already made happen is kept even when `command` is refused. `version` is what the caller saw
    (None: no matter). Raises Refused, Stale, CommandReused, UnknownDossier, KeyDestroyed.
    """
    key = await database.keys.of(dossier)
    digest = digest_of(key, command)
    first: list[Statement] = [(_LOCK, (dossier,)), (NOW, ()), (_SEEN, (command_id, dossier))]
    if actor.mandate is not None:
        first.append((_MANDATE, (actor.mandate,)))
    async with database.hot(context, *first) as (hot, (rows, now, seen, *mandate)):
        locked = _locked(key, dossier, rows, read_row(now))
        if seen:
            return await _replayed(hot, key, locked, seen, digest)
        recorded = await _record(hot, key, locked, command, actor, version, command_id, digest, _mandate_of(mandate))
    database.nudge()
    return recorded


def digest_of(key: DossierKey, command: Command) -> bytes:
    """What tells two commands apart without saying what is in them."""
    return key.fingerprint(COMMAND.dump_json(command), "command")


async def _record(  # noqa: PLR0913, PLR0917 - the whole of an act, gathered once
    hot: Hot,
    key: DossierKey,
    locked: Locked,
    command: Command,
    actor: Actor,
    version: int | None,
    command_id: UUID,
    digest: bytes,
    mandate: Mandate | None,
) -> Recorded:
    before = settle(locked.state, locked.at)
    settled = reduce(evolve, before, locked.state)
    try:
        _refuse_stale(locked, version)
        refuse_unless_may(actor, command)
        refuse_unless_mandated(actor, mandate, settled.plan, locked.at)
        decided = decide(settled, command, locked.at)
    except (Refused, Stale):
        if before:
            await _write(hot, key, locked, before, (), actor, None, digest)
        raise
    consequences = settle(reduce(evolve, decided, settled), locked.at)
    if not (before or decided or consequences):
        return _nothing(locked)
    return await _write(hot, key, locked, before, decided, actor, command_id, digest, consequences)


async def _write(  # noqa: PLR0913, PLR0917 - one write for one act
    hot: Hot,
    key: DossierKey,
    locked: Locked,
    before: Events,
    decided: Events,
    actor: Actor,
    command_id: UUID | None,
    digest: bytes,
    consequences: Events = (),
) -> Recorded:
    """Everything that changes, in one round trip that commits."""
    events = before + decided + consequences
    after = reduce(evolve, events, locked.state)
    entries = entries_of(locked, (before, decided, consequences), actor, command_id)
    rows = journal.written(key, locked.id, entries, after=locked.head, command_digest=digest)
    acts = locked.version + len(before) + len(decided) if decided and actor.kind != "worker" else locked.acts
    change = Change(id=locked.id, before=locked.state, after=after, events=events, rows=rows, acts=acts, at=locked.at)
    await hot.commit(*record_rows.change(key, change))
    return Recorded(
        id=locked.id, reference=locked.reference, events=events, dossier=after, version=after.seq, at=locked.at
    )


def entries_of(
    locked: Locked, parts: tuple[Events, Events, Events], actor: Actor, command_id: UUID | None
) -> list[Entry]:
    """The journal's entries of an act: the law's own before and after it bear no actor."""
    before, decided, consequences = parts
    whose = [(event, None) for event in before] + [(e, actor) for e in decided] + [(e, None) for e in consequences]
    return [
        Entry(
            seq=locked.version + number,
            event=event,
            recorded_at=locked.at,
            actor=by,
            command_id=command_id if by is not None else None,
        )
        for number, (event, by) in enumerate(whose, start=1)
    ]


def refuse_unless_mandated(actor: Actor, mandate: Mandate | None, plan: Plan, at: Instant) -> None:
    """A mediator's act is checked against the mandate at the instant of the act. Raises Refused."""
    if actor.mandate is None:
        return
    if mandate is None:
        raise Refused("mandate_revoked", "Ce mandat n'est pas celui de votre organisation.")
    refuse_unless_covered(mandate, plan.procedure, at)


def _locked(key: DossierKey, dossier: UUID, rows: Sequence[Sequence[Any]], now: Instant) -> Locked:
    if not rows:
        raise UnknownDossier(f"Aucun dossier ne porte l'identifiant {dossier}.")
    reference, version, acts, head, state, recorded_at, purged_at, _, body = rows[0]
    if purged_at is not None or state is None:
        raise KeyDestroyed(dossier)
    plan = record_rows.plan_of(body)
    return Locked(
        id=dossier,
        reference=reference,
        version=version,
        acts=acts,
        head=head,
        state=record_rows.opened_state(key, dossier, state, plan),
        # Never earlier than what was already recorded, whatever the server's clock does.
        at=max(now, recorded_at.astimezone(now.tzinfo)),
    )


def _refuse_stale(locked: Locked, version: int | None) -> None:
    """What the law made happen since makes nobody stale; what somebody did, does. Raises Stale."""
    if version is not None and not locked.acts <= version <= locked.version:
        raise Stale(locked.version)


def _mandate_of(rows: Sequence[Sequence[Sequence[Any]]]) -> Mandate | None:
    if not rows or not rows[0]:
        return None
    id, organisation, resident, procedures, starts, ends, consent, consented_at, revoked_at = rows[0][0]
    return Mandate(
        id=id,
        organisation=organisation,
        resident=resident,
        procedures=tuple(procedures),
        starts=starts,
        ends=ends,
        consent=consent,
        consented_at=consented_at,
        revoked_at=revoked_at,
    )


async def _replayed(
    hot: Hot, key: DossierKey, locked: Locked, seen: Sequence[Sequence[Any]], digest: bytes
) -> Recorded:
    """The same command again: its own events once more, and nothing written. Raises CommandReused."""
    if bytes(seen[0][1]) != digest:
        raise CommandReused("Cette clé d'idempotence a déjà servi pour une autre demande.")
    last = seen[-1][0]
    query = f"SELECT {journal.COLUMNS} FROM journal WHERE dossier = %s AND seq <= %s ORDER BY seq"  # noqa: S608 - names
    (rows,) = await hot.run((query, (locked.id, last)))
    entries = [journal.opened(key, journal.Row(*row)) for row in rows]
    events: list[Event] = [entry.event for entry in entries]
    first = seen[0][0]
    return Recorded(
        id=locked.id,
        reference=locked.reference,
        events=tuple(events[first - 1 :]),
        dossier=reduce(evolve, events, Dossier(plan=locked.state.plan)),
        version=last,
        at=entries[-1].recorded_at,
        replayed=True,
    )


def _nothing(locked: Locked) -> Recorded:
    return Recorded(
        id=locked.id,
        reference=locked.reference,
        events=(),
        dossier=locked.state,
        version=locked.version,
        at=locked.at,
    )
