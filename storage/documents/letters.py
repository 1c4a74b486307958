"""Letters: the PDF sealed under the dossier's key in S3, a row that says which and from which text it was made."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import RowMapping, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection
from uuid_utils.compat import uuid7

from domain.calendar import Instant
from storage.engine.keys import DossierKey
from storage.objects.store import ObjectStore
from storage.tables.effects import letter


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """A letter of journal entry `seq`; `size` is the PDF's, in bytes; `made_at` is legal time."""

    id: UUID
    dossier: UUID
    seq: int
    kind: str
    object_key: str
    locked: bool
    size: int
    template: bytes
    made_at: Instant


class UnknownLetter(LookupError):
    """The context sees no such letter."""


def object_name(dossier: UUID, seq: int, kind: str) -> str:
    """The key in the store of the letter `kind` of entry `seq`: the same at each attempt."""
    return f"letters/{dossier}/{seq}-{kind}"


async def store(
    objects: ObjectStore,
    key: DossierKey,
    dossier: UUID,
    seq: int,
    kind: str,
    pdf: bytes,
    *,
    lock_until: datetime | None,
) -> tuple[str, bytes]:
    """Seal and store a letter's PDF; give the object's key and the PDF that is really kept.

    An earlier attempt's object is adopted. `lock_until` (real clock) locks it until then. Raises StoreUnavailable.
    """
    name = object_name(dossier, seq, kind)
    bucket = objects.locked if lock_until is not None else objects.bucket
    stored = await objects.put_sealed(
        bucket, name, key.seal(pdf, _context(dossier, seq, kind)), retain_until=lock_until
    )
    return name, key.open(stored.body, _context(dossier, seq, kind)) if stored.adopted else pdf


async def record(
    connection: AsyncConnection,
    key: DossierKey,
    *,
    dossier: UUID,
    seq: int,
    kind: str,
    object_key: str,
    locked: bool,
    pdf: bytes,
    template: bytes,
    at: Instant,
) -> None:
    """Write the row of a letter stored before; the second time, nothing."""
    row = {
        "id": uuid7(),
        "dossier": dossier,
        "seq": seq,
        "kind": kind,
        "object_key": object_key,
        "locked": locked,
        "size": len(pdf),
        "digest": key.fingerprint(pdf, "letter"),
        "template": template,
        "made_at": at,
    }
    await connection.execute(insert(letter).values(**row).on_conflict_do_nothing())


async def of_dossier(connection: AsyncConnection, dossier: UUID) -> list[Letter]:
    """The letters of a dossier that the context may see, the earliest first."""
    wanted = select(letter).where(letter.c.dossier == dossier).order_by(letter.c.seq, letter.c.kind)
    return [_of(row) for row in (await connection.execute(wanted)).mappings()]


async def exists(connection: AsyncConnection, dossier: UUID, seq: int, kind: str) -> bool:
    """Whether the letter `kind` of entry `seq` is made."""
    c = letter.c
    wanted = select(c.id).where(c.dossier == dossier, c.seq == seq, c.kind == kind)
    return (await connection.execute(wanted)).first() is not None


async def read(connection: AsyncConnection, dossier: UUID, letter_id: UUID) -> Letter:
    """One letter of a dossier. Raises UnknownLetter."""
    wanted = select(letter).where(letter.c.id == letter_id, letter.c.dossier == dossier)
    row = (await connection.execute(wanted)).mappings().first()
    if row is None:
        raise UnknownLetter("Ce dossier n'a pas de lettre de cet identifiant.")
    return _of(row)


async def pdf(objects: ObjectStore, key: DossierKey, found: Letter) -> bytes:
    """The PDF itself. Raises ObjectMissing, StoreUnavailable, Unreadable."""
    sealed = await objects.get(objects.locked if found.locked else objects.bucket, found.object_key)
    return key.open(sealed, _context(found.dossier, found.seq, found.kind))


def _context(dossier: UUID, seq: int, kind: str) -> str:
    return f"letter|{dossier}|{seq}|{kind}"


def _of(row: RowMapping) -> Letter:
    return Letter(**{name: row[name] for name in Letter.__dataclass_fields__})
