"""What follows an event outside the register: letters, e-mails, notices, webhooks, and who must be reminded when.

Names only: `workers/activities` does them. `step` says which step block of the workflow carries the effect.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from domain.attestation import attested_by
from domain.calendar import Delay, Instant, add_months, civil, midnight
from domain.ceased import DocumentCeased
from domain.clock_history import annuls
from domain.dossier import Dossier
from domain.events import Event, MessageSent, PiecesRequested, ProposalAnswered, SilenceTookEffect
from domain.open_data import publishes
from domain.steps.decision import Decision
from domain.steps.report import Report

ALWAYS = "always"
REMINDERS = frozenset(
    {
        "tell:acknowledge",
        "email:pieces_reminder",
        "tell:assess",
        "tell:assessment_late",
        "tell:propose",
        "tell:final_proposal",
        "email:answer_proposal",
        "tell:last_useful_day",
        "tell:decide_after_opinion",
        "email:unread_notice",
        "email:report_due",
        "tell:report_late",
    }
)
BEFORE: Mapping[str, Delay] = {
    "tell:acknowledge": Delay(days=2),
    "email:pieces_reminder": Delay(days=7),
    "tell:assessment_late": Delay(days=7),
    "tell:propose": Delay(days=5),
    "tell:final_proposal": Delay(days=3),
    "email:answer_proposal": Delay(days=3),
    "tell:last_useful_day": Delay(days=15),
    "tell:decide_after_opinion": Delay(days=7),
    "email:report_due": Delay(months=1),
}
"""How long before the day that it is about a reminder is sent; its words say so."""
OF_SILENCE = frozenset(
    {
        "letter:attestation",
        "email:attestation",
        "letter:implied_acceptance",
        "letter:implied_rejection",
        "letter:provisional",
    }
)
CONCLUDING = frozenset({"notified", "silence_took_effect", "withdrawn"})
DEEMED_REFUSAL = (("letter:deemed_refusal", "proposal"), ("email:deemed_refusal", "proposal"))
# What follows each kind of event, whatever the dossier: (effect, step that carries it).
FOLLOWS: dict[str, tuple[tuple[str, str], ...]] = {
    "filed": (("letter:acknowledgement", "completeness"), ("email:filed", "completeness")),
    "acknowledged": (("letter:complete", "completeness"), ("email:complete", "completeness")),
    "pieces_requested": (("letter:pieces", "completeness"), ("email:pieces", "completeness")),
    "pieces_provided": (("tell:pieces", "completeness"),),
    "pieces_lapsed": (("tell:pieces", "completeness"),),
    "proposed": (("letter:proposal", "proposal"), ("notice:proposal", "notice")),
    "proposal_silent": DEEMED_REFUSAL,
    "decided": (("letter:decision", "decision"), ("notice:decision", "notice")),
    "silence_voided": (("letter:silence_voided", "decision"), ("incident:silence_voided", "decision")),
    "opinion_asked": (("tell:opinion_asked", "opinion"),),
    "opinion_given": (("tell:opinion_given", "opinion"),),
    "opinion_deemed": (("tell:opinion_given", "opinion"),),
    "visa_given": (("tell:visa", "visa"),),
    "visa_refused": (("tell:visa_refused", "visa"),),
    "convention_sent": (("letter:convention", "convention"), ("email:convention", "convention")),
    "convention_signed": (("tell:convention", "convention"),),
    "paid": (("email:paid", "payment"),),
    "report_given": (("tell:report", "report"),),
    "transmitted": (("letter:transmission", ALWAYS), ("email:transmitted", ALWAYS)),
    "notice_given_up": (("tell:post_instead", "notice"),),
    "attestation_requested": (("letter:attestation", "decision"), ("email:attestation", "decision")),
    "message_sent": (("tell:message_sent", ALWAYS),),
    "withdrawn": (("tell:withdrawn", ALWAYS),),
    "taken_over": (("tell:taken_over", ALWAYS),),
    "date_corrected": (
        ("letter:date_corrected", ALWAYS),
        ("email:date_corrected", ALWAYS),
        ("tell:date_corrected", ALWAYS),
    ),
    "document_ceased": (("tell:document_ceased", ALWAYS),),
    "renounced": (("letter:renunciation", ALWAYS), ("email:renounced", ALWAYS), ("tell:renounced", ALWAYS)),
    "decision_rectified": (("letter:rectification", "decision"), ("email:rectification", "decision")),
    "revocation_intended": (("letter:revocation_intended", "decision"), ("email:revocation_intended", "decision")),
    "revocation_lapsed": (("email:revocation_lapsed", "decision"), ("tell:revocation_lapsed", "decision")),
    "observations_given": (("tell:observations_given", "decision"),),
    "decision_revoked": (("letter:revocation", "decision"), ("notice:revocation", "notice")),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Effect:
    """`kind` is `<verb>:<what>`; `step` is the kind of the step whose block carries it, or `always`."""

    kind: str
    step: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reminder:
    """To be sent at `at` (UTC) unless it has become pointless; `seq` is the entry that it reminds of."""

    kind: str
    step: str
    at: Instant
    seq: int


def effects_of(after: Dossier, event: Event) -> tuple[Effect, ...]:
    """The effects of `event`, in the order to do them; `after` is the dossier once it happened.

    Every event is a move that subscribed systems are told of.
    """
    public = (("open_data:granted", ALWAYS),) if publishes(after, event) else ()
    named = (*_named(after, event), *_of_appeal(after, event), *public, ("webhook", ALWAYS))
    return tuple(Effect(kind=kind, step=step) for kind, step in named)


def _of_appeal(after: Dossier, event: Event) -> tuple[tuple[str, str], ...]:
    """What the dossier attacked must know of the one that attacks it."""
    if after.plan.contests is None:
        return ()
    if event.kind == "filed":
        return (("appeal:lodged", ALWAYS),)
    return (("appeal:concluded", ALWAYS),) if event.kind in CONCLUDING else ()


def _named(after: Dossier, event: Event) -> tuple[tuple[str, str], ...]:
    match event:
        case ProposalAnswered():
            return DEEMED_REFUSAL if event.answer == "refused" else (("tell:answer", "proposal"),)
        case SilenceTookEffect():
            return _of_silence(after, event)
        case PiecesRequested() if event.in_receipt:
            return ()
        case DocumentCeased() if not event.asked_anew:
            return (*FOLLOWS[event.kind], ("email:document_ceased", ALWAYS))
        case MessageSent() if event.sender == "agent":
            return (("email:message", ALWAYS),)
        case _:
            return FOLLOWS.get(event.kind, ())


def _of_silence(after: Dossier, event: SilenceTookEffect) -> tuple[tuple[str, str], ...]:
    if event.effect == "acceptance":
        letter = "letter:attestation" if after.plan.attestation == "automatic" else "letter:implied_acceptance"
    else:
        letter = "letter:provisional" if event.effect == "provisional" else "letter:implied_rejection"
    return ((letter, "decision"), ("email:silence", "decision"), ("tell:silence", "decision"))


def reminders(dossier: Dossier) -> tuple[Reminder, ...]:
    """Who must be reminded of what, and when, as things stand; earliest first."""
    if dossier.closed or dossier.filed is None:
        return ()
    return tuple(sorted(_reminders(dossier), key=lambda reminder: (reminder.at, reminder.kind)))


def _reminders(dossier: Dossier) -> Iterator[Reminder]:
    yield from _of_completeness(dossier)
    yield from _of_proposal(dossier)
    yield from _of_report(dossier)
    yield from _of_decision(dossier)
    assessment = dossier.plan.step_of("assessment")
    complete = complete_since(dossier)
    if assessment is not None and assessment.kind == "assessment" and complete and not dossier.assessed:
        yield Reminder(kind="tell:assess", step="assessment", at=complete, seq=1)
        if assessment.within is not None:
            yield _before(assessment.within, complete, "tell:assessment_late", "assessment", 1)
    due = dossier.silence_due()
    if (
        due is not None
        and dossier.silence is None
        and dossier.stopped() is None
        and dossier.plan.clock.silence != "none"
    ):
        # Again for each date: `seq` is the entry that moved it last.
        moved = dossier.cause(dossier.reckoning().ledger[-1].cause)
        yield Reminder(
            kind="tell:last_useful_day", step="decision", at=ahead("tell:last_useful_day", civil(due)), seq=moved
        )
    for notice in dossier.notices:
        if dossier.announced(notice) and not dossier.arrived(notice):
            soon = notice.available + timedelta(days=7)
            yield Reminder(kind="email:unread_notice", step="notice", at=soon, seq=notice.target)


def complete_since(dossier: Dossier) -> Instant | None:
    """Since when the file is complete; None while a request that annulled its delay waits for its pieces."""
    return None if annuls(dossier.plan.clock) and dossier.waits_for_pieces() else dossier.complete


def _of_completeness(dossier: Dossier) -> Iterator[Reminder]:
    step = dossier.plan.step_of("completeness")
    if step is None or step.kind != "completeness" or dossier.filed is None:
        return
    if step.acknowledge_within is not None and dossier.acknowledged is None and not dossier.awaiting():
        yield _before(step.acknowledge_within, dossier.filed, "tell:acknowledge", "completeness", 1)
    for request in dossier.awaiting():
        if not request.lapsed:
            at = ahead("email:pieces_reminder", request.until)
            yield Reminder(kind="email:pieces_reminder", step="completeness", at=at, seq=request.seq)


def _of_proposal(dossier: Dossier) -> Iterator[Reminder]:
    step, proposal = dossier.plan.step_of("proposal"), dossier.proposal
    if step is None or step.kind != "proposal":
        return
    if proposal is None:
        complete = complete_since(dossier)
        if step.propose_within is not None and complete is not None:
            yield _before(step.propose_within, complete, "tell:propose", "proposal", 1)
        return
    if proposal.answer == "changes" and proposal.answered is not None:
        yield _before(step.final_within, proposal.answered, "tell:final_proposal", "proposal", proposal.seq)
    if proposal.received is not None and proposal.answer is None and not proposal.silent:
        at = ahead("email:answer_proposal", step.last_day(proposal))
        yield Reminder(kind="email:answer_proposal", step="proposal", at=at, seq=proposal.seq)


def _of_decision(dossier: Dossier) -> Iterator[Reminder]:
    step = dossier.plan.step_of("decision")
    last = step.last_day(dossier) if isinstance(step, Decision) else None
    if last is not None and dossier.opinion is not None:
        at = ahead("tell:decide_after_opinion", last)
        yield Reminder(kind="tell:decide_after_opinion", step="decision", at=at, seq=dossier.opinion.seq)


def _of_report(dossier: Dossier) -> Iterator[Reminder]:
    step = dossier.plan.step_of("report")
    last = step.last_day(dossier) if isinstance(step, Report) and dossier.status == "granted" else None
    if last is not None and dossier.report is None:
        seq = dossier.decision.seq if dossier.decision is not None else 1
        yield Reminder(kind="email:report_due", step="report", at=ahead("email:report_due", last), seq=seq)
        yield Reminder(kind="tell:report_late", step="report", at=midnight(last + timedelta(days=1)), seq=seq)


def ahead(kind: str, last: date) -> Instant:
    """When the reminder of that kind is sent of a last day: some days, or months, before it."""
    before = BEFORE[kind]
    return midnight(add_months(last, -before.months) - timedelta(days=before.days))


def _before(delay: Delay, start: Instant, kind: str, step: str, seq: int) -> Reminder:
    return Reminder(kind=kind, step=step, at=ahead(kind, delay.last_day(civil(start))), seq=seq)


def stands(dossier: Dossier, kind: str, seq: int) -> bool:
    """Whether the effect `kind` of entry `seq` still makes sense as things stand now.

    Checked before each external call: a reminder that was answered, a notice of a decision that an acceptance
    overtook, a letter of a silence that was voided are superseded.
    """
    if kind in {"notice:decision", "letter:decision"}:
        return dossier.decision is not None and dossier.decision.seq == seq and not dossier.overtaken()
    if kind in OF_SILENCE:
        return dossier.silence is not None and seq in {dossier.silence.seq, attested_by(dossier)}
    if kind in REMINDERS:
        return any(r.kind == kind and r.seq == seq for r in reminders(dossier))
    return True
