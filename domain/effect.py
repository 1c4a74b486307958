"""What follows an event outside the register, as the event or the step that calls for it declares it: with its words.

Names and words only: `workers/activities` does them, and fills the places `{delay}` (how long before the day that a
reminder is about) and `{deemed_after}` (after how long an unread notice is deemed given).
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from domain.calendar import Delay, Instant, add_months, midnight
from domain.dossier import Dossier

ALWAYS = "always"
"""The block of what belongs to no step of the plan."""
Stands = Callable[["Dossier", int], bool]


def _still(dossier: Dossier, seq: int) -> bool:
    """What happened is told, whatever came since."""
    del dossier, seq
    return True


@dataclass(frozen=True, slots=True, kw_only=True)
class Effect:
    """`kind` is `<verb>:<what>`; `step` is the kind of the step whose block carries it, or `always`.

    `title` is that of a letter, or the subject of an e-mail; `text`, what the e-mail says to the person, or to agents.
    `binding`: a letter that is an act, kept locked. `stands` says whether that of an entry still makes sense now.
    """

    kind: str
    step: str = ALWAYS
    title: str = ""
    text: str = ""
    binding: bool = False
    stands: Stands = field(default=_still, compare=False, repr=False)

    @property
    def verb(self) -> str:
        """What is done: `letter`, `email`, `notice`, `tell`, `incident`, or a word of its own."""
        return self.kind.partition(":")[0]

    @property
    def what(self) -> str:
        """The name that it bears among those of its verb."""
        return self.kind.partition(":")[2]

    def while_(self, stands: Stands) -> "Effect":
        """The same, for as long as that is true."""
        return replace(self, stands=stands)


def letter(what: str, title: str, step: str = ALWAYS, *, binding: bool = False) -> Effect:
    """A letter, made from the Markdown of that name."""
    return Effect(kind=f"letter:{what}", step=step, title=title, binding=binding)


def email(what: str, subject: str, text: str, step: str = ALWAYS) -> Effect:
    """An e-mail to the person, which never says what the matter is."""
    return Effect(kind=f"email:{what}", step=step, title=subject, text=text)


def notice(what: str, subject: str, text: str) -> Effect:
    """A registered electronic notice of the letter of that name; posted where the person did not agree to any."""
    return Effect(kind=f"notice:{what}", step="notice", title=subject, text=text)


def tell(what: str, text: str, step: str = ALWAYS) -> Effect:
    """A word to the agents of the dossier, in French."""
    return Effect(kind=f"tell:{what}", step=step, text=text)


def incident(what: str, text: str, step: str = ALWAYS) -> Effect:
    """What only an agent can mend."""
    return Effect(kind=f"incident:{what}", step=step, text=text)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reminder:
    """To be sent at `at` (UTC) unless it has become pointless; `seq` is the entry that it reminds of."""

    kind: str
    step: str
    at: Instant
    seq: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Reminding(Effect):
    """A reminder, as a step declares it: how long `before` the last day that it is about. Its words say so."""

    before: Delay | None = None

    def of(self, last: date, seq: int) -> Reminder:
        """That of the last day of what entry `seq` began."""
        back = self.before
        day = add_months(last, -back.months) - timedelta(days=back.days) if back is not None else last
        return self.at(midnight(day), seq)

    def at(self, at: Instant, seq: int) -> Reminder:
        """That of entry `seq`, at that instant."""
        return Reminder(kind=self.kind, step=self.step, at=at, seq=seq)


def reminding(said: Effect, *, before: Delay | None = None) -> Reminding:
    """That e-mail or word as a reminder."""
    return Reminding(kind=said.kind, step=said.step, title=said.title, text=said.text, before=before)
