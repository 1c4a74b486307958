"""What happens to a request whatever its plan: filed, received, taken in charge, written about, withdrawn."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Annotated, Any, ClassVar, Literal
from uuid import UUID

from domain.channels import WAYS, Channel
from domain.clock_facts import with_fact
from domain.dossier import Dossier
from domain.effect import Effect, email, letter, tell
from domain.event import THE_OFFICE, THE_PERSON, Event, Shows
from domain.plan import Plan
from domain.sentence import N_, Sentence, Verbatim


@dataclass(frozen=True, slots=True, kw_only=True)
class Filed(Event):
    """The request (`form`, by page) reached our counter, or first that of the administration named `initially`.

    `came_by` says `channel` again to the state; None in entries of before.
    """

    who: ClassVar[str] = THE_PERSON
    follows: ClassVar[tuple[Effect, ...]] = (
        letter("acknowledgement", N_("Accusé de réception"), "completeness", binding=True),
        email(
            "filed",
            N_("Votre demande est enregistrée"),
            N_("Votre demande est enregistrée. Son accusé de réception vous attend."),
            "completeness",
        ),
    )
    form: Mapping[str, Any]
    pieces: Mapping[str, tuple[UUID, ...]] = field(default_factory=dict)
    electronic_notice: bool = False
    initially: str = ""
    came_by: Channel | None = None
    kind: Literal["filed"] = "filed"

    def upon(self, dossier: Dossier) -> Dossier:
        """The dossier begins."""
        return replace(
            dossier,
            filed=self.effective,
            form=self.form,
            pieces=dict(self.pieces),
            electronic_notice=self.electronic_notice,
            initially=self.initially,
            came_by=self.came_by,
            facts=with_fact(dossier, self, "filed"),
        )

    def in_french(self, plan: Plan) -> Sentence:
        """By which way, or by whom it was sent on."""
        del plan
        if self.initially:
            text = N_("La demande est reçue par une autre administration, qui nous la transmet : {elsewhere}.")
            return Sentence(text, elsewhere=Verbatim(self.initially))
        if self.channel:
            return Sentence("La demande est déposée {how}.", how=WAYS[self.channel].how)
        return Sentence("La demande est déposée.")


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceivedByCompetent(Event):
    """The competent authority received it (CRPA L114-3)."""

    who: ClassVar[str] = THE_OFFICE
    agents_only: ClassVar[bool] = True
    kind: Literal["received_by_competent"] = "received_by_competent"

    def upon(self, dossier: Dossier) -> Dossier:
        """The delay of an acceptance may run."""
        return replace(dossier, competent=self.effective, facts=with_fact(dossier, self, "received_by_competent"))

    def in_french(self, plan: Plan) -> Sentence:
        """By whom."""
        del plan
        return Sentence("L'autorité compétente a reçu la demande.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken(Event):
    """An agent took the dossier (CRPA L111-2: the resident may know who)."""

    who: ClassVar[str] = THE_OFFICE
    agent: UUID
    agent_name: Annotated[str, Shows(N_("En charge"))] = ""
    kind: Literal["taken"] = "taken"

    def upon(self, dossier: Dossier) -> Dossier:
        """In that agent's charge."""
        return replace(dossier, agent=self.agent, agent_name=self.agent_name)

    def in_french(self, plan: Plan) -> Sentence:
        """Nobody is named."""
        del plan
        return Sentence("Un agent a pris le dossier en charge.")


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenOver(Event):
    """The resident took the dossier over from the mediator who filed it."""

    who: ClassVar[str] = THE_PERSON
    follows: ClassVar[tuple[Effect, ...]] = (tell("taken_over", "la personne a repris le dossier à son compte."),)
    kind: Literal["taken_over"] = "taken_over"

    def upon(self, dossier: Dossier) -> Dossier:
        """In the person's own hands."""
        return replace(dossier, taken_over=self.effective)

    def in_french(self, plan: Plan) -> Sentence:
        """By whom."""
        del plan
        return Sentence("La personne a repris le dossier à son nom.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Withdrawn(Event):
    """The resident gave up the request."""

    who: ClassVar[str] = THE_PERSON
    concludes: ClassVar[bool] = True
    follows: ClassVar[tuple[Effect, ...]] = (tell("withdrawn", "la personne a retiré sa demande."),)
    reason: Annotated[str, Shows(N_("Raison du retrait"))] = ""
    kind: Literal["withdrawn"] = "withdrawn"

    def upon(self, dossier: Dossier) -> Dossier:
        """Nobody answers it any more."""
        return replace(dossier, withdrawn=self.effective)

    def in_french(self, plan: Plan) -> Sentence:
        """By whom."""
        del plan
        return Sentence("La personne a retiré sa demande.")


TO_AGENTS = tell("message_sent", "la personne a écrit un message.")
TO_THE_PERSON = email("message", N_("Vous avez un message"), N_("Le service qui suit votre demande vous a écrit."))


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageSent(Event):
    """A message between the resident's side and the agents' side."""

    who: ClassVar[str] = THE_PERSON
    follows: ClassVar[tuple[Effect, ...]] = (TO_AGENTS, TO_THE_PERSON)
    sender: Literal["resident", "agent"]
    text: Annotated[str, Shows(elsewhere="a message, among the messages")]
    kind: Literal["message_sent"] = "message_sent"

    def upon(self, dossier: Dossier) -> Dossier:
        """One more."""
        return replace(dossier, messages=dossier.messages + 1)

    def in_french(self, plan: Plan) -> Sentence:
        """From which side."""
        del plan
        if self.sender == "resident":
            return Sentence("Message de la personne.")
        return Sentence("Message du service.")

    def following(self, after: Dossier) -> tuple[Effect, ...]:
        """The other side is told."""
        del after
        return (TO_THE_PERSON,) if self.sender == "agent" else (TO_AGENTS,)
