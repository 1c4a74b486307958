"""A vote: an assembly or its permanent committee adopts or rejects, by a deliberation that bears a number."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Annotated, ClassVar, Literal, Self

from domain.act_fields import Says
from domain.actors import AGENTS, ActorKind
from domain.blank import is_blank
from domain.calendar import Instant, civil
from domain.command import Command
from domain.days_in_words import day_in_words
from domain.dossier import Dossier
from domain.event import Event, Events
from domain.plan import Plan
from domain.refusals import Refused, not_now
from domain.sentence import N_, Sentence, Verbatim
from domain.states import VoteState
from domain.step import StepBase


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordVote(Command):
    """Record what was voted at the session of `session` (a civil date), under the number `deliberation`."""

    by = AGENTS
    label = N_("Enregistrer un vote")
    signed = True
    ordered = True

    adopted: Annotated[bool, Says(N_("Le vote"), choices={"true": N_("Adopté"), "false": N_("Rejeté")})]
    session: Annotated[date, Says(N_("Jour de la séance"))]
    deliberation: Annotated[str, Says(N_("Numéro de la délibération"), least=1)]
    kind: Literal["record_vote"] = "record_vote"

    @classmethod
    def probe(cls, dossier: Dossier, by: ActorKind) -> Self:
        """Adopted on the day of filing."""
        del by
        return cls(adopted=True, session=dossier.civil_filed(), deliberation=".")


@dataclass(frozen=True, slots=True, kw_only=True)
class Voted(Event):
    """The assembly voted."""

    who: ClassVar[str] = N_("l'assemblée")
    by: str
    adopted: bool
    session: date
    deliberation: str
    kind: Literal["voted"] = "voted"

    def upon(self, dossier: Dossier) -> Dossier:
        """The decision may follow, the way it was voted."""
        vote = VoteState(seq=dossier.seq, adopted=self.adopted, session=self.session, deliberation=self.deliberation)
        return replace(dossier, vote=vote)

    def in_french(self, plan: Plan) -> Sentence:
        """What, when, under which number."""
        del plan
        voted = (
            N_("{by} adopte la demande le {day} (délibération {number}).")
            if self.adopted
            else N_("{by} rejette la demande le {day} (délibération {number}).")
        )
        day, number = day_in_words(self.session), Verbatim(self.deliberation)
        return Sentence(voted, by=Verbatim(self.by), day=day, number=number)


@dataclass(frozen=True, slots=True, kw_only=True)
class Vote(StepBase):
    """By the body `by`; `within` of the complete file, an alert says that the vote is late."""

    kind: Literal["vote"] = "vote"
    by: str = "La commission permanente"
    decides: ClassVar[tuple[type[Command], ...]] = (RecordVote,)
    label: ClassVar[str] = "Vote"
    general_text: ClassVar[str] = "CGCT L3211-2 (à confirmer)"

    def done(self, dossier: Dossier) -> bool:
        """Once voted."""
        return dossier.vote is not None

    def decide(self, dossier: Dossier, command: Command, at: Instant) -> Events:
        """Record the vote, once."""
        if not isinstance(command, RecordVote):
            raise TypeError(command)
        if dossier.vote is not None:
            raise not_now("Le vote est déjà enregistré.", article=self.article)
        if dossier.decision is not None:
            raise not_now("La décision est déjà signée.", article=self.article)
        if is_blank(command.deliberation):
            raise Refused("deliberation_missing", "Le vote porte le numéro de sa délibération.", article=self.article)
        if command.session > civil(at) or (dossier.filed is not None and command.session < dossier.civil_filed()):
            raise Refused("session_impossible", "La séance a lieu entre le dépôt de la demande et aujourd'hui.")
        voted = Voted(
            effective=at,
            article=self.article,
            by=self.by,
            adopted=command.adopted,
            session=command.session,
            deliberation=command.deliberation,
        )
        return (voted,)


def refuse_against_vote(dossier: Dossier, *, favourable: bool) -> None:
    """A decision says what was voted. Raises Refused."""
    vote = dossier.vote
    if vote is not None and vote.adopted != favourable:
        voted = (
            N_("La demande a été adoptée par le vote du {day} : la décision doit le suivre.")
            if vote.adopted
            else N_("La demande a été rejetée par le vote du {day} : la décision doit le suivre.")
        )
        raise Refused(
            "against_vote",
            Sentence(voted, day=day_in_words(vote.session)),
            article=f"délibération {vote.deliberation}",
        )
