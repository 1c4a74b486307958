"""A fact of the clock, as an event puts it into a dossier."""

from typing import Any

from domain.calendar import civil
from domain.clock.terms import Fact, FactKind
from domain.dossier import Dossier
from domain.event import Event
from domain.states import Dated


def with_fact(dossier: Dossier, event: Event, kind: FactKind, **more: Any) -> tuple[Dated, ...]:
    """The dossier's facts, and one more of that kind on the day of `event`."""
    return (*dossier.facts, Dated(fact=Fact(on=civil(event.effective), kind=kind, **more), seq=dossier.seq))
