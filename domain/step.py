"""What every step of a plan can say of itself."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar, cast

from domain.calendar import Instant
from domain.command import Command
from domain.deadline import Deadline
from domain.derivation import Line
from domain.dossier import Dossier
from domain.due import Coming, Due
from domain.effect import Reminder, Reminding
from domain.event import Events
from domain.plan import Plan, Step
from domain.sentence import Sentence


@dataclass(frozen=True, slots=True, kw_only=True)
class StepBase(Step):
    """A step: the acts it owns, when it is done, what it waits for."""

    decides: ClassVar[tuple[type[Command], ...]] = ()
    reminders: ClassVar[tuple[Reminding, ...]] = ()
    """Every reminder that it may send."""
    comes: ClassVar[tuple[Coming, ...]] = ()
    """Every kind of due that it may have."""
    awaited: ClassVar[str] = ""
    """What a queue says that the office is awaited for while a dossier stands at this step."""
    by_state: ClassVar[bool] = False
    """Whether it is done is read from the state alone, whatever its parameters."""
    under_way: ClassVar[bool] = False
    """Whether a dossier may be in the middle of it, as no clock row says."""

    @property
    def acts(self) -> frozenset[str]:
        """The acts that it decides, by their names."""
        return frozenset(each.act() for each in self.decides)

    @property
    def outlives_answer(self) -> bool:
        """Whether it may wait for something once the request is answered: no other does."""
        return self.follows_grant

    def done(self, dossier: Dossier) -> bool:
        """Whether the next step may begin."""
        raise NotImplementedError

    def spared(self, dossier: Dossier) -> bool:
        """Whether examination does without it so far: nothing of it was asked for."""
        del dossier
        return False

    def decide(self, dossier: Dossier, command: Command, at: Instant) -> Events:
        """The events that `command` makes at `at`. Raises Refused."""
        raise NotImplementedError

    def dues(self, dossier: Dossier) -> tuple[Due, ...]:
        """What this step makes happen by itself if nobody acts."""
        del dossier
        return ()

    def deadlines(self, dossier: Dossier) -> Iterable[Deadline]:
        """What the office is awaited for at this step, and until when, kept or not."""
        del dossier
        return ()

    def terms(self, dossier: Dossier) -> Iterable[Line]:
        """Until when the person has to do something, explained."""
        del dossier
        return ()

    def terms_of_office(self, dossier: Dossier) -> Iterable[Line]:
        """Until when agents have, explained to them alone."""
        del dossier
        return ()

    def lost(self, dossier: Dossier, target: Plan) -> str:
        """Why a dossier may not follow `target`, which would lose what is under way at this step; empty otherwise."""
        kinds = {step.kind for step in target.steps}
        if self.follows_grant and self.kind not in kinds and dossier.status == "granted" and not self.done(dossier):
            return Sentence("L'étape « {step} » est encore due, et la version visée ne l'a pas.", step=self.label)
        return ""

    def reminded(self, dossier: Dossier) -> Iterable[Reminder]:
        """Who must be reminded of what, as things stand."""
        del dossier
        return ()


def steps_of(plan: Plan) -> tuple[StepBase, ...]:
    """Its steps, as they act: no plan has any of another kind."""
    return cast("tuple[StepBase, ...]", plan.steps)
