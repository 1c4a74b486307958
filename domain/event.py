"""What every event says of itself, and what one that belongs to one step must know to do."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from datetime import date
from functools import cache
from typing import Annotated, Any, ClassVar, Literal, get_type_hints

from domain.act_fields import beside
from domain.calendar import Instant, civil, ended_by
from domain.channels import Channel
from domain.dossier import Dossier
from domain.effect import Effect
from domain.plan import Plan
from domain.sentence import N_, Sentence

THE_PERSON = N_("la personne")
THE_OFFICE = N_("le service")
THE_COUNTER = N_("le guichet")
LAW = Sentence("la loi")


@dataclass(frozen=True, slots=True)
class Shows:
    """What a text of an event is, as its `readers` see it; or where they find it `elsewhere`, and why.

    A text that nobody is shown was written for nothing: `tests/api/test_written.py` goes through every event.
    """

    label: str = ""
    readers: Literal["everybody", "agents"] = "everybody"
    elsewhere: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
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
    ends_its_day: ClassVar[bool] = False
    """It happens at the end of the last day of a delay, and bears its date."""
    effective: Instant
    article: Annotated[str, Shows(elsewhere="beside each entry, as its article")] = ""
    channel: Channel | None = None
    evidence: Annotated[str, Shows(N_("Preuve"))] = ""
    confirmed: bool = False
    """`effective` was more than a year old when it was written down, and looked at twice; not said in older entries."""

    @property
    def kind(self) -> str:
        """The name by which the journal knows it: each class has its own, as its last field."""
        raise NotImplementedError

    @property
    def dated(self) -> date:
        """The civil day in Paris whose date it bears."""
        return ended_by(self.effective) if self.ends_its_day else civil(self.effective)

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

    def texts(self, plan: Plan) -> Iterator[tuple[Shows, str]]:
        """What somebody wrote in it, each text with what it is."""
        del plan
        yield from ((shows, getattr(self, name)) for name, shows in self.shown().items())

    @classmethod
    def shown(cls) -> Mapping[str, Shows]:
        """The texts that say who reads them: its own first, then those of any event."""
        kind: Any = cls  # mypy takes the hash of instances for that of the class
        return _shown(kind)


@cache
def _shown(kind: type[Event]) -> Mapping[str, Shows]:
    hints = get_type_hints(kind, include_extras=True)
    said = {
        each.name: beside(hints[each.name], Shows) for each in (*fields(kind)[len(fields(Event)) :], *fields(Event))
    }
    return {name: shows for name, shows in said.items() if shows is not None}


Events = tuple[Event, ...]
