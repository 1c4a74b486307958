"""A visit or an evaluation, with its own form."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Annotated, Any, ClassVar, Literal

from domain.act_fields import Says
from domain.actors import AGENTS
from domain.calendar import Delay, Instant, civil
from domain.command import Command
from domain.deadline import Deadline
from domain.dossier import Dossier
from domain.effect import Reminder, Reminding, reminding, tell
from domain.event import THE_OFFICE, Event, Events
from domain.plan import Plan
from domain.refusals import not_now
from domain.sentence import N_, Sentence
from domain.step import StepBase

STEP = "assessment"
ASSESS = reminding(tell("assess", "le dossier est complet : l'évaluation peut avoir lieu.", STEP))
LATE = reminding(
    tell("assessment_late", "l'évaluation doit être enregistrée dans {delay}.", STEP), before=Delay(days=7)
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessed(Event):
    """A visit or an evaluation was recorded; `findings` follows the step's own form."""

    who: ClassVar[str] = THE_OFFICE
    findings: Mapping[str, Any]
    kind: Literal["assessed"] = "assessed"

    def upon(self, dossier: Dossier) -> Dossier:
        """A proposal or a decision may rest on it."""
        return replace(dossier, assessed=self.effective, findings=self.findings)

    def in_french(self, plan: Plan) -> Sentence:
        """That it is done."""
        del plan
        return Sentence("L'évaluation est faite.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Assess(Command):
    """Record the assessment; `findings` follow the step's own form."""

    by = AGENTS
    label = N_("Enregistrer l'évaluation")
    ordered = True

    findings: Annotated[Mapping[str, Any], Says()]
    kind: Literal["assess"] = "assess"


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessment(StepBase):
    """Done by `team` on the form named `form`; `within` of the complete file, an alert tells the team it is late."""

    kind: Literal["assessment"] = "assessment"
    team: str = ""
    form: str = ""
    within: Delay | None = None
    decides: ClassVar[tuple[type[Command], ...]] = (Assess,)
    label: ClassVar[str] = "Évaluation"
    awaited: ClassVar[str] = N_("évaluation attendue")
    by_state: ClassVar[bool] = True
    reminders: ClassVar[tuple[Reminding, ...]] = (ASSESS, LATE)

    def done(self, dossier: Dossier) -> bool:
        """Once recorded."""
        return dossier.assessed is not None

    def deadlines(self, dossier: Dossier) -> Iterator[Deadline]:
        """From the complete file."""
        complete = dossier.complete_since()
        if self.within is not None and complete is not None:
            last, kept = self.within.last_day(civil(complete)), dossier.assessed is not None
            yield Deadline(what=self.awaited, last=last, article=self.article, cause=1, kept=kept)

    def reminded(self, dossier: Dossier) -> Iterator[Reminder]:
        """The team, as soon as the file is complete, then before its time is over."""
        complete = dossier.complete_since()
        if complete is None or dossier.assessed:
            return
        yield ASSESS.at(complete, 1)
        if self.within is not None:
            yield LATE.of(self.within.last_day(civil(complete)), 1)

    def decide(self, dossier: Dossier, command: Command, at: Instant) -> Events:
        """Record the findings; they may be recorded anew until a proposal or a decision rests on them."""
        if not isinstance(command, Assess):
            raise TypeError(command)
        if dossier.decision is not None or (dossier.proposal is not None and dossier.proposal.answer != "changes"):
            raise not_now("Une proposition ou une décision repose déjà sur cette évaluation.", article=self.article)
        return (Assessed(effective=at, article=self.article, findings=command.findings),)
