"""What happens when an express decision is signed."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Annotated, Any, ClassVar, Literal

from domain.dossier import Dossier
from domain.effect import Effect, letter, notice
from domain.event import THE_OFFICE, Event, Shows
from domain.plan import Plan
from domain.sentence import N_, Sentence, Verbatim
from domain.states import DecisionState


def is_that_decision(dossier: Dossier, seq: int) -> bool:
    """Whether the decision of entry `seq` is still the answer: not cancelled, nor overtaken by an acceptance."""
    return dossier.decision is not None and dossier.decision.seq == seq and not dossier.overtaken()


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided(Event):
    """An express decision was signed. `used` holds the content hashes of the rules and parameters applied."""

    who: ClassVar[str] = THE_OFFICE
    follows: ClassVar[tuple[Effect, ...]] = (
        letter("decision", N_("Décision"), "decision", binding=True).while_(is_that_decision),
        notice(
            "decision",
            N_("Une lettre recommandée électronique vous attend"),
            N_(
                "Une décision est à votre disposition. Elle vous sera notifiée quand vous l'ouvrirez ; non consultée "
                "sous {deemed_after}, elle est réputée notifiée le jour de cet envoi (CRPA R112-17 à R112-20)."
            ),
        ).while_(is_that_decision),
    )
    outcome: Annotated[str, Shows(elsewhere="a key: the sentence says the outcome's title")]
    favourable: bool
    reasons_law: Annotated[str, Shows(N_("Motifs en droit"))] = ""
    reasons_fact: Annotated[str, Shows(N_("Motifs en fait"))] = ""
    content: Mapping[str, Any] = field(default_factory=dict)
    used: Mapping[str, str] = field(default_factory=dict)
    signatory: Annotated[str, Shows(N_("Signataire"))] = ""
    kind: Literal["decided"] = "decided"

    def upon(self, dossier: Dossier) -> Dossier:
        """Signed, to be notified."""
        decision = DecisionState(
            seq=dossier.seq,
            signed=self.effective,
            outcome=self.outcome,
            favourable=self.favourable,
            content=self.content,
        )
        return replace(dossier, decision=decision)

    def in_french(self, plan: Plan) -> Sentence:
        """Which one."""
        outcome = plan.outcome(self.outcome)
        title = outcome.title if outcome is not None else Verbatim(self.outcome)
        return Sentence("Décision signée : {title}.", title=title)
