"""One date or status and what it comes from: the words of the explanation."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from domain.calendar import Instant, civil
from domain.event import Event
from domain.sentence import Sentence, Verbatim

Viewer = Literal["resident", "mediator", "agent", "system"]
About = Literal["event", "interval", "term", "status", "due"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorded:
    """A journal entry as the explanation needs it."""

    seq: int
    event: Event
    recorded_at: Instant
    actor: str = ""

    @property
    def by(self) -> str:
        """Who acted, as people read it: a name, or the service or the law when nobody did."""
        return Verbatim(self.actor) if self.actor else self.event.who


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One date or status, and its derivation: rule, article, and `seq`, the journal entry that it comes from.

    A `term` is a day that a delay leads to, a `due` what happens next if nobody acts. `until` is the end of an
    interval of the ledger, excluded; None when it is open, and for every other line. `dated`: the day whose date an
    instant bears, where it is not its own.
    """

    about: About
    key: str
    at: Instant | date
    sentence: Sentence
    rule: str
    article: str
    seq: int
    until: date | None = None
    dated: date | None = None

    @property
    def on(self) -> date:
        """The civil day in Paris whose date it bears."""
        return self.dated or (civil(self.at) if isinstance(self.at, datetime) else self.at)
