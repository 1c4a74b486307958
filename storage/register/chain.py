"""Does a journal still say what was written? Pure: rows in, the first break out, in French."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from storage.register.journal import PURGED, Row, genesis
from storage.register.lock import Header

BreakKind = Literal[
    "plan", "missing", "out_of_place", "edited", "ciphertext", "backdated", "after_purge", "tail", "state", "clock"
]


@dataclass(frozen=True, slots=True)
class Break:
    """Where a chain breaks: `seq` is the first entry that is not as it was written."""

    seq: int
    kind: BreakKind
    sentence: str


def first_break(header: Header, rows: Sequence[Row]) -> Break | None:
    """Recompute the chain from the plan pinned at filing to the head kept with the dossier; None when it holds."""
    before = genesis(header.id, header.procedure, header.plan)
    recorded = None
    for place, row in enumerate(rows, start=1):
        if found := _of_row(header, row, place, before):
            return found
        if recorded is not None and row.recorded_at < recorded:
            return Break(row.seq, "backdated", f"L'entrée {row.seq} est datée d'avant celle qui la précède.")
        if row.kind == PURGED and place != len(rows):
            return Break(row.seq, "after_purge", f"Des entrées suivent la destruction du contenu ({row.seq}).")
        before, recorded = row.hash, row.recorded_at
    return _of_tail(header, rows, before)


def _of_row(header: Header, row: Row, place: int, before: bytes) -> Break | None:
    if row.dossier != header.id:
        return Break(row.seq, "out_of_place", f"L'entrée {row.seq} est celle d'un autre dossier.")
    if row.seq > place:
        return Break(place, "missing", f"L'entrée {place} manque.")
    if row.seq < place:
        return Break(row.seq, "out_of_place", f"L'entrée {row.seq} a été ajoutée ou déplacée.")
    if row.digest != hashlib.sha256(row.body or b"").digest():
        return Break(row.seq, "ciphertext", f"Le contenu chiffré de l'entrée {row.seq} a été modifié.")
    if row.prev_hash != before:
        return Break(row.seq, "out_of_place", f"L'entrée {row.seq} ne suit pas celle qui la précède.")
    if row.hash != row.computed_hash():
        return Break(row.seq, "edited", f"L'entrée {row.seq} a été modifiée.")
    return None


def _of_tail(header: Header, rows: Sequence[Row], head: bytes) -> Break | None:
    if len(rows) < header.version:
        sentence = f"La fin du journal manque : {header.version} entrées étaient écrites, il en reste {len(rows)}."
        return Break(len(rows) + 1, "tail", sentence)
    if len(rows) > header.version:
        return Break(header.version + 1, "tail", f"L'entrée {header.version + 1} n'a pas été écrite par le registre.")
    if head != header.head:
        return Break(len(rows), "tail", f"La dernière entrée ({len(rows)}) n'est pas celle que le dossier connaît.")
    return None
