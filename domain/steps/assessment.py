"""A visit or an evaluation, with its own form."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Literal

from domain.calendar import Delay, Instant
from domain.commands import Assess, Command
from domain.events import Assessed, Events
from domain.steps.base import StepBase, not_now

if TYPE_CHECKING:
    from domain.dossier import Dossier


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessment(StepBase):
    """Done by `team` on the form named `form`; `within` of the complete file, an alert tells the team it is late."""

    kind: Literal["assessment"] = "assessment"
    team: str = ""
    form: str = ""
    within: Delay | None = None
    acts: ClassVar[frozenset[str]] = frozenset({"assess"})
    label: ClassVar[str] = "Évaluation"

    def done(self, dossier: Dossier) -> bool:
        """Once recorded."""
        return dossier.assessed is not None

    def decide(self, dossier: Dossier, command: Command, at: Instant) -> Events:
        """Record the findings; they may be recorded anew until a proposal or a decision rests on them."""
        if not isinstance(command, Assess):
            raise TypeError(command)
        if dossier.decision is not None or (dossier.proposal is not None and dossier.proposal.answer != "changes"):
            raise not_now("Une proposition ou une décision repose déjà sur cette évaluation.", article=self.article)
        return (Assessed(effective=at, article=self.article, findings=command.findings),)
