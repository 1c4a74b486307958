"""The report of how a grant was used, due some months after (for associations: loi 2000-321 art. 10, Cerfa 15059)."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Annotated, ClassVar, Literal, Self
from uuid import UUID

from domain.act_fields import GIVEN, Says
from domain.actors import AGENTS, PERSONS, ActorKind
from domain.calendar import A_DAY, Delay, Instant, civil
from domain.command import NOBODY, Command
from domain.days_in_words import day_in_words
from domain.derivation import Line
from domain.dossier import Dossier
from domain.effect import Effect, Reminder, Reminding, email, reminding, tell
from domain.event import THE_PERSON, Event, Events
from domain.plan import Plan
from domain.pointers import at_pointer
from domain.refusals import Refused, not_now
from domain.sentence import N_, Sentence
from domain.states import ReportState
from domain.step import StepBase


@dataclass(frozen=True, slots=True, kw_only=True)
class GiveReport(Command):
    """Give the report of how the grant was used, as documents sent before to this dossier."""

    by = PERSONS | AGENTS
    label = N_("Donner le compte rendu")
    done = N_("Votre compte rendu est donné.")
    may_be_late = True

    documents: Annotated[tuple[UUID, ...], Says(N_("Documents"), GIVEN)]
    kind: Literal["give_report"] = "give_report"

    @classmethod
    def probe(cls, dossier: Dossier, by: ActorKind) -> Self:
        """With some document."""
        del dossier, by
        return cls(documents=(NOBODY,))


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportGiven(Event):
    """The report came."""

    who: ClassVar[str] = THE_PERSON
    follows: ClassVar[tuple[Effect, ...]] = (tell("report", "le compte rendu est reçu.", "report"),)
    documents: tuple[UUID, ...]
    kind: Literal["report_given"] = "report_given"

    def upon(self, dossier: Dossier) -> Dossier:
        """Nothing more is owed."""
        return replace(dossier, report=ReportState(seq=dossier.seq, given=self.effective, documents=self.documents))

    def in_french(self, plan: Plan) -> Sentence:
        """From the person."""
        del plan
        return Sentence("Le compte rendu est reçu.")


DUE = reminding(
    email(
        "report_due",
        N_("Rappel : un compte rendu est attendu"),
        N_("Le compte rendu de ce qui vous a été accordé est attendu dans {delay}."),
        "report",
    ),
    before=Delay(months=1),
)
LATE = reminding(tell("report_late", "le compte rendu n'est pas venu à temps.", "report"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Report(StepBase):
    """Due `within` of the date at the form's pointer `after`, or of the decision's notification where it is empty."""

    kind: Literal["report"] = "report"
    within: Delay = field(default_factory=lambda: Delay(months=6))
    after: str = ""
    decides: ClassVar[tuple[type[Command], ...]] = (GiveReport,)
    label: ClassVar[str] = "Compte rendu"
    under_way: ClassVar[bool] = True
    general_text: ClassVar[str] = "loi 2000-321 art. 10 (à confirmer)"
    follows_grant: ClassVar[bool] = True
    reminders: ClassVar[tuple[Reminding, ...]] = (DUE, LATE)

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

    def terms(self, dossier: Dossier) -> Iterator[Line]:
        """When it is due."""
        last, decision = self.due_by(dossier), dossier.decision
        if decision is None or last is None:
            return
        yield Line(
            about="term",
            key="report_by",
            at=last,
            sentence=Sentence(
                "Le compte rendu de l'aide reçue est à donner au plus tard le {day}.", day=day_in_words(last)
            ),
            rule=Sentence("délai de {delay} pour rendre compte", delay=self.within.in_words()),
            article=self.article,
            seq=decision.seq,
        )

    def due_by(self, dossier: Dossier) -> date | None:
        """Its last day, while it is due."""
        return self.last_day(dossier) if dossier.status == "granted" and not self.done(dossier) else None

    def reminded(self, dossier: Dossier) -> Iterator[Reminder]:
        """The person, before it is due; agents, the day after its last one."""
        last = self.due_by(dossier)
        if last is not None:
            seq = dossier.decision.seq if dossier.decision is not None else 1
            yield DUE.of(last, seq)
            yield LATE.of(last + A_DAY, seq)

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
