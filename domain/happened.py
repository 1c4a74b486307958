"""What every event and every command says of itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from domain.calendar import Instant
from domain.channels import Channel
from domain.effect import Effect
from domain.worded import N_, Sentence

if TYPE_CHECKING:
    from domain.dossier import Dossier
    from domain.plan import Plan


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What every command may say of itself."""

    effective: Instant | None = None
    channel: Channel | None = None
    evidence: str = ""
    confirmed: bool = False
    """An `effective` older than a year was looked at twice."""


THE_PERSON = N_("la personne")
THE_OFFICE = N_("le service")
THE_COUNTER = N_("le guichet")
LAW = Sentence("la loi")


@dataclass(frozen=True, slots=True, kw_only=True)
class Happened:
    """An event. The class says by whom it is and what follows it; an event, what it makes of a dossier, and in French.

    Nothing else is to be told of it: the fold, the journal's sentences, the e-mails and letters come from here.
    """

    who: ClassVar[str] = LAW
    """By whom it is when nobody is named: the law's own events say so too."""
    follows: ClassVar[tuple[Effect, ...]] = ()
    """All that may follow it outside the register, in the order to do it."""
    concludes: ClassVar[bool] = False
    """It may end an appeal: the dossier attacked is told of it."""
    agents_only: ClassVar[bool] = False
    """An internal move that agents see and residents need not."""
    effective: Instant
    article: str = ""
    channel: Channel | None = None
    evidence: str = ""

    @property
    def kind(self) -> str:
        """The name by which the journal knows it: each class has its own, as its last field."""
        raise NotImplementedError

    def upon(self, dossier: Dossier) -> Dossier:
        """The dossier after this event, its `seq` being the event's own. Total: it never refuses and never fails."""
        raise NotImplementedError

    def in_french(self, plan: Plan) -> Sentence:
        """One sentence that a citizen understands, without names of people and without the article."""
        raise NotImplementedError

    def following(self, after: Dossier) -> tuple[Effect, ...]:
        """What follows it, `after` being the dossier once it happened."""
        del after
        return self.follows


Event = Happened
Events = tuple[Happened, ...]
