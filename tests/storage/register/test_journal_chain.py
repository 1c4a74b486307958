"""The chain alone: whatever is done to rows, a verifier that has only the envelopes notices."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from domain.actors import Actor
from domain.calendar import PARIS
from domain.request_events import MessageSent
from storage.engine.keys import DossierKey
from storage.register.chain import first_break
from storage.register.journal import Entry, Row, genesis, opened, tombstone, written
from storage.register.lock import Header

KEY = DossierKey(bytes(range(32)))
DOSSIER, PLAN = UUID(int=1), b"p" * 32
START = datetime(2026, 11, 23, 10, tzinfo=UTC)
AGENT = Actor(kind="agent", id=UUID(int=7), mandate=None, name="Agent Le Goff")


def rows_of(count: int, *, dossier: UUID = DOSSIER) -> list[Row]:
    """A journal of that many messages, a minute apart."""
    entries = [
        Entry(
            seq=seq,
            event=MessageSent(effective=START + timedelta(minutes=seq), sender="agent", text=f"message {seq}"),
            recorded_at=START + timedelta(minutes=seq),
            actor=AGENT if seq % 2 else None,
            command_id=UUID(int=seq) if seq % 2 else None,
        )
        for seq in range(1, count + 1)
    ]
    return list(written(KEY, dossier, entries, after=genesis(dossier, "essai", PLAN), command_digest=b"d" * 32))


def header_of(rows: list[Row], **more: Any) -> Header:
    """The header that the register would keep of those rows."""
    values: dict[str, Any] = {
        "id": DOSSIER, "reference": "2026-000001", "procedure": "essai", "plan": PLAN, "resident": None,
        "organisation": None, "mandate": None, "system": None, "version": len(rows), "acts": len(rows),
        "head": rows[-1].hash, "filed_at": START, "recorded_at": rows[-1].recorded_at, "taken_over_at": None,
        "purged_at": None, "purged_ground": None,
    }  # fmt: skip
    return Header(**(values | more))


FIELDS: dict[str, st.SearchStrategy[Any]] = {
    "kind": st.sampled_from(["filed", "decided", "withdrawn"]),
    "effective": st.datetimes(timezones=st.just(UTC)),
    "recorded_at": st.datetimes(min_value=datetime(2026, 11, 24), timezones=st.just(UTC)),  # noqa: DTZ001 (Hypothesis wants it naive)
    "actor_kind": st.sampled_from(["resident", "mediator", "administrator"]),
    "actor_id": st.uuids(),
    "mandate": st.uuids(),
    "command_id": st.uuids(),
    "part": st.integers(3, 100),
    "command_digest": st.binary(min_size=1, max_size=31),
    "note": st.text(min_size=1),
    "body": st.binary(max_size=40),
    "digest": st.binary(max_size=31),
    "prev_hash": st.binary(max_size=31),
    "hash": st.binary(max_size=31),
    "seq": st.integers(50, 90),
    "dossier": st.uuids(version=4),
}


@given(st.integers(1, 8), st.data())
def test_any_field_of_any_entry_that_changes_breaks_the_chain(count: int, data: st.DataObject) -> None:
    rows = rows_of(count)
    header, place = header_of(rows), data.draw(st.integers(0, count - 1))
    field = data.draw(st.sampled_from(sorted(FIELDS)))
    rows[place] = rows[place]._replace(**{field: data.draw(FIELDS[field])})

    assert first_break(header, rows) is not None


@given(st.integers(2, 8), st.data())
def test_an_entry_removed_doubled_or_moved_breaks_it(count: int, data: st.DataObject) -> None:
    rows = rows_of(count)
    header, place = header_of(rows), data.draw(st.integers(0, count - 1))
    without = rows[:place] + rows[place + 1 :]
    doubled = [*rows[: place + 1], *rows[place:]]
    other = data.draw(st.integers(0, count - 1).filter(lambda n: n != place))
    moved = rows.copy()
    moved[place], moved[other] = moved[other], moved[place]

    assert first_break(header, rows) is None
    assert all(first_break(header, tampered) is not None for tampered in (without, doubled, moved, []))


@given(st.integers(2, 8))
def test_two_dossiers_entries_cannot_be_exchanged(count: int) -> None:
    mine, theirs = rows_of(count), rows_of(count, dossier=UUID(int=2))

    assert first_break(header_of(mine), [*mine[:-1], theirs[-1]]) is not None
    assert first_break(header_of(theirs), theirs) is not None


def test_another_plan_under_the_same_journal_breaks_its_first_entry() -> None:
    rows = rows_of(3)
    found = first_break(header_of(rows, plan=b"q" * 32), rows)

    assert found is not None
    assert found.seq == 1


def test_a_purge_ends_the_chain_and_nothing_follows_it() -> None:
    rows = rows_of(3)
    end = tombstone(DOSSIER, 4, at=START + timedelta(days=1), actor=AGENT, ground="terme", after=rows[-1].hash)
    purged = [*rows, end]
    more = end._replace(seq=5, prev_hash=end.hash)
    more = more._replace(hash=more.computed_hash())

    assert first_break(header_of(purged), purged) is None
    found = first_break(header_of([*purged, more]), [*purged, more])
    assert found is not None
    assert found.kind == "after_purge"


def test_names_are_in_the_sealed_part_only_and_come_back() -> None:
    row = rows_of(1)[0]

    assert b"Le Goff" not in repr(row).encode()
    assert opened(KEY, row).actor == AGENT


def test_the_same_instant_hashes_alike_in_every_time_zone() -> None:
    """The server's own time zone, or a change of it, breaks no chain."""
    rows = rows_of(3)
    elsewhere = [row._replace(recorded_at=row.recorded_at.astimezone(PARIS)) for row in rows]

    assert first_break(header_of(rows), elsewhere) is None
