"""The report of how a grant was used, due some months after (for associations: loi 2000-321 art. 10, Cerfa 15059)."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING, ClassVar, Literal
from uuid import UUID

from domain.calendar import Delay, Instant, civil
from domain.happened import Asked, OfStep
from domain.pointers import at_pointer
from domain.refusals import Refused
from domain.steps.base import StepBase, not_now
from domain.worded import Sentence

if TYPE_CHECKING:
    from domain.commands import Command
    from domain.dossier import Dossier
    from domain.events import Events
    from domain.plan import Plan


@dataclass(frozen=True, slots=True, kw_only=True)
class GiveReport(Asked):
    """Give the report, as documents uploaded before."""

    documents: tuple[UUID, ...]
    kind: Literal["give_report"] = "give_report"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportState:
    """When the report came, and its documents."""

    seq: int
    given: Instant
    documents: tuple[UUID, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportGiven(OfStep):
    """The report came."""

    documents: tuple[UUID, ...]
    kind: Literal["report_given"] = "report_given"

    def upon(self, dossier: Dossier) -> Dossier:
        """Nothing more is owed."""
        return replace(dossier, report=ReportState(seq=dossier.seq, given=self.effective, documents=self.documents))

    def in_french(self, plan: Plan) -> Sentence:
        """From the person."""
        del plan
        return Sentence("Le compte rendu est reçu.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Report(StepBase):
    """Due `within` of the date at the form's pointer `after`, or of the decision's notification where it is empty."""

    kind: Literal["report"] = "report"
    within: Delay = field(default_factory=lambda: Delay(months=6))
    after: str = ""
    acts: ClassVar[frozenset[str]] = frozenset({"give_report"})
    label: ClassVar[str] = "Compte rendu"
    general_text: ClassVar[str] = "loi 2000-321 art. 10 (à confirmer)"
    follows_grant: ClassVar[bool] = True

    def done(self, dossier: Dossier) -> bool:
        """Once given."""
        return dossier.report is not None

    def last_day(self, dossier: Dossier) -> date | None:
        """The last day for it (a day off moves it); None before the decision is notified."""
        notified = dossier.decision.notified if dossier.decision is not None else None
        if notified is None:
            return None
        said = at_pointer(dossier.form, self.after) if self.after else None
        start = date.fromisoformat(said) if isinstance(said, str) else civil(notified)
        return self.within.for_a_resident(start)

    def decide(self, dossier: Dossier, command: Command, at: Instant) -> Events:
        """Give it, once."""
        if not isinstance(command, GiveReport):
            raise TypeError(command)
        if self.last_day(dossier) is None:
            raise not_now("La décision n'est pas encore notifiée.", article=self.article)
        if dossier.report is not None:
            raise not_now("Le compte rendu est déjà reçu.", article=self.article)
        if not command.documents:
            raise Refused("no_document", "Aucun document n'est joint.", what_to_do="Envoyez d'abord le document.")
        given = ReportGiven(
            effective=command.effective or at,
            article=self.article,
            documents=command.documents,
            channel=command.channel,
            evidence=command.evidence,
        )
        return (given,)
