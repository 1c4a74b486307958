"""The cases that tell something, played in legal time on one counter, and shown to each of its audiences."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from uuid import UUID, uuid4

from catalogue.cases import Case, planned
from catalogue.loader import catalogue
from domain.act_description import instant
from domain.actors import WORKER, Actor
from domain.calendar import Instant, civil
from domain.command import Command
from domain.commands import WHO
from domain.effects import notified_by
from domain.filing import File
from domain.messages import SendMessage
from domain.plan import Plan
from domain.refusals import Refused
from domain.steps.notice import MakeNoticeAvailable
from storage.engine import legal_time
from storage.engine.database import WORKING, Database
from storage.register import filing
from storage.register.door import Recorded, record
from tests.api.case_player import begin_time
from tests.api.counter import Counter, SignedIn
from tests.api.telling import telling_cases
from tests.long import LONG

AGENT = Actor(kind="agent", id=UUID(int=7), name="Anne Agent")
A_YEAR = timedelta(days=360)
GROUP = "tous"


@dataclass(slots=True)
class Played:
    """A case under way: its dossier, the mandate under which it was filed, and until when that mandate lives."""

    plan: Plan
    case: Case
    dossier: UUID = field(default_factory=uuid4)
    mandate: str = ""
    mandate_ends: Instant | None = None
    reference: str = ""
    filed_on: date = date.max


@dataclass(frozen=True, slots=True)
class Moment:
    """An instant of a case: what is done (None: it is only looked at) or refused, and whether it is the last."""

    at: Instant
    played: Played
    command: Command | None
    refused: bool
    last: bool


@dataclass(frozen=True, slots=True)
class Looked:
    """A dossier at a moment: what was recorded just before, if anything, and whom to ask."""

    moment: Moment
    recorded: Recorded | None
    people: tuple[tuple[str, SignedIn, str], ...]
    """Audience, who asks, and the path of their own space before `dossiers/…`."""
    thorough: frozenset[str]
    """The audiences that read by every route now, lists included; the others read the dossier."""


def moments() -> list[Moment]:
    """The acts of the cases and the instants at which something is expected, in the order of legal time."""
    played = [Played(catalogue().plan(slug), case) for slug, case in telling_cases()]
    return sorted((moment for one in played for moment in _of(one)), key=lambda moment: moment.at)


def _of(played: Played) -> Iterator[Moment]:
    filed, *then = planned(played.plan, played.case)
    acts: list[tuple[Instant, Command | None, bool]] = [(filed.at, filed.command, False)]
    acts += [(one.at, one.command, bool(act.refused)) for one, act in zip(then, played.case.acts, strict=True)]
    acts.append((filed.at + timedelta(minutes=1), SendMessage(sender="resident", text="Bonjour"), False))
    acts += [(instant(one.on), None, False) for one in played.case.expect]
    acts.sort(key=lambda act: act[0])
    for n, (at, command, refused) in enumerate(acts):
        yield Moment(at, played, command, refused, last=n == len(acts) - 1)


@dataclass(slots=True)
class Player:
    """Plays the moments on a counter whose legal clock it moves."""

    counter: Counter
    database: Database
    resident: SignedIn
    mediator: SignedIn
    organisation: UUID
    agent: SignedIn
    system: SignedIn

    @classmethod
    async def ready(cls, counter: Counter, database: Database) -> Player:
        """Everybody signed in."""
        slugs = tuple(catalogue().slugs())
        mediator, organisation = await counter.mediator()
        return cls(
            counter=counter,
            database=database,
            resident=await counter.resident(),
            mediator=mediator,
            organisation=organisation,
            agent=await counter.agent(GROUP, procedures=slugs),
            system=await counter.system("*:read", "*:deposit"),
        )

    async def play(self) -> AsyncIterator[Looked]:
        """Each moment, once it has happened."""
        every = moments()
        await begin_time(self.counter.owner, every[0].at)
        looked: list[Recorded | None] = []
        for moment in every:
            await legal_time.move_clock(self.database, moment.at, fixed=True, signal=False)
            before = len(looked)
            async for recorded in self._done(moment):
                looked.append(recorded)
                yield self._looked(moment, recorded, len(looked))
            if len(looked) == before:
                looked.append(None)
                yield self._looked(moment, None, len(looked))

    async def _done(self, moment: Moment) -> AsyncIterator[Recorded]:
        if moment.command is None:
            return
        if isinstance(moment.command, File):
            yield await self._filed(moment, moment.command)
            return
        try:
            done = await self._record(moment.played.dossier, moment.command)
        except Refused:
            if moment.refused:
                return
            raise
        yield done
        last = done.events[-1] if done.events else None
        of = notified_by(last) if done.dossier.electronic_notice and last is not None else None
        if of is not None:
            yield await self._record(moment.played.dossier, MakeNoticeAvailable(of=of, target=done.version))

    async def _filed(self, moment: Moment, command: File) -> Recorded:
        played = moment.played
        late = command.effective is not None
        actor = AGENT if late else Actor(kind="resident", id=self.resident.account, name="Anna Le Goff")
        owner = filing.Owner(resident=self.resident.account)
        if "mediator" in played.plan.who:
            owner = await self._mandated(moment)
        recorded = await filing.deposit(
            self.database, WORKING, played.dossier, command, actor, plan=played.plan, owner=owner
        )
        played.reference, played.filed_on = recorded.reference, civil(moment.at)
        return recorded

    async def _mandated(self, moment: Moment) -> filing.Owner:
        """The person's dossier, under a mandate of their own."""
        played = moment.played
        mandate = await self.mediator.post(
            "mandates",
            json={
                "resident_name": "Anna Le Goff",
                "resident_email": self.resident.email,
                "procedures": [played.plan.procedure],
                "duration": "year",
                "consent": "signed_on_site",
                "consented_at": moment.at.isoformat(),
            },
        )
        assert mandate.status_code == 201, mandate.text
        played.mandate, played.mandate_ends = mandate.json()["id"], moment.at + A_YEAR
        return filing.Owner(
            resident=self.resident.account, organisation=self.organisation, mandate=UUID(played.mandate)
        )

    async def _record(self, dossier: UUID, command: Command) -> Recorded:
        may = WHO[command.kind]
        person = Actor(kind="resident", id=self.resident.account, name="Anna Le Goff")
        theirs = getattr(command, "party", "beneficiary") == "beneficiary"
        by_the_person = "resident" in may and command.effective is None and theirs
        actor = person if by_the_person else AGENT if "agent" in may else WORKER
        return await record(self.database, dossier, command, actor, version=None, command_id=uuid4())

    def _looked(self, moment: Moment, recorded: Recorded | None, number: int) -> Looked:
        """Everybody when a case begins, has an answer to give and ends, one of them thoroughly; between, each in turn.

        In `make test-long`, everybody always, and thoroughly at the end.
        """
        people = [("agents", self.agent, ""), ("residents", self.resident, ""), ("systems", self.system, "")]
        if moment.played.mandate_ends is not None and moment.at < moment.played.mandate_ends:
            people.append(("mediators", self.mediator, f"mandates/{moment.played.mandate}/"))
        one = people[number % len(people)]
        asks = recorded is not None and any(event.kind == "proposal_received" for event in recorded.events)
        everybody = LONG or moment.last or asks or isinstance(moment.command, File)
        thorough = {audience for audience, *_ in people} if LONG else {one[0]}
        return Looked(
            moment, recorded, tuple(people) if everybody else (one,), frozenset(thorough if moment.last else ())
        )
