"""What happens by itself, when, and under which text."""

from dataclasses import dataclass

from domain.calendar import Instant
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
