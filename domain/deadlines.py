"""What the office is awaited for, and until when: what no due of the law tells, and a queue must show first."""

from collections.abc import Iterator
from dataclasses import replace

from domain.calendar import Instant
from domain.deadline import Deadline
from domain.dossier import Dossier
from domain.sentence import N_
from domain.step import steps_of


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
    over = dossier.answered or dossier.closed
    for step in steps_of(dossier.plan):
        for deadline in step.deadlines(dossier):
            yield replace(deadline, kept=deadline.kept or over)
    clock = dossier.plan.clock
    if clock.silence == "none" and (expires := dossier.reckoning().expires) is not None:
        texts = ", ".join(clock.reference)
        yield Deadline(what=N_("réponse attendue"), last=expires, article=texts, cause=1, kept=over)
    if (said := dossier.intended) is not None:
        what = N_("retrait envisagé : à décider")
        yield Deadline(what=what, last=said.until, article="CRPA L122-1", cause=said.seq, kept=False)
