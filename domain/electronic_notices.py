"""A person goes back to paper: no decision is notified to them electronically any more (CRPA R112-18)."""

from dataclasses import dataclass, replace
from typing import ClassVar, Literal

from domain.actors import AGENTS, PERSONS
from domain.calendar import Instant
from domain.command import Command
from domain.dossier import Dossier
from domain.effect import Effect, tell
from domain.event import THE_PERSON, Event, Events
from domain.plan import Plan
from domain.refusals import not_now
from domain.sentence import N_, Sentence

ARTICLE = "CRPA R112-18"


@dataclass(frozen=True, slots=True, kw_only=True)
class GiveUpElectronicNotices(Command):
    """Give up receiving decisions electronically (CRPA R112-18): the next ones come by post, at once."""

    by = PERSONS | AGENTS
    label = N_("Recevoir les décisions par la poste")
    done = N_("C'est noté : les prochaines décisions vous viendront par la poste.")
    may_be_late = True
    the_persons = True

    kind: Literal["give_up_electronic_notices"] = "give_up_electronic_notices"

    def happens(self, dossier: Dossier, at: Instant) -> Events:
        """Once, and for what is still to come: a letter that waits online is not taken back."""
        if not dossier.electronic_notice:
            raise not_now("Les décisions viennent déjà par la poste.", article=ARTICLE)
        when = self.effective or at
        return (
            ElectronicNoticesGivenUp(effective=when, article=ARTICLE, channel=self.channel, evidence=self.evidence),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class ElectronicNoticesGivenUp(Event):
    """The person wants paper from now on; a notice already made available keeps its time."""

    who: ClassVar[str] = THE_PERSON
    follows: ClassVar[tuple[Effect, ...]] = (
        tell("electronic_notices_given_up", "la personne ne veut plus d'envois en ligne : ses lettres se postent."),
    )
    kind: Literal["electronic_notices_given_up"] = "electronic_notices_given_up"

    def upon(self, dossier: Dossier) -> Dossier:
        """By post."""
        return replace(dossier, electronic_notice=False)

    def in_french(self, plan: Plan) -> Sentence:
        """What changes."""
        del plan
        return Sentence("Les prochaines décisions viendront par la poste, et non plus en ligne.")
