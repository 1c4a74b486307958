"""A fact of the clock, as an event puts it into a dossier."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from domain.calendar import civil
from domain.clock.terms import Fact, FactKind

if TYPE_CHECKING:
    from domain.dossier import Dossier
    from domain.happened import Happened


@dataclass(frozen=True, slots=True, kw_only=True)
class Dated:
    """A fact of the clock and the journal entry it comes from."""

    fact: Fact
    seq: int


def with_fact(dossier: Dossier, event: Happened, kind: FactKind, **more: Any) -> tuple[Dated, ...]:
    """The dossier's facts, and one more of that kind on the day of `event`."""
    return (*dossier.facts, Dated(fact=Fact(on=civil(event.effective), kind=kind, **more), seq=dossier.seq))
