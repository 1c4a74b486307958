"""The dossiers of a campaign, read one by one as the asking agent: what the ranking needs of each."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from domain.actors import Actor
from domain.campaign import Candidate, candidate
from storage.engine.database import Context, Database
from storage.engine.keys import KeyDestroyed
from storage.register import reading
from storage.register.lock import NotFound, Purged

OVER = frozenset({"withdrawn", "renounced", "transmitted", "deemed_refused"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """The candidates, and how many dossiers are no longer examined (or no longer there)."""

    candidates: tuple[Candidate, ...]
    aside: int


async def candidates(database: Database, context: Context, among: Sequence[UUID], reader: Actor) -> Read:
    """What the ranking needs of those dossiers; each reading is written in the access log."""
    found, aside = [], 0
    for dossier in among:
        try:
            seen = await reading.read(database, context, dossier, reader=reader, what="ranking")
        except (NotFound, Purged, KeyDestroyed):
            aside += 1
            continue
        if seen.dossier.status in OVER:
            aside += 1
        else:
            found.append(candidate(seen.dossier, dossier, seen.header.reference))
    return Read(candidates=tuple(found), aside=aside)
