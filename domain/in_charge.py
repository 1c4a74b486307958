"""Who has the request in charge: the agent who examines it (CRPA L111-2)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, Literal
from uuid import UUID

from domain.actors import AGENTS
from domain.calendar import Instant
from domain.command import ANY, Command
from domain.dossier import Dossier
from domain.event import Events
from domain.refusals import not_now
from domain.request_events import Taken
from domain.sentence import N_


@dataclass(frozen=True, slots=True, kw_only=True)
class Take(Command):
    """Take the dossier in charge; the person sees by whom (CRPA L111-2)."""

    by = AGENTS
    label = N_("Prendre le dossier en charge")
    stand_ins: ClassVar[Mapping[str, Any]] = {"agent": ANY}

    agent: UUID
    agent_name: str = ""
    kind: Literal["take"] = "take"

    def happens(self, dossier: Dossier, at: Instant) -> Events:
        """From whoever had it."""
        if dossier.agent == self.agent:
            raise not_now("Vous avez déjà pris ce dossier.")
        return (Taken(effective=at, article="CRPA L111-2", agent=self.agent, agent_name=self.agent_name),)
