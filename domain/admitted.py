"""Which acts a dossier admits now, and why it does not admit the others.

Each act is tried, in memory, with the least it can carry: a refusal that belongs to the state of the dossier
(and not to what the probe lacks) means that the act is not admitted.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from domain.actors import ActorKind
from domain.acts import WHO
from domain.amended import CancelDecision, Rectify
from domain.attestation import RequestAttestation
from domain.calendar import Instant, civil
from domain.commands import (
    Acknowledge,
    AnswerProposal,
    Assess,
    Command,
    Correct,
    Decide,
    Extend,
    Notify,
    Propose,
    ProvidePiece,
    ReadNotice,
    ReceiveAsCompetent,
    RecordReception,
    RequestPieces,
    Resume,
    SendMessage,
    Suspend,
    Take,
    TakeOver,
    Withdraw,
)
from domain.correction import CorrectDate, Of
from domain.dossier import Dossier
from domain.kernel import decide
from domain.migrated import Migrate
from domain.refusals import Refused
from domain.renunciation import Renounce
from domain.revocation import GiveObservations, IntendRevocation, Revoke
from domain.steps.convention import Party, SendConvention, SignConvention
from domain.steps.opinion import AskOpinion, GiveOpinion
from domain.steps.payment import OrderPayment, Payment, RecordPayment
from domain.steps.report import GiveReport
from domain.steps.transmission import Transmit
from domain.steps.visa import GiveVisa, RefuseVisa
from domain.steps.vote import RecordVote

STATE = frozenset({"not_now", "acceptance_acquired"})
SOMEBODY = UUID(int=0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Admitted:
    """An act by its name; `reason` (French, with its article) is empty when it is admitted."""

    act: str
    admitted: bool
    reason: str = ""


def acts_for(dossier: Dossier, kind: ActorKind, at: Instant) -> tuple[Admitted, ...]:
    """Every act that this kind of actor may ever do, admitted or not at `at`; `dossier` is settled."""
    return tuple(_try(dossier, probe, at) for probe in _probes(dossier, kind) if kind in WHO[probe.kind])


def admitted_late(dossier: Dossier, act: str, by: ActorKind, moments: Iterable[Instant], at: Instant) -> bool:
    """Whether the act is admitted at `at` once it is said to have happened at one of these moments, with its proof.

    A notification made in time and entered after the silence, a piece handed in before the dossier was closed.
    """
    probe: Any = probe_of(dossier, act, by)
    if probe is None:
        return False
    dated = (
        replace(probe, effective=moment, channel="registered_mail", evidence=".", confirmed=True)
        for moment in moments
        if moment <= at
    )
    return any(_try(dossier, one, at).admitted for one in dated)


def probe_of(dossier: Dossier, act: str, by: ActorKind) -> Command | None:
    """That act with the least it can carry when `by` does it; None for one that nobody does by hand."""
    return next((probe for probe in _probes(dossier, by) if probe.kind == act), None)


def _try(dossier: Dossier, probe: Command, at: Instant) -> Admitted:
    try:
        decide(dossier, probe, at)
    except Refused as refused:
        if refused.code in STATE:
            return Admitted(act=probe.kind, admitted=False, reason=refused.sentence)
    return Admitted(act=probe.kind, admitted=True)


def _probes(dossier: Dossier, by: ActorKind) -> tuple[Command, ...]:
    pending = next((notice.target for notice in dossier.notices if notice.pending), 0)
    return (
        Take(agent=SOMEBODY),
        RequestPieces(pieces={}),
        ProvidePiece(piece="", documents=()),
        Acknowledge(),
        Correct(form=dossier.form),
        Assess(findings={}),
        Propose(content={}),
        RecordReception(),
        AnswerProposal(answer="accepted"),
        Decide(outcome=_likeliest(dossier)),
        ReadNotice(target=pending),
        Notify(),
        Withdraw(),
        SendMessage(sender="resident", text="."),
        Extend(reasons="."),
        Suspend(reasons="."),
        Resume(),
        ReceiveAsCompetent(),
        RequestAttestation(),
        Renounce(),
        TakeOver(),
        AskOpinion(),
        GiveOpinion(view="favourable"),
        GiveVisa(agent=SOMEBODY),
        RefuseVisa(agent=SOMEBODY, reasons="."),
        RecordVote(adopted=True, session=dossier.civil_filed(), deliberation="."),
        SendConvention(),
        SignConvention(party=_next_party(dossier, by)),
        OrderPayment(part=_next_part(dossier)),
        RecordPayment(part=next((p.part for p in dossier.payments if p.paid is None), "")),
        GiveReport(documents=(SOMEBODY,)),
        Transmit(to="."),
        CorrectDate(of=_correctable(dossier)),
        Migrate(plan="", sha256="", ground="immediate_effect", text=".", article="."),
        CancelDecision(reasons="."),
        Rectify(error=".", instead="."),
        IntendRevocation(ground="fraud", reasons="."),
        GiveObservations(text="."),
        _revoke(dossier),
    )


def _correctable(dossier: Dossier) -> Of:
    """The last date that somebody may have entered."""
    if dossier.decision is not None and dossier.decision.notified is not None:
        return "decision"
    return "proposal" if dossier.proposal is not None and dossier.proposal.received is not None else "filing"


def _revoke(dossier: Dossier) -> Revoke:
    """On the ground that the person was told; before, on one that waits for nobody."""
    said = dossier.intended
    heard = civil(said.since) if said is not None and said.to_be_heard else None
    ground = said.ground if said is not None else "better"
    return Revoke(ground=ground, reasons_law=".", reasons_fact=".", heard_on=heard, request=".")


def _next_party(dossier: Dossier, by: ActorKind) -> Party:
    """Whose signature is missing; a person signs for the beneficiary alone."""
    made = dossier.convention
    signed = made is not None and made.signed_by("beneficiary") is not None
    return "authority" if signed and by == "agent" else "beneficiary"


def _next_part(dossier: Dossier) -> str:
    """The first part not ordered yet."""
    step = dossier.plan.step_of("payment")
    ordered = {payment.part for payment in dossier.payments}
    parts = step.parts if isinstance(step, Payment) else ()
    return next((part.key for part in parts if part.key not in ordered), "")


def _likeliest(dossier: Dossier) -> str:
    """The outcome that asks the least: after the fewest steps, favourable first."""
    steps = len(dossier.plan.steps)
    outcomes = sorted(
        dossier.plan.outcomes,
        key=lambda o: (steps if o.needs is None else len(o.needs), not o.favourable, o.key),
    )
    return outcomes[0].key if outcomes else ""
