"""An opinion: a person or a committee is consulted, and after its days is deemed to have given it."""

from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Annotated, ClassVar, Literal

from domain.act_fields import LONG, Says
from domain.actors import AGENTS
from domain.blank import is_blank
from domain.calendar import Delay, Instant, civil, midnight
from domain.command import Command
from domain.dossier import Dossier
from domain.due import Coming, Due
from domain.effect import Effect, tell
from domain.event import THE_OFFICE, Event, Events, Shows
from domain.plan import Plan
from domain.refusals import Refused, not_now
from domain.sentence import N_, Sentence, Verbatim
from domain.states import OpinionState, View
from domain.step import StepBase

SENSES = {"favourable": N_("Favorable"), "reserved": N_("Réservé"), "unfavourable": N_("Défavorable")}
VIEWS = {
    "favourable": N_("Avis favorable : {by}."),
    "reserved": N_("Avis favorable avec réserves : {by}."),
    "unfavourable": N_("Avis défavorable : {by}."),
}


ASKED = tell("opinion_asked", "un avis est demandé.", "opinion")
GIVEN = tell("opinion_given", "l'avis est rendu, ou réputé rendu.", "opinion")


@dataclass(frozen=True, slots=True, kw_only=True)
class AskOpinion(Command):
    """Consult the person or the committee whose opinion the plan asks for."""

    by = AGENTS
    label = N_("Demander un avis")
    ordered = True

    kind: Literal["ask_opinion"] = "ask_opinion"


@dataclass(frozen=True, slots=True, kw_only=True)
class GiveOpinion(Command):
    """Record what the body said, and why; one deemed given may still come, and changes no date."""

    by = AGENTS
    label = N_("Enregistrer un avis")

    view: Annotated[View, Says(N_("Sens de l'avis"), choices=SENSES)]
    text: Annotated[str, Says(N_("Ce que dit l'avis"), most=LONG)] = ""
    kind: Literal["give_opinion"] = "give_opinion"


@dataclass(frozen=True, slots=True, kw_only=True)
class OpinionAsked(Event):
    """The body was consulted: its time runs."""

    who: ClassVar[str] = THE_OFFICE
    follows: ClassVar[tuple[Effect, ...]] = (ASKED,)
    by: str
    kind: Literal["opinion_asked"] = "opinion_asked"

    def upon(self, dossier: Dossier) -> Dossier:
        """It waits for an answer."""
        return replace(dossier, opinion=OpinionState(seq=dossier.seq, asked=self.effective))

    def in_french(self, plan: Plan) -> Sentence:
        """Whose opinion."""
        del plan
        return Sentence("L'avis est demandé : {by}.", by=Verbatim(self.by))


@dataclass(frozen=True, slots=True, kw_only=True)
class OpinionGiven(Event):
    """The body answered."""

    who: ClassVar[str] = THE_OFFICE
    follows: ClassVar[tuple[Effect, ...]] = (GIVEN,)
    by: str
    view: View
    text: Annotated[str, Shows(N_("Ce que dit l'avis"), "agents")] = ""
    kind: Literal["opinion_given"] = "opinion_given"

    def upon(self, dossier: Dossier) -> Dossier:
        """The step is done."""
        before = dossier.opinion or OpinionState(seq=dossier.seq, asked=self.effective)
        return replace(dossier, opinion=replace(before, given=self.effective, view=self.view, deemed=False))

    def in_french(self, plan: Plan) -> Sentence:
        """What it said."""
        del plan
        return Sentence(VIEWS[self.view], by=Verbatim(self.by))


@dataclass(frozen=True, slots=True, kw_only=True)
class OpinionDeemed(Event):
    """The body did not answer in time: its opinion is deemed given, and examination goes on."""

    follows: ClassVar[tuple[Effect, ...]] = (GIVEN,)
    by: str
    kind: Literal["opinion_deemed"] = "opinion_deemed"

    def upon(self, dossier: Dossier) -> Dossier:
        """The step is done, without a view."""
        before = dossier.opinion or OpinionState(seq=dossier.seq, asked=self.effective)
        return replace(dossier, opinion=replace(before, given=self.effective, deemed=True))

    def in_french(self, plan: Plan) -> Sentence:
        """Whose silence."""
        del plan
        return Sentence("L'avis n'est pas venu à temps : il est réputé rendu ({by}).", by=Verbatim(self.by))


DEEMED = Coming(
    kind="opinion_deemed",
    step="opinion",
    rank=25,
    announced=N_("Sans réponse, l'avis sera réputé rendu"),
    label=N_("avis réputé rendu"),
    unseen=True,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Opinion(StepBase):
    """Given by `by` within `within` of being asked, or deemed given. `optional`: examination may do without it."""

    kind: Literal["opinion"] = "opinion"
    by: str = ""
    within: Delay = field(default_factory=lambda: Delay(months=1))
    optional: bool = False
    decides: ClassVar[tuple[type[Command], ...]] = (AskOpinion, GiveOpinion)
    label: ClassVar[str] = "Avis"
    under_way: ClassVar[bool] = True
    comes: ClassVar[tuple[Coming, ...]] = (DEEMED,)
    general_text: ClassVar[str] = "CRPA R133-1 (à confirmer)"

    def done(self, dossier: Dossier) -> bool:
        """Once given or deemed; an optional one also while nobody asked for it."""
        return self.spared(dossier) or (dossier.opinion is not None and dossier.opinion.given is not None)

    def spared(self, dossier: Dossier) -> bool:
        """An optional one that nobody asked for."""
        return self.optional and dossier.opinion is None

    def decide(self, dossier: Dossier, command: Command, at: Instant) -> Events:
        """Ask, or record the answer; a late answer is recorded too, and changes no date."""
        match command:
            case AskOpinion():
                if dossier.opinion is not None:
                    raise not_now("L'avis est déjà demandé.", article=self.article)
                _refuse_once_decided(dossier, self.article)
                return (OpinionAsked(effective=at, article=self.article, by=self.by),)
            case GiveOpinion():
                return (self._given(dossier, command, at),)
            case _:
                raise TypeError(command)

    def dues(self, dossier: Dossier) -> tuple[Due, ...]:
        """What the body's silence means, the day after its last one."""
        opinion = dossier.opinion
        if opinion is None or opinion.given is not None or dossier.decision is not None:
            return ()
        at = midnight(self._last_day(opinion) + timedelta(days=1))
        deemed = OpinionDeemed(effective=at, article=self.article, by=self.by)
        return (Due(what=DEEMED, at=at, events=(deemed,), article=self.article),)

    def lost(self, dossier: Dossier, target: Plan) -> str:
        """An opinion that was asked for and not given."""
        opinion = dossier.opinion
        if opinion is not None and opinion.given is None and target.step_of(self.kind) is None:
            return N_("Un avis est demandé, et la version visée n'a pas d'étape d'avis.")
        return ""

    def over(self, dossier: Dossier) -> date | None:
        """The day on which the body answered, or its time ran out: a later answer moves nothing. None before."""
        opinion = dossier.opinion
        if opinion is None or opinion.given is None:
            return None
        return min(civil(opinion.given), self._last_day(opinion))

    def _last_day(self, opinion: OpinionState) -> date:
        return self.within.last_day(civil(opinion.asked))

    def _given(self, dossier: Dossier, command: GiveOpinion, at: Instant) -> OpinionGiven:
        opinion = dossier.opinion
        if opinion is None:
            raise not_now("L'avis n'a pas été demandé.", article=self.article, what_to_do="Demandez-le d'abord.")
        if opinion.view is not None:
            raise not_now("L'avis est déjà rendu.", article=self.article)
        _refuse_once_decided(dossier, self.article)
        if command.view != "favourable" and is_blank(command.text):
            raise Refused("reasons_missing", "Un avis réservé ou défavorable dit pourquoi.", article=self.article)
        return OpinionGiven(effective=at, article=self.article, by=self.by, view=command.view, text=command.text)


def _refuse_once_decided(dossier: Dossier, article: str) -> None:
    if dossier.decision is not None:
        raise not_now("La décision est signée : l'avis ne peut plus l'éclairer.", article=article)
