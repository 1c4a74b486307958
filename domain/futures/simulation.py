"""A story told in advance: acts at their instants, what the law makes of them, and what happens if nobody acts.

The same kernel as the register's, without a register: nothing is written anywhere.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from domain.calendar import Instant, civil
from domain.command import Command
from domain.dossier import Dossier
from domain.effects import notified_by
from domain.event import Event, Events
from domain.evolve import evolve
from domain.kernel import act, next_due
from domain.plan import Plan
from domain.refusals import Refused
from domain.sentence import N_
from domain.silence import Settle
from domain.steps.notice import MakeNoticeAvailable

# Nobody waits longer than this for what a plan makes happen by itself.
HORIZON = timedelta(days=366 * 10)

Basis = Literal["journal", "settled", "imagined"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """An act to come: when (UTC), and what."""

    at: Instant
    command: Command


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One line of a story: when, who, what happened (or was refused), under which article; `seq` in the journal.

    `basis`: written in the journal, made by the law but not written yet (`settled`), or imagined. `minimal` says what
    was made up for an act that did not give it. `dated`: the civil day whose date it bears.
    """

    at: Instant
    kind: str
    who: str
    sentence: str
    article: str
    status: str
    seq: int
    refused: bool = False
    agents_only: bool = False
    basis: Basis = "imagined"
    minimal: str = ""
    dated: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """The lines in the order in which they were known, the last state, and the journal."""

    lines: tuple[Told, ...]
    dossier: Dossier
    events: Events


def tell(plan: Plan, acts: Iterable[Planned], until: Instant | None = None, start: Dossier | None = None) -> Story:
    """Apply `acts` in the order of their instants, then let the law act alone until `until`, or until nothing is due.

    A refused act is told as such and changes nothing. `start` is the state to begin from, a new dossier without it.
    """
    teller = Teller(start or Dossier(plan=plan))
    for planned in sorted(acts, key=lambda each: each.at):
        if until is None or planned.at <= until:
            teller.apply(planned.command, planned.at)
    teller.wait(until)
    return teller.story()


class Teller:
    """Tells a story line after line, from a dossier."""

    def __init__(self, dossier: Dossier) -> None:
        self.dossier = dossier
        self.lines: list[Told] = []
        self.events: list[Event] = []

    def story(self) -> Story:
        """What was told so far."""
        return Story(lines=tuple(self.lines), dossier=self.dossier, events=tuple(self.events))

    def apply(self, command: Command, at: Instant, minimal: str = "") -> None:
        """One act; the counter then makes what was written available, as the worker does."""
        self.settle(at)
        try:
            after, events = act(self.dossier, command, at)
        except Refused as refused:
            self.refuse(command.kind, refused, at, minimal)
            return
        self.note(events, minimal=minimal)
        of = notified_by(events[-1]) if after.electronic_notice and events else None
        if of is not None:
            self.note(act(self.dossier, MakeNoticeAvailable(of=of, target=after.seq), at)[1])

    def wait(self, until: Instant | None) -> None:
        """Nobody acts any more."""
        if until is not None:
            self.settle(until)
            return
        last = self.dossier.filed
        while last is not None and (due := next_due(self.dossier)) is not None and due.at < last + HORIZON:
            self.settle(due.at)

    def settle(self, at: Instant) -> None:
        """What the law makes happen by itself up to `at`."""
        if self.dossier.filed is not None:
            self.note(act(self.dossier, Settle(), at)[1])

    def note(self, events: Sequence[Event], *, basis: Basis = "imagined", who: str = "", minimal: str = "") -> None:
        """These events happened, because of one act; `who` did it, when that is known better than by its kind."""
        for rank, event in enumerate(events):
            self.dossier = evolve(self.dossier, event)
            self.events.append(event)
            self.lines.append(
                Told(
                    at=event.effective,
                    kind=event.kind,
                    who=who or event.who,
                    sentence=event.in_french(self.dossier.plan),
                    article=event.article,
                    status=self.dossier.status,
                    seq=self.dossier.seq,
                    agents_only=event.agents_only,
                    basis=basis,
                    minimal="" if rank else minimal,
                    dated=event.dated,
                )
            )

    def refuse(self, act: str, refused: Refused, at: Instant, minimal: str = "") -> None:
        """That act is refused: told, and nothing changes."""
        self.lines.append(
            Told(
                at=at,
                kind=act,
                who=N_("refusé"),
                sentence=refused.sentence,
                article=refused.article,
                status=self.dossier.status,
                seq=self.dossier.seq,
                refused=True,
                minimal=minimal,
                dated=civil(at),
            )
        )
