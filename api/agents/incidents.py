"""Incidents: what the machine gave up, put before the agents of the dossier's group until one deals with it."""

from datetime import datetime
from uuid import UUID

from fastapi import Request, Response

from api.agents.desk import refuse_unless_may
from api.http import problem_types as types
from api.http.cursors import Cursor, Limit, Listed, read_one
from api.http.inputs import Out
from api.http.problems import Problem
from api.http.rooms import Room
from api.services import Services, Use
from api.sign_in.identity import Agent, AgentPerson
from domain.sentence import N_
from storage.engine.keys import Keys
from storage.engine.legal_time import legal_now
from storage.register import incidents
from storage.register.incidents import Incident
from storage.register.mailings import REFUSED

router = Room()
BY_POST = ("notice_no_address", "notice_refused", "notice_away")
AGAIN = ("letter", "notice", "email", "tell")
"""What may be done again as it is."""


class IncidentOut(Out):
    """Something to look at: the effect of entry `seq` that failed, and why (a stable code).

    `about` is what it is about, when there is something to name: the addresses that a mail server refuses.
    """

    id: UUID
    dossier: UUID
    reference: str
    procedure: str
    seq: int
    kind: str
    code: str
    about: str = ""
    opened_at: datetime

    @classmethod
    async def of(cls, found: Incident, keys: Keys) -> "IncidentOut":
        """As agents see it."""
        about = found.about(await keys.of(found.dossier)) if found.about_sealed is not None else ""
        return cls.showing(found, about=about)


@router.get("/incidents")
async def list_incidents(
    request: Request, response: Response, agent: Agent, services: Use, limit: Limit = 50, cursor: Cursor = None
) -> list[IncidentOut]:
    """The open incidents of my groups' dossiers, the oldest first."""
    return (await open_incidents(agent, services, limit, cursor)).linked(request, response)


async def open_incidents(
    agent: AgentPerson, services: Services, limit: int = 50, cursor: str | None = None
) -> Listed[IncidentOut]:
    """The same, for whoever shows them."""
    async with services.database.transaction(agent.context) as connection:
        found = await incidents.still_open(connection, limit + 1, read_one(cursor, UUID))
    after = (str(found[limit - 1].id),) if len(found) > limit else None
    return Listed([await IncidentOut.of(one, services.database.keys) for one in found[:limit]], after)


@router.post("/incidents/{incident}/close", status_code=204)
async def close_incident(incident: UUID, agent: Agent, services: Use) -> None:
    """Say that an incident was dealt with; it takes the role of who instructs."""
    await _refuse_unless_mine(incident, agent, services)
    async with services.database.transaction(agent.context) as connection:
        if not await incidents.close(connection, incident, by=agent.account, at=await legal_now(connection)):
            raise _not_found()


@router.post("/incidents/{incident}/redo", status_code=204)
async def redo_incident(incident: UUID, agent: Agent, services: Use) -> None:
    """Have what was given up done again (a letter, with its notice); it takes the role of who instructs."""
    await _refuse_unless_mine(incident, agent, services)
    async with services.database.transaction(agent.context) as connection:
        if not await incidents.redo(connection, incident, by=agent.account, at=await legal_now(connection)):
            raise Problem(
                types.NOT_FOUND, N_("Il n'y a rien à refaire ici : l'incident est clos, ou n'est pas un envoi.")
            )
    services.database.nudge()


def redoable(one: IncidentOut) -> bool:
    """Whether it may be done again as it is: not what goes by post now, nor an agent's address, said once."""
    verb = one.kind.partition(":")[0]
    over = one.code in BY_POST or (one.code == REFUSED and verb != "email")
    return verb in AGAIN and not over


async def _refuse_unless_mine(incident: UUID, agent: Agent, services: Use) -> None:
    """Of a dossier that this agent instructs. Raises Problem, Refused."""
    async with services.database.transaction(agent.context) as connection:
        dossier = await incidents.dossier_of(connection, incident)
    if dossier is None:
        raise _not_found()
    await refuse_unless_may(services, agent, dossier, "close_incident")


def _not_found() -> Problem:
    return Problem(types.NOT_FOUND, "Aucun incident ouvert de vos groupes ne porte cet identifiant.")
