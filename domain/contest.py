"""A decision attacked: which appeals were lodged against it, and what became of them.

The dossier attacked records what its appeals do to it; each appeal is a dossier of its own, with its own clock.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Annotated, Any, ClassVar, Literal
from uuid import UUID

from domain.actors import ActorKind
from domain.appeal_period import attackable, period_of
from domain.calendar import Instant, civil, ended_by
from domain.command import ANY, Command
from domain.dossier import Dossier
from domain.event import THE_OFFICE, THE_PERSON, Event, Events, Shows
from domain.plan import Appeal, Plan
from domain.refusals import Refused, not_now
from domain.sentence import Sentence, Verbatim
from domain.states import AppealState, Conclusion

GRACIOUS, PRIOR = "gracieux", "rapo"
CONCLUSIONS = {
    "granted": "il y est fait droit",
    "refused": "il est rejeté",
    "implied_rejection": "il est rejeté par le silence",
    "withdrawn": "il est retiré",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class LodgeAppeal(Command):
    """Record that the dossier `appeal` attacks this one's decision (worker); `channel` and `evidence` are its own."""

    when_closed = True

    appeal: UUID
    of: str
    filed: Instant
    kind: Literal["lodge_appeal"] = "lodge_appeal"

    def happens(self, dossier: Dossier, at: Instant) -> Events:
        """Heard of through the one door."""
        return contest(dossier, self, at)

    @classmethod
    def fork_defaults(cls, dossier: Dossier, given: Mapping[str, Any], by: ActorKind, at: Instant) -> Mapping[str, Any]:
        """The plan's first way to contest."""
        del given, by
        return {"appeal": ANY, "of": next((each.kind for each in dossier.plan.appeals), ""), "filed": at}


@dataclass(frozen=True, slots=True, kw_only=True)
class ConcludeAppeal(Command):
    """Record what became of that appeal, at its own instant (worker)."""

    when_closed = True

    appeal: UUID
    conclusion: Conclusion
    ended: Instant
    kind: Literal["conclude_appeal"] = "conclude_appeal"

    def happens(self, dossier: Dossier, at: Instant) -> Events:
        """Heard of through the one door."""
        return contest(dossier, self, at)

    @classmethod
    def fork_defaults(cls, dossier: Dossier, given: Mapping[str, Any], by: ActorKind, at: Instant) -> Mapping[str, Any]:
        """The first that is pending."""
        del given, by
        lodged = next((each.appeal for each in dossier.appeals if each.ended is None), ANY)
        return {"appeal": lodged, "conclusion": "refused", "ended": at}


@dataclass(frozen=True, slots=True, kw_only=True)
class AppealLodged(Event):
    """An appeal reached the authority; in time, it interrupts the period before the court, once (CRPA L411-2)."""

    who: ClassVar[str] = THE_PERSON
    appeal: UUID
    of: Annotated[str, Shows(elsewhere="a key: the sentence says the way's title")]
    in_time: bool
    called: Annotated[str, Shows(elsewhere="a key: the sentence says what it is")] = ""
    """The kind under which it came, where it is another in law."""
    kind: Literal["appeal_lodged"] = "appeal_lodged"

    def upon(self, dossier: Dossier) -> Dossier:
        """One appeal more."""
        lodged = AppealState(
            seq=dossier.seq, appeal=self.appeal, of=self.of, lodged=self.effective, in_time=self.in_time
        )
        return replace(dossier, appeals=(*dossier.appeals, lodged))

    def in_french(self, plan: Plan) -> Sentence:
        """Which, and whether it interrupts."""
        title = _title(plan, self.of)
        if self.called:
            title = Sentence("{title} (reçu sous le nom de recours gracieux)", title=title)
        if self.in_time:
            return Sentence("{title} : le délai pour saisir le juge est interrompu.", title=title)
        return Sentence("{title}, hors délai : le délai pour saisir le juge n'est pas interrompu.", title=title)


@dataclass(frozen=True, slots=True, kw_only=True)
class AppealConcluded(Event):
    """An appeal ended; the period before the court runs again from here."""

    who: ClassVar[str] = THE_OFFICE
    appeal: UUID
    of: Annotated[str, Shows(elsewhere="a key: the sentence says the way's title")]
    conclusion: Conclusion
    kind: Literal["appeal_concluded"] = "appeal_concluded"

    @property
    def dated(self) -> date:
        """Rejected by silence, the last day of its delay."""
        return ended_by(self.effective) if self.conclusion == "implied_rejection" else civil(self.effective)

    def upon(self, dossier: Dossier) -> Dossier:
        """That appeal is over."""
        appeals = tuple(
            replace(each, ended=self.effective, conclusion=self.conclusion) if each.appeal == self.appeal else each
            for each in dossier.appeals
        )
        return replace(dossier, appeals=appeals)

    def in_french(self, plan: Plan) -> Sentence:
        """How."""
        return Sentence("{title} : {conclusion}.", title=_title(plan, self.of), conclusion=CONCLUSIONS[self.conclusion])


def contest(dossier: Dossier, command: LodgeAppeal | ConcludeAppeal, at: Instant) -> Events:
    """What an appeal does to the dossier whose decision it attacks. Raises Refused."""
    if isinstance(command, ConcludeAppeal):
        known = next((each for each in dossier.appeals if each.appeal == command.appeal), None)
        if known is None or known.ended is not None:
            raise not_now("Aucun recours de ce numéro n'est en cours.")
        ended = min(command.ended, at)
        conclusion = command.conclusion
        return (
            AppealConcluded(
                effective=ended, article="CRPA L411-2", appeal=known.appeal, of=known.of, conclusion=conclusion
            ),
        )
    return (_lodged(dossier, command, at),)


def _lodged(dossier: Dossier, command: LodgeAppeal, at: Instant) -> AppealLodged:
    found = attackable(dossier)
    if found is None:
        raise not_now("Aucune décision ne peut encore être attaquée.", article="CRPA L411-2")
    if any(each.appeal == command.appeal for each in dossier.appeals):
        raise not_now("Ce recours est déjà enregistré.")
    way = _way(dossier.plan, command.of)
    if way is None:
        raise Refused(
            "unknown_appeal", Sentence("Cette décision n'admet pas de recours « {of} ».", of=Verbatim(command.of))
        )
    lodged = min(command.filed, at)
    return AppealLodged(
        effective=lodged,
        article=", ".join(way.reference) or "CRPA L411-2",
        appeal=command.appeal,
        of=way.kind,
        in_time=not period_of(dossier, way, found).over(civil(lodged)),
        called=command.of if command.of != way.kind else "",
    )


def _way(plan: Plan, kind: str) -> Appeal | None:
    """The way of that kind. Where an appeal must come first, a « recours gracieux » is that one (CRPA L412-4)."""
    known = {each.kind: each for each in plan.appeals}
    return known.get(kind) or (known.get(PRIOR) if kind == GRACIOUS else None)


def conclusion_of(appeal: Dossier) -> Conclusion | None:
    """What became of an appeal, told by its own dossier; None while it is not over."""
    match appeal.status:
        case "granted" | "refused" | "implied_rejection" | "withdrawn" as conclusion:
            return conclusion
        case _:
            return None


def _title(plan: Plan, kind: str) -> str:
    way: Appeal | None = next((each for each in plan.appeals if each.kind == kind), None)
    return way.title if way is not None else kind
