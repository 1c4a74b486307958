"""JSON of what is stored: plans, events, states. What an older version wrote is read with today's defaults."""

from pydantic import TypeAdapter

from domain.dossier import Dossier
from domain.event import Event
from domain.events import AnyEvent
from domain.plan import Plan, plans

PLAN: TypeAdapter[Plan] = plans()
EVENT: TypeAdapter[Event] = TypeAdapter(AnyEvent)
DOSSIER: TypeAdapter[Dossier] = TypeAdapter(Dossier)
