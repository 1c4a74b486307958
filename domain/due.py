"""What happens by itself, when, and under which text."""

from dataclasses import dataclass
from datetime import date

from domain.calendar import Instant, civil, ended_by
from domain.event import Events


@dataclass(frozen=True, slots=True, kw_only=True)
class Coming:
    """A kind of due, as whoever makes it happen declares it: whose block of the workflow settles it, its words.

    Of two at the same instant the lesser `rank` comes first, unless the plan says otherwise: what the resident's side
    makes happen is heard before the administration's silence. `unseen`: its date runs from what no clock row says.
    """

    kind: str
    step: str
    rank: int
    announced: str
    """What happens if nobody acts; the date follows."""
    label: str = ""
    """The same, in a queue."""
    unseen: bool = False
    ends_its_day: bool = False
    """It comes at the end of the last day of a delay, and bears its date."""

    def dated(self, at: Instant) -> date:
        """The civil day in Paris whose date it bears, when it comes at `at`."""
        return ended_by(at) if self.ends_its_day else civil(at)


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """At `at` (UTC), if nobody acts, `events` happen, under `article`.

    `cause` is the journal entry that it follows from; 0: the clock's, or that of the present status.
    """

    what: Coming
    at: Instant
    events: Events
    article: str
    cause: int = 0

    @property
    def kind(self) -> str:
        """The name of what happens."""
        return self.what.kind

    @property
    def dated(self) -> date:
        """The date that what happens then bears."""
        return self.what.dated(self.at)
