"""What was proposed, decided, notified, or made by silence."""

from dataclasses import asdict
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Literal

from api.http.inputs import Out, SentenceOut
from catalogue.rules import provisional_amounts
from domain.before_notification import decision_reached, revocation_reached
from domain.calendar import Instant, civil
from domain.dossier import Dossier
from domain.remedies import remedies
from domain.steps.proposal import Proposal


class ProposalOut(Out):
    """The last proposal; `answer_by` is the resident's last day to answer, once received, while the
    request has no answer itself.
    """

    entry: int
    content: dict[str, Any]
    final: bool
    sent_on: date
    received_on: date | None
    answer_by: date | None
    answer: str | None
    silent: bool


class RectifiedOut(Out):
    """A clerical error of the decision: what was written, and what must be read instead."""

    entry: int
    on: date
    error: str
    instead: str


class IntendedOut(Out):
    """A withdrawal of the decision that is thought of: until when the person may answer, and what they answered."""

    entry: int
    ground: str
    reasons: str
    until: date
    observed: tuple[str, ...]
    to_be_heard: bool


class RevocationOut(Out):
    """The withdrawal of a decision (`taken`: a `decision`, or what `silence` gave), and when it was notified."""

    entry: int
    taken: Literal["decision", "silence"]
    title: str
    ground: str
    reasons_law: str
    reasons_fact: str
    signed_at: datetime
    notified_on: date | None


class DecisionOut(Out):
    """The express decision, when it was notified, and the clerical errors put right since."""

    entry: int
    outcome: str
    title: str
    favourable: bool
    content: dict[str, Any]
    signed_at: datetime
    notified_on: date | None
    rectified: tuple[RectifiedOut, ...]


class SilenceOut(Out):
    """What silence decided, at the end of the day `since_on`, whose date it bears.

    `amounts` are those of a provisional aid, by their names, in euros.
    """

    entry: int
    effect: str
    since: datetime
    since_on: date
    amounts: dict[str, Decimal]


class RemedyOut(Out):
    """One way to contest, as it stands today: `open` until a day, `waits` for another, `pending`, or `over`."""

    kind: str
    title: str
    before: str
    state: Literal["open", "waits", "pending", "over"]
    until: date | None
    sentence: SentenceOut
    article: str


class NoticeOut(Out):
    """A registered electronic notice of entry `target` (CRPA R112-17 to R112-20)."""

    of: str
    target: int
    available_at: datetime
    read_at: datetime | None
    deemed_at: datetime | None


def shown_outcome(dossier: Dossier, at: Instant, *, everything: bool) -> dict[str, Any]:
    """The fields of a dossier that say what was proposed, decided or withdrawn, and how to contest it, as of `at`.

    Unless `everything`, what has not reached the person yet is held back: reading it is what notifies (CRPA R112-20).
    """
    return {
        "proposal": _proposal(dossier) if everything or _proposal_reached(dossier) else None,
        "decision": _decision(dossier) if everything or decision_reached(dossier) else None,
        "silence": _silence(dossier),
        "intended_revocation": _intended(dossier),
        "revocation": _revocation(dossier) if everything or revocation_reached(dossier) else None,
        "remedies": tuple(RemedyOut.model_validate(asdict(each)) for each in remedies(dossier, at)),
        "notices": tuple(
            NoticeOut.showing(one, available_at=one.available, read_at=one.read, deemed_at=one.deemed)
            for one in dossier.notices
        ),
    }


def _proposal_reached(dossier: Dossier) -> bool:
    return dossier.proposal is not None and dossier.proposal.received is not None


def _proposal(dossier: Dossier) -> ProposalOut | None:
    proposal, step = dossier.proposal, dossier.plan.step_of("proposal")
    if proposal is None:
        return None
    awaited = proposal.received is not None and dossier.expects(proposal.seq)
    by = step.last_day(proposal) if isinstance(step, Proposal) and awaited else None
    return ProposalOut.showing(
        proposal,
        entry=proposal.seq,
        content=dict(proposal.content),
        sent_on=civil(proposal.sent),
        received_on=_day(proposal.received),
        answer_by=by,
    )


def _decision(dossier: Dossier) -> DecisionOut | None:
    decision = dossier.decision
    if decision is None:
        return None
    outcome = dossier.plan.outcome(decision.outcome)
    return DecisionOut.showing(
        decision,
        entry=decision.seq,
        title=outcome.title if outcome is not None else decision.outcome,
        content=dict(decision.content),
        signed_at=decision.signed,
        notified_on=_day(decision.notified),
        rectified=tuple(RectifiedOut.showing(each, entry=each.seq, on=civil(each.at)) for each in decision.rectified),
    )


def _intended(dossier: Dossier) -> IntendedOut | None:
    said = dossier.intended
    return None if said is None else IntendedOut.showing(said, entry=said.seq)


def _revocation(dossier: Dossier) -> RevocationOut | None:
    made = dossier.revocation
    if made is None:
        return None
    outcome = dossier.plan.outcome(made.outcome)
    return RevocationOut.showing(
        made,
        entry=made.seq,
        title=outcome.title if outcome is not None else "",
        signed_at=made.signed,
        notified_on=_day(made.notified),
    )


def _silence(dossier: Dossier) -> SilenceOut | None:
    silence = dossier.silence
    if silence is None:
        return None
    return SilenceOut.showing(
        silence,
        entry=silence.seq,
        since_on=silence.dated,
        amounts=dict(provisional_amounts(dossier.plan.procedure, silence.effect, civil(silence.since))),
    )


def _day(instant: Instant | None) -> date | None:
    return None if instant is None else civil(instant)
