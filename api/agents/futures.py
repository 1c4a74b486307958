"""What will become of a dossier of my groups: if nobody acts, or if these acts are done on those days."""

from __future__ import annotations

from uuid import UUID

from api.agents.desk import open_dossier
from api.futures import ForkIn, forked
from api.http.rooms import Room
from api.services import Use
from api.shown.fork import ForkOut
from api.sign_in.identity import Agent

router = Room()


@router.post("/dossiers/{dossier}/fork")
async def fork_dossier(dossier: UUID, body: ForkIn, agent: Agent, services: Use) -> ForkOut:
    """What becomes of the dossier by `until` if nobody acts, or if those acts are done. Nothing is recorded."""
    seen = await open_dossier(services, agent, dossier, "fork", journal_too=True)
    return forked(seen, body, "agent")
