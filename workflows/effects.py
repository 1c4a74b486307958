"""What workflows ask of the world: the activities' names, what each takes and what it gives.

Only ids, codes and seconds travel: a history tells nothing of anybody. `workers/activities/` does what is named here.
Every message only ever gains fields with defaults, because a history made a year ago is replayed today.
"""

from dataclasses import dataclass, field
from typing import Generic, Literal, TypeVar

Takes = TypeVar("Takes")
Gives = TypeVar("Gives")
What = Literal["effect", "reminder", "settle"]
WRITES = ("email", "tell", "incident")


@dataclass(frozen=True, slots=True)
class Does(Generic[Takes, Gives]):
    """An activity as workflows know it: its name, and the types of its one argument and of its answer."""

    name: str
    takes: type[Takes]
    gives: type[Gives]


@dataclass(frozen=True, slots=True)
class Dossier:
    """The one input of a dossier's workflow; `id` is the dossier's UUID."""

    id: str
    v: int = 1


@dataclass(frozen=True, slots=True)
class Thing:
    """One thing to carry: an effect of journal entry `seq`, a reminder of it, or something due to settle.

    `kind` is `<verb>:<what>` for the first two and the due's kind for the last; `step` says whose it is.
    """

    what: What
    step: str
    kind: str
    seq: int = 0

    @property
    def verb(self) -> str:
        """What is to be done: the first word of its kind."""
        return self.kind.partition(":")[0]

    @property
    def writes(self) -> bool:
        """Whether it is an e-mail, which waits for somebody else's server: nothing else waits for it."""
        return self.verb in WRITES


@dataclass(frozen=True, slots=True)
class Agenda:
    """What PostgreSQL says comes next, in order, for the dossier at version `seq` of its journal.

    `wait` is how many seconds from now, on the legal clock, the next one after `things` becomes due, and None when
    nothing lies ahead.
    """

    seq: int = 0
    things: list[Thing] = field(default_factory=list)
    wait: float | None = None

    @property
    def over(self) -> bool:
        """Nothing is pending and nothing lies ahead."""
        return not self.things and self.wait is None


@dataclass(frozen=True, slots=True)
class Task:
    """One thing of one dossier, as the activity that does it receives it."""

    dossier: str
    thing: Thing


@dataclass(frozen=True, slots=True)
class Trouble:
    """An effect that was given up: `code` says why, in a word that names nobody."""

    task: Task
    code: str


@dataclass(frozen=True, slots=True)
class NoticeOf:
    """The letter of journal entry `seq`, to be brought to the person."""

    dossier: str
    seq: int
    kind: str
    v: int = 1


@dataclass(frozen=True, slots=True)
class Wait:
    """Where something stands (`state`, a code), what to do now (`act`, may be empty), seconds until the next look."""

    state: str
    act: str = ""
    seconds: float | None = None


@dataclass(frozen=True, slots=True)
class Named:
    """The id of a delivery, of a mandate, of a campaign: the one input of its workflow."""

    id: str
    v: int = 1


@dataclass(frozen=True, slots=True)
class Watched:
    """A mandate, and whether the warning of its end has been sent."""

    id: str
    warned: bool = False


@dataclass(frozen=True, slots=True)
class CampaignMoment:
    """A campaign, and which of its moments agents are told of: opened, closed, vote_soon, voted."""

    id: str
    moment: str


WHAT_NEXT = Does("what_next", Dossier, Agenda)
STEPS_OF_PLAN = Does("steps_of_plan", Dossier, list)
SETTLE = Does("settle", Task, str)
ISSUE_LETTER = Does("issue_letter", Task, str)
SEND_EMAIL = Does("send_email", Task, str)
TELL_AGENTS = Does("tell_agents", Task, str)
REPORT_INCIDENT = Does("report_incident", Task, str)
ANNOUNCE_MOVE = Does("announce_move", Task, str)
TELL_ATTACKED = Does("tell_attacked", Task, str)
HAND_OVER = Does("hand_over", Task, str)
PUBLISH_GRANT = Does("publish_grant", Task, str)
GIVE_UP = Does("give_up", Trouble, str)
DELIVER_NOTICE = Does("deliver_notice", NoticeOf, str)
SEND_NOTICE_EMAIL = Does("send_notice_email", NoticeOf, str)
WATCH_NOTICE = Does("watch_notice", NoticeOf, Wait)
DELIVER_WEBHOOK = Does("deliver_webhook", Named, str)
GIVE_UP_WEBHOOK = Does("give_up_webhook", Named, str)
WATCH_MANDATE = Does("watch_mandate", Watched, Wait)
TELL_OF_MANDATE = Does("tell_of_mandate", Named, str)
GIVE_UP_TELLING = Does("give_up_telling_of_mandate", Named, str)
WARN_MANDATE = Does("warn_mandate", Named, str)
WATCH_CAMPAIGN = Does("watch_campaign", Named, Wait)
TELL_OF_CAMPAIGN = Does("tell_of_campaign", CampaignMoment, str)
SCAN_DOCUMENT = Does("scan_document", Named, str)
