"""What will become of my dossier: if nobody acts, or if I do this on that day.

The same routes serve the resident and, mounted under a mandate, the mediator (`api/residents/acting.py`).
"""

from __future__ import annotations

from uuid import UUID

from api.futures import ForkIn, forked
from api.http.rooms import Room
from api.residents.acting import ActingPerson
from api.residents.dossiers import see
from api.services import Use
from api.shown.fork import ForkOut

router = Room()


@router.post("/dossiers/{dossier}/fork")
async def fork_dossier(dossier: UUID, body: ForkIn, acting: ActingPerson, services: Use) -> ForkOut:
    """What becomes of the dossier by `until`, with acts of mine or with none. Nothing is recorded."""
    return forked(await see(services, acting, dossier, journal_too=True), body, acting.viewer)
