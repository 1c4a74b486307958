"""What happens to a registered electronic notice (CRPA R112-17 to 20), and to a decision that is notified."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import ClassVar, Literal, get_args

from domain.calendar import Delay, civil
from domain.channels import WAYS
from domain.days_in_words import day_in_words
from domain.dossier import Dossier
from domain.event import THE_COUNTER, THE_OFFICE, THE_PERSON, Event
from domain.plan import Plan
from domain.sentence import N_, Sentence
from domain.states import NoticeOf, NoticeState

NOTICES: tuple[NoticeOf, ...] = get_args(NoticeOf)
DEEMED_AFTER = Delay(days=15)
"""After which an unread notice is deemed given (CRPA R112-20)."""
AVAILABLE = {
    "proposal": N_("La proposition est mise à disposition en ligne."),
    "decision": N_("La décision est mise à disposition en ligne."),
    "revocation": N_("Le retrait de la décision est mis à disposition en ligne."),
}
READ = {
    "proposal": N_("La proposition est consultée pour la première fois."),
    "decision": N_("La décision est consultée pour la première fois."),
    "revocation": N_("Le retrait de la décision est consulté pour la première fois."),
}
DEEMED = {
    "proposal": N_(
        "La proposition n'a pas été consultée sous {delay} : elle est réputée reçue le jour de sa mise à disposition."
    ),
    "decision": N_(
        "La décision n'a pas été consultée sous {delay} : elle est réputée reçue le jour de sa mise à disposition."
    ),
    "revocation": N_(
        "Le retrait de la décision n'a pas été consulté sous {delay} : "
        "il est réputé reçu le jour de sa mise à disposition."
    ),
}


def deemed_after(plan: Plan) -> Delay:
    """After how long an unread electronic notice is deemed given; the general time where no step says another."""
    said: Delay = getattr(plan.step_of("notice"), "deemed_after", DEEMED_AFTER)
    return said


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeAvailable(Event):
    """A registered electronic notice was put at the resident's disposal (CRPA R112-19)."""

    who: ClassVar[str] = THE_COUNTER
    of: NoticeOf
    target: int
    kind: Literal["notice_available"] = "notice_available"

    def upon(self, dossier: Dossier) -> Dossier:
        """One notice more, to be opened."""
        opened = NoticeState(of=self.of, target=self.target, available=self.effective)
        return replace(dossier, notices=(*dossier.notices, opened))

    def in_french(self, plan: Plan) -> Sentence:
        """Of what."""
        del plan
        return Sentence(AVAILABLE[self.of])


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeRead(Event):
    """The resident opened the notice for the first time (CRPA R112-20)."""

    who: ClassVar[str] = THE_PERSON
    of: NoticeOf
    target: int
    kind: Literal["notice_read"] = "notice_read"

    def upon(self, dossier: Dossier) -> Dossier:
        """That notice is read."""
        return _closed(dossier, self.target, lambda notice: replace(notice, read=self.effective))

    def in_french(self, plan: Plan) -> Sentence:
        """Of what."""
        del plan
        return Sentence(READ[self.of])


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeDeemed(Event):
    """Unread for its time: deemed notified on the day it was made available (CRPA R112-20)."""

    of: NoticeOf
    target: int
    kind: Literal["notice_deemed"] = "notice_deemed"

    def upon(self, dossier: Dossier) -> Dossier:
        """That notice is deemed read."""
        return _closed(dossier, self.target, lambda notice: replace(notice, deemed=self.effective))

    def in_french(self, plan: Plan) -> Sentence:
        """Of what, and after how long."""
        return Sentence(DEEMED[self.of], delay=deemed_after(plan).in_words())


@dataclass(frozen=True, slots=True, kw_only=True)
class Notified(Event):
    """The decision recorded as entry `target` was notified, by `channel`."""

    who: ClassVar[str] = THE_OFFICE
    concludes: ClassVar[bool] = True
    target: int
    kind: Literal["notified"] = "notified"

    def upon(self, dossier: Dossier) -> Dossier:
        """The first reception counts, whatever brings a second copy; what was withdrawn meanwhile is told no more."""
        revocation, decision = dossier.revocation, dossier.decision
        if revocation is not None and self.target == revocation.seq:
            return replace(dossier, revocation=replace(revocation, notified=self.effective))
        if decision is None or (revocation is not None and self.target < revocation.seq):
            return dossier
        first = min(self.effective, decision.notified or self.effective)
        return replace(dossier, decision=replace(decision, notified=first))

    def in_french(self, plan: Plan) -> Sentence:
        """When, and by which way."""
        del plan
        day = day_in_words(civil(self.effective))
        if self.channel is None:
            return Sentence("La décision est notifiée le {day}.", day=day)
        return Sentence("La décision est notifiée le {day} {how}.", day=day, how=WAYS[self.channel].how)


def _closed(dossier: Dossier, target: int, how: Callable[[NoticeState], NoticeState]) -> Dossier:
    """The notice of entry `target` waits no more, for that reason."""
    notices = tuple(how(notice) if notice.target == target else notice for notice in dossier.notices)
    return replace(dossier, notices=notices)
