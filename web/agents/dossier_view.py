"""A request as every agents' page under it knows it: read once, its acts, why each date, and its place in its queue."""

from dataclasses import dataclass
from typing import Annotated
from uuid import UUID

from fastapi import Depends, Query

from api.agents.desk import open_dossier, role_in
from api.agents.dossiers import AgentDossierOut, shown_to_agent
from api.agents.queue_pages import neighbours
from api.services import Services, Use
from api.shown.dossier import ActOut
from api.shown.journal import shown_explanation
from api.sign_in.identity import AgentPerson
from domain.admissibility import admitted_late
from domain.dossier import Dossier
from domain.permissions import may
from domain.sentence import N_
from storage.register.reading import Seen
from web.agents.act_fields import EVERY
from web.agents.filters import Asked, Filters
from web.residents.why import Why
from web.sign_in.identity import Agent
from web.site.page import At, Here

TABS = {
    "": N_("Situation"),
    "/formulaire": N_("Formulaire"),
    "/pieces": N_("Pièces"),
    "/horloge": N_("Horloge"),
    "/journal": N_("Journal"),
    "/messages": N_("Messages"),
    "/lettres": N_("Lettres"),
    "/avenir": N_("Avenir"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class DossierView:
    """A request on an agent's screen. `query` is the queue one came from, carried by every link."""

    here: Here
    seen: Seen
    shown: AgentDossierOut
    why: Why
    role: str | None
    query: dict[str, str]
    previous: UUID | None = None
    following: UUID | None = None

    @property
    def dossier(self) -> Dossier:
        """The dossier itself, for what the API's other functions make of it."""
        return self.seen.dossier

    @property
    def tabs(self) -> dict[str, str]:
        """The pages of a request, by where they are under it."""
        return TABS

    def url(self, under: str = "", **more: object) -> str:
        """A page of this request."""
        return self.here.url(f"/agents/dossiers/{self.shown.id}{under}", **{**self.query, **more})

    def beside(self, dossier: UUID) -> str:
        """Another request of the same queue."""
        return self.here.url(f"/agents/dossiers/{dossier}", **self.query)

    @property
    def queue(self) -> str:
        """The queue one came from, as it was filtered; my queues when one came from none."""
        rest = {name: value for name, value in self.query.items() if name != "file"}
        return self.here.url(f"/agents/files/{self.query['file']}", **rest) if self.query else self.here.url("/agents/")

    def act(self, name: str) -> ActOut | None:
        """An act of agents by its name."""
        return next((one for one in self.shown.acts if one.act == name), None)

    def may_be_late(self, act: str) -> bool:
        """Whether it is admitted no more, but would be if it had happened before and is only entered now."""
        if not (self.may(act) and act in EVERY and EVERY[act].late):
            return False
        moments = {each.event.effective for each in self.seen.entries}
        return admitted_late(self.dossier, act, "agent", moments, self.seen.at)

    def may(self, act: str) -> bool:
        """Whether this agent's role is enough for it."""
        return may(self.role, act)


@dataclass(frozen=True, slots=True)
class Opener:
    """Opens a request for a page, leaving the trace that the resident sees."""

    here: Here
    agent: AgentPerson
    services: Services
    group: str
    asked: Filters

    async def __call__(self, dossier: UUID, what: str = "dossier") -> DossierView:
        """The request, with its neighbours in the queue one came from. Raises NotFound, Purged, Problem."""
        seen = await open_dossier(self.services, self.agent, dossier, what, journal_too=True)
        query = self.asked.but(file=self.group) if self.group else {}
        previous, following = await self._around(dossier)
        page = self.here.url(f"/agents/dossiers/{dossier}/pourquoi", **query)
        return DossierView(
            here=self.here,
            seen=seen,
            shown=shown_to_agent(seen),
            why=Why.of(page, shown_explanation(seen.entries, seen.dossier, "agent")),
            role=await role_in(self.services, self.agent, dossier),
            query=query,
            previous=previous,
            following=following,
        )

    async def _around(self, dossier: UUID) -> tuple[UUID | None, UUID | None]:
        wanted = self.asked.wanted()
        if not self.group or wanted is None:
            return None, None
        return await neighbours(self.group, wanted, dossier, self.agent, self.services)


async def opener_of(
    here: At, agent: Agent, services: Use, asked: Asked, group: Annotated[str, Query(alias="file", max_length=100)] = ""
) -> Opener:
    """How a page opens its request."""
    known = group if group in agent.groups else ""
    return Opener(here, agent, services, known, asked)


Open = Annotated[Opener, Depends(opener_of)]
