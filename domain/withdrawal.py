"""A person gives their request up, as long as nothing has answered it."""

from dataclasses import dataclass
from typing import Annotated, Literal

from domain.act_fields import REASON, Says
from domain.actors import AGENTS, PERSONS
from domain.calendar import Instant
from domain.command import Command
from domain.days_in_words import day_in_figures
from domain.dossier import Dossier
from domain.event import Events
from domain.refusals import Refused, not_now
from domain.renunciation import HOW
from domain.request_events import Withdrawn
from domain.sentence import N_, Sentence
from domain.states import SilenceState


@dataclass(frozen=True, slots=True, kw_only=True)
class Withdraw(Command):
    """Give up the request, saying why or not; a withdrawal received by post is entered by an agent."""

    by = PERSONS | AGENTS
    label = N_("Retirer la demande")
    done = N_("Votre demande est retirée.")
    may_be_late = True
    the_persons = True

    reason: Annotated[
        str, Says(N_("Raison donnée"), most=REASON, yours=Says(N_("Pourquoi la retirez-vous ? (facultatif)")))
    ] = ""
    kind: Literal["withdraw"] = "withdraw"

    def happens(self, dossier: Dossier, at: Instant) -> Events:
        """Until it is answered."""
        when, silence = self.effective or at, dossier.silence
        if dossier.decision is not None:
            what_to_do = HOW if dossier.decision.favourable else ""
            raise not_now("La décision est signée : la demande ne peut plus être retirée.", what_to_do=what_to_do)
        if silence is not None and when >= silence.since:
            raise _answered_by(silence)
        return (Withdrawn(effective=when, reason=self.reason, channel=self.channel, evidence=self.evidence),)


def _answered_by(silence: SilenceState) -> Refused:
    """Why a request that silence has answered cannot be withdrawn: a right would go, or nothing is left to withdraw."""
    day = day_in_figures(silence.dated)
    if silence.effect == "rejection":
        return not_now(
            Sentence("La demande est rejetée par le silence depuis le {day} : il n'y a plus rien à retirer.", day=day),
            article="CRPA L231-4",
            what_to_do="Vous pouvez contester ce rejet, ou n'en rien faire.",
        )
    return not_now(
        Sentence("Le silence a déjà accordé la demande, depuis le {day} : elle ne peut plus être retirée.", day=day),
        what_to_do=HOW,
    )
