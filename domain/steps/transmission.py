"""Transmission: the counter sends a request on to the authority that must answer it (CRPA L114-2, L114-3)."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Annotated, ClassVar, Literal

from domain.act_fields import LONG, Says
from domain.actors import AGENTS
from domain.blank import is_blank
from domain.calendar import Instant
from domain.command import Command
from domain.days_in_words import day_in_words
from domain.dossier import Dossier
from domain.effect import Effect, email, letter
from domain.event import THE_OFFICE, Event, Events, Shows
from domain.plan import Plan
from domain.refusals import Refused, not_now
from domain.sentence import N_, Sentence, Verbatim
from domain.states import TransmissionState
from domain.step import StepBase

RUNS_ON = Sentence("le délai court depuis le dépôt au premier guichet")
RUNS_THERE = Sentence("le délai ne court qu'à partir de la réception par cette autorité")


@dataclass(frozen=True, slots=True, kw_only=True)
class Transmit(Command):
    """Send a request that is not ours on to `to`, the plan's own where it is left out, and why (CRPA L114-2)."""

    by = AGENTS
    label = N_("Transmettre à l'autorité compétente")
    writes = True

    to: Annotated[str, Says(N_("Autorité compétente"), N_("Laissez vide pour l'autorité que la démarche désigne."))] = (
        ""
    )
    reasons: Annotated[str, Says(N_("Motifs"), most=LONG)] = ""
    kind: Literal["transmit"] = "transmit"

    def happens(self, dossier: Dossier, at: Instant) -> Events:
        """A counter that is not competent must, whatever the procedure."""
        return transmit(dossier, self, at)


@dataclass(frozen=True, slots=True, kw_only=True)
class Transmitted(Event):
    """The request left for another authority; what that does to its time follows its effect of silence."""

    who: ClassVar[str] = THE_OFFICE
    follows: ClassVar[tuple[Effect, ...]] = (
        letter("transmission", N_("Transmission")),
        email(
            "transmitted",
            N_("Votre demande est transmise"),
            N_(
                "Votre demande est transmise à l'autorité compétente. "
                "Une lettre vous dit laquelle et ce qui en résulte."
            ),
        ),
    )
    to: str
    reasons: Annotated[str, Shows(N_("Motifs de la transmission"))] = ""
    rejected_on: date | None = None
    """The day on which silence had already rejected it here."""
    kind: Literal["transmitted"] = "transmitted"

    def upon(self, dossier: Dossier) -> Dossier:
        """Nothing more is decided here."""
        state = TransmissionState(seq=dossier.seq, at=self.effective, to=self.to)
        return replace(dossier, transmission=state)

    def in_french(self, plan: Plan) -> Sentence:
        """To whom, and whose clock runs (CRPA L114-3)."""
        return Sentence(
            "La demande est transmise à l'autorité compétente : {to}. {time_after}",
            to=Verbatim(self.to),
            time_after=time_after(plan, self.rejected_on),
        )


def time_after(plan: Plan, rejected_on: date | None = None) -> Sentence:
    """What a transmission does to the delay, in a sentence (CRPA L114-3)."""
    if rejected_on is not None:
        day = day_in_words(rejected_on)
        return Sentence("Le silence a déjà valu rejet le {day} ; une réponse expresse reste possible.", day=day)
    match plan.clock.silence:
        case "none":
            return Sentence("Le silence n'a pas d'effet sur cette demande.")
        case "rejection":
            return Sentence("Le silence y vaudrait rejet : {runs}.", runs=RUNS_ON)
        case _:
            return Sentence("Le silence y vaudrait accord : {runs}.", runs=RUNS_THERE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Transmission(StepBase):
    """This procedure is always answered by `to`: the counter receives, checks and transmits, within `within`."""

    kind: Literal["transmission"] = "transmission"
    to: str = ""
    decides: ClassVar[tuple[type[Command], ...]] = (Transmit,)
    label: ClassVar[str] = "Transmission"
    general_text: ClassVar[str] = "CRPA L114-2"

    def done(self, dossier: Dossier) -> bool:
        """Once sent on."""
        return dossier.transmission is not None

    def decide(self, dossier: Dossier, command: Command, at: Instant) -> Events:
        """Send it on."""
        if not isinstance(command, Transmit):
            raise TypeError(command)
        return transmit(dossier, replace(command, to=command.to or self.to), at)


def transmit(dossier: Dossier, command: Transmit, at: Instant) -> Events:
    """Send a request on, whatever the procedure: a counter that is not competent must. Raises Refused."""
    granted = dossier.silence is not None and dossier.silence.effect != "rejection"
    if dossier.decision is not None or granted:
        # After an implied rejection the duty remains: an express answer may still come, from whom it belongs to.
        raise not_now("La demande a déjà reçu sa réponse.", article="CRPA L114-2")
    if dossier.transmission is not None:
        raise not_now("La demande est déjà transmise.", article="CRPA L114-2")
    if is_blank(command.to):
        raise Refused("authority_missing", "Dites à quelle autorité la demande est transmise.", article="CRPA L114-2")
    rejected = dossier.silence.dated if dossier.silence is not None else None
    article = "CRPA L114-2, L114-3"
    return (Transmitted(effective=at, article=article, to=command.to, reasons=command.reasons, rejected_on=rejected),)
