"""What nobody's answer does: the law decides at its instant, and a fact known late may show that it had not."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import ClassVar, Literal

from domain.attestation import LETTER as ATTESTATION
from domain.attestation import follows_silence
from domain.calendar import Delay, Instant, civil
from domain.clock.terms import Silence
from domain.command import Command
from domain.dossier import Dossier
from domain.due import Coming
from domain.effect import Effect, Reminder, email, incident, letter, reminding, tell
from domain.effects_of_silence import SILENCES
from domain.event import Event, Events
from domain.plan import Plan
from domain.sentence import N_, Sentence
from domain.states import SilenceState

STEP = "decision"
ACCEPTED = letter("implied_acceptance", N_("Acceptation par le silence"), STEP, binding=True).while_(follows_silence)
REJECTED = letter("implied_rejection", N_("Rejet par le silence"), STEP).while_(follows_silence)
PROVISIONALLY = letter("provisional", N_("Décision provisoire"), STEP).while_(follows_silence)
TOLD = (
    email(
        "silence",
        N_("Votre demande a changé d'état"),
        N_("Le délai de réponse est écoulé. Une lettre vous dit ce qui en résulte."),
        STEP,
    ),
    tell("silence", "le silence a pris effet.", STEP),
)


LAST_USEFUL_DAY = reminding(
    tell("last_useful_day", "il reste {delay} avant que le silence prenne effet.", STEP), before=Delay(days=15)
)


def reminded_of_silence(dossier: Dossier) -> Iterator[Reminder]:
    """Agents, before silence decides, again for each date: `seq` is the entry that moved it last."""
    due = dossier.silence_due()
    decides = dossier.plan.clock.silence != "none"
    if due is not None and decides and dossier.silence is None and dossier.stopped() is None:
        yield LAST_USEFUL_DAY.of(civil(due), dossier.cause(dossier.reckoning().ledger[-1].cause))


DUE = Coming(
    kind="silence",
    step=STEP,
    rank=40,
    announced=N_("Si personne n'agit, le silence produira son effet"),
    ends_its_day=True,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Settle(Command):
    """Ask nothing: only let the law's own effects be written down (worker)."""

    when_closed = True

    kind: Literal["settle"] = "settle"

    def happens(self, dossier: Dossier, at: Instant) -> Events:
        """Nothing more."""
        del dossier, at
        return ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SilenceTookEffect(Event):
    """Nobody answered in time: the law decided, at the end of the last day, whose date the decision bears."""

    concludes: ClassVar[bool] = True
    ends_its_day: ClassVar[bool] = True
    follows: ClassVar[tuple[Effect, ...]] = (ATTESTATION, ACCEPTED, REJECTED, PROVISIONALLY, *TOLD)
    effect: Silence
    kind: Literal["silence_took_effect"] = "silence_took_effect"

    def upon(self, dossier: Dossier) -> Dossier:
        """Silence has decided."""
        return replace(dossier, silence=SilenceState(seq=dossier.seq, effect=self.effect, since=self.effective))

    def in_french(self, plan: Plan) -> Sentence:
        """What it gave."""
        del plan
        return Sentence(SILENCES[self.effect].happened)

    def following(self, after: Dossier) -> tuple[Effect, ...]:
        """The letter of that effect: its attestation at once where a text says so."""
        if self.effect == "acceptance":
            return (ATTESTATION if after.plan.attestation == "automatic" else ACCEPTED, *TOLD)
        return (PROVISIONALLY if self.effect == "provisional" else REJECTED, *TOLD)


@dataclass(frozen=True, slots=True, kw_only=True)
class SilenceVoided(Event):
    """A fact known late shows that silence had not taken effect; `cause` is the entry that says so.

    `of` tells the administration's silence (`clock`) from the resident's on a proposal.
    """

    follows: ClassVar[tuple[Effect, ...]] = (
        letter("silence_voided", N_("Silence sans effet"), STEP),
        incident(
            "silence_voided", "un fait connu après coup contredit un effet du silence ; un incident vous attend.", STEP
        ),
    )
    cause: int
    of: Literal["clock", "proposal"] = "clock"
    corrected: bool = False
    """Because a date was corrected: nobody had answered in time, the time itself is not over."""
    kind: Literal["silence_voided"] = "silence_voided"

    def upon(self, dossier: Dossier) -> Dossier:
        """As if it had not decided."""
        if self.of == "proposal" and dossier.proposal is not None:
            return replace(dossier, proposal=replace(dossier.proposal, silent=False))
        return replace(dossier, silence=None)

    def in_french(self, plan: Plan) -> Sentence:
        """Why."""
        del plan
        return Sentence("Un fait connu après coup montre que le silence n'avait pas pris effet.")
