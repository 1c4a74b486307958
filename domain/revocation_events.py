"""The words of a withdrawn decision: what is asked, what has happened. `domain/revocation_acts.py` decides.

The authority takes back a decision that gave a right, after hearing the person (CRPA L242-1 to L242-5, L121-1, L122-1).
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Annotated, ClassVar, Literal

from domain.calendar import Instant, civil
from domain.days_in_words import day_in_words
from domain.dossier import Dossier
from domain.due import Coming
from domain.effect import Effect, email, letter, notice, tell
from domain.event import THE_OFFICE, THE_PERSON, Event, Shows
from domain.plan import Plan
from domain.sentence import N_, Sentence
from domain.states import Dated, Ground, IntendedState, RevocationState, Taken

GROUNDS: Mapping[Ground, str] = {
    "illegal": N_("elle est illégale"),
    "fraud": N_("elle a été obtenue par fraude"),
    "conditions": N_("les conditions mises à la subvention n'ont pas été respectées"),
    "asked": N_("la personne le demande, car elle est illégale"),
    "better": N_("la personne le demande, pour une décision plus favorable"),
}
WITHDRAWN: Mapping[Taken, str] = {
    "decision": N_("La décision favorable est retirée : {ground}. La demande est de nouveau à examiner."),
    "silence": N_("L'acceptation née du silence est retirée : {ground}. La demande est de nouveau à examiner."),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class RevocationIntended(Event):
    """The person was told, and may answer until a day, in writing or in person (CRPA L122-1)."""

    who: ClassVar[str] = THE_OFFICE
    follows: ClassVar[tuple[Effect, ...]] = (
        letter("revocation_intended", N_("Retrait envisagé : vos observations"), "decision"),
        email(
            "revocation_intended",
            N_("Vos observations sont demandées"),
            N_(
                "Le service pourrait revenir sur une décision. Il vous demande d'abord votre avis. "
                "Une lettre dit pourquoi."
            ),
            "decision",
        ),
    )
    ground: Ground
    reasons: Annotated[str, Shows(N_("Motifs annoncés"))]
    until: date
    kind: Literal["revocation_intended"] = "revocation_intended"

    def upon(self, dossier: Dossier) -> Dossier:
        """It waits for their observations."""
        said = IntendedState(
            seq=dossier.seq, ground=self.ground, since=self.effective, until=self.until, reasons=self.reasons
        )
        return replace(dossier, intended=said)

    def in_french(self, plan: Plan) -> Sentence:
        """Until when they may answer."""
        del plan
        return Sentence(
            "Le service envisage de retirer la décision favorable. "
            "La personne peut présenter ses observations jusqu'au {day}.",
            day=day_in_words(self.until),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class ObservationsGiven(Event):
    """The person answered."""

    who: ClassVar[str] = THE_PERSON
    follows: ClassVar[tuple[Effect, ...]] = (
        tell("observations_given", "la personne a présenté ses observations sur le retrait envisagé.", "decision"),
    )
    text: Annotated[str, Shows(N_("Observations de la personne"))]
    to_be_heard: bool = False
    kind: Literal["observations_given"] = "observations_given"

    def upon(self, dossier: Dossier) -> Dossier:
        """One answer more."""
        if (said := dossier.intended) is None:
            return dossier
        heard = said.to_be_heard or self.to_be_heard
        return replace(dossier, intended=replace(said, observed=(*said.observed, self.text), to_be_heard=heard))

    def in_french(self, plan: Plan) -> Sentence:
        """Whether they ask to be heard."""
        del plan
        if self.to_be_heard:
            return Sentence("La personne présente ses observations, et demande à être entendue.")
        return Sentence("La personne présente ses observations.")


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionRevoked(Event):
    """The decision is withdrawn: it is as if it had never been, and the request is before the authority again.

    The delay runs again whole from here. No text says so: of the readings, the one that leaves nobody without an
    answer (à confirmer).
    """

    who: ClassVar[str] = THE_OFFICE
    follows: ClassVar[tuple[Effect, ...]] = (
        letter("revocation", N_("Retrait de la décision"), "decision", binding=True),
        notice(
            "revocation",
            N_("Une lettre recommandée électronique vous attend"),
            N_(
                "Une décision est à votre disposition. Elle vous sera notifiée quand vous l'ouvrirez ; non consultée "
                "sous {deemed_after}, elle est réputée notifiée le jour de cet envoi (CRPA R112-17 à R112-20)."
            ),
        ),
    )
    ground: Ground
    taken: Taken
    reasons_law: Annotated[str, Shows(N_("Motifs en droit"))]
    reasons_fact: Annotated[str, Shows(N_("Motifs en fait"))]
    heard_on: date | None = None
    request: Annotated[str, Shows(N_("Preuve de sa demande"))] = ""
    signatory: Annotated[str, Shows(N_("Signataire"))] = ""
    kind: Literal["decision_revoked"] = "decision_revoked"

    def upon(self, dossier: Dossier) -> Dossier:
        """Nothing is decided, by anybody or by silence; what followed the grant is no more, what was paid stays."""
        made = RevocationState(
            seq=dossier.seq,
            signed=self.effective,
            ground=self.ground,
            taken=self.taken,
            reasons_law=self.reasons_law,
            reasons_fact=self.reasons_fact,
            outcome=dossier.decision.outcome if dossier.decision is not None else "",
        )
        return replace(
            dossier,
            revocation=made,
            intended=None,
            decision=None,
            silence=None,
            attestation=None,
            vote=None,
            convention=None,
            report=None,
            requests=(),
            rests=(),
            facts=_again(dossier, self.effective),
        )

    def in_french(self, plan: Plan) -> Sentence:
        """What is withdrawn, and on which ground."""
        del plan
        return Sentence(WITHDRAWN[self.taken], ground=GROUNDS[self.ground])


LAPSES = Coming(
    kind="revocation_lapses",
    step="decision",
    rank=50,
    announced=N_("Sans décision sur le retrait envisagé, la décision favorable restera acquise"),
    label=N_("fin du retrait envisagé"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class RevocationLapsed(Event):
    """Nobody decided on the withdrawal in its time: what the person has is theirs."""

    follows: ClassVar[tuple[Effect, ...]] = (
        email(
            "revocation_lapsed",
            N_("Votre décision reste acquise"),
            N_("Le service envisageait de revenir sur une décision. Il ne l'a pas fait à temps : elle reste acquise."),
            "decision",
        ),
        tell(
            "revocation_lapsed",
            "le retrait envisagé n'a pas été décidé à temps : la décision favorable reste acquise.",
            "decision",
        ),
    )
    kind: Literal["revocation_lapsed"] = "revocation_lapsed"

    def upon(self, dossier: Dossier) -> Dossier:
        """Nothing is thought of any more."""
        return replace(dossier, intended=None)

    def in_french(self, plan: Plan) -> Sentence:
        """That the decision stays."""
        del plan
        return Sentence("Le retrait envisagé n'a pas été décidé à temps : la décision favorable reste acquise.")


def _again(dossier: Dossier, at: Instant) -> tuple[Dated, ...]:
    """The facts that start a clock, as if each had happened on that day; what stopped or prolonged it is spent."""
    starts = {"filed", "received_by_competent", "complete", "acknowledged"}
    return tuple(
        replace(dated, fact=replace(dated.fact, on=civil(at)), seq=dossier.seq)
        for dated in dossier.facts
        if dated.fact.kind in starts
    )
