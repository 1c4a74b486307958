"""What the office is awaited for, and until when: what no due of the law tells, and a queue must show first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from domain.calendar import Delay, Instant, civil, midnight
from domain.dossier import Dossier
from domain.effects_of_silence import SILENCES
from domain.steps.assessment import Assessment
from domain.steps.base import StepBase
from domain.steps.completeness import Completeness
from domain.steps.decision import Decision
from domain.steps.opinion import Opinion
from domain.steps.proposal import Proposal
from domain.worded import N_


@dataclass(frozen=True, slots=True, kw_only=True)
class Deadline:
    """The office's `last` day for something, by which text, from which entry (`cause`); `kept` once it is done."""

    what: str
    last: date
    article: str
    cause: int
    kept: bool

    @property
    def at(self) -> Instant:
        """From when the office is late."""
        return midnight(self.last + timedelta(days=1))


def awaited_at(dossier: Dossier) -> Instant | None:
    """The instant from which the office is late, or was awaited already; None when nobody waits for it.

    A decision that is signed is to be notified from then on, a provisional aid to be decided; the others are the
    office's deadlines.
    """
    if dossier.closed or dossier.filed is None:
        return None
    return min(_awaited(dossier), default=None)


def _awaited(dossier: Dossier) -> Iterator[Instant]:
    for signed in (dossier.revocation, dossier.decision):
        if signed is not None and signed.notified is None:
            notice = dossier.notice_of(signed.seq)
            if notice is None or not dossier.announced(notice):
                yield signed.signed
    silence = dossier.silence
    if dossier.decision is None and silence is not None and silence.effect == "provisional":
        yield silence.since
    yield from (deadline.at for deadline in deadlines(dossier) if not deadline.kept)


def deadlines(dossier: Dossier) -> Iterator[Deadline]:
    """Every delay that a text gives the office for this dossier as it stands, kept or not."""
    over = dossier.decision is not None or (dossier.silence is not None and SILENCES[dossier.silence.effect].answers)
    for step in dossier.plan.steps:
        for last, cause, kept in _of_step(step, dossier):
            yield Deadline(what=_WHAT[step.kind], last=last, article=step.article, cause=cause, kept=kept or over)
    clock = dossier.plan.clock
    if clock.silence == "none" and (expires := dossier.reckoning().expires) is not None:
        texts = ", ".join(clock.reference)
        yield Deadline(what=N_("réponse attendue"), last=expires, article=texts, cause=1, kept=over)
    if (said := dossier.intended) is not None:
        what = N_("retrait envisagé : à décider")
        yield Deadline(what=what, last=said.until, article="CRPA L122-1", cause=said.seq, kept=False)


_WHAT = {
    "completeness": N_("accusé de réception attendu"),
    "assessment": N_("évaluation attendue"),
    "proposal": N_("proposition attendue"),
    "decision": N_("décision attendue après l'avis"),
}


def _of_step(step: StepBase, dossier: Dossier) -> Iterator[tuple[date, int, bool]]:
    complete, proposal = dossier.complete_since(), dossier.proposal
    match step:
        case Completeness(acknowledge_within=Delay() as within) if dossier.filed is not None:
            done = dossier.acknowledged is not None or bool(dossier.requests) or dossier.silence is not None
            yield within.last_day(civil(dossier.filed)), 1, done
        case Assessment(within=Delay() as within) if complete is not None:
            yield within.last_day(civil(complete)), 1, dossier.assessed is not None
        case Proposal():
            if step.propose_within is not None and complete is not None:
                yield step.propose_within.last_day(civil(complete)), 1, proposal is not None
            if proposal is not None and proposal.answer == "changes" and proposal.answered is not None:
                yield step.final_within.last_day(civil(proposal.answered)), proposal.seq, False
        case Decision(after_opinion=Delay() as within) if dossier.opinion is not None:
            asked = dossier.plan.step_of("opinion")
            if isinstance(asked, Opinion) and (since := asked.over(dossier)) is not None:
                yield within.last_day(since), dossier.opinion.seq, False
