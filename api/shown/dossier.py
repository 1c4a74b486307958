"""A dossier as it is shown, settled at the instant of reading: reads never write."""

from datetime import date, datetime
from typing import Any, Literal
from uuid import UUID

from api.http.inputs import Out, SentenceOut
from api.shown.clock import ClockOut, DueOut, shown_due
from api.shown.outcome import (
    DecisionOut,
    IntendedOut,
    NoticeOut,
    ProposalOut,
    RemedyOut,
    RevocationOut,
    SilenceOut,
    shown_outcome,
)
from api.shown.pieces import PieceOut, RequestOut, shown_pieces, shown_requests
from domain.actors import ActorKind
from domain.admissibility import acts_for
from domain.calendar import Instant, civil
from domain.commands import COMMANDS
from domain.dossier import Dossier
from domain.explained.terms import first_term, report_term
from domain.non_delivery import on_its_way
from domain.step import steps_of
from domain.words import status_label
from storage.register.reading import Seen

OVER = {"implied_acceptance": "skipped", "implied_rejection": "possible"}
"""What silence makes of the steps that were not done."""


class StepOut(Out):
    """A step of the plan: `done`, `current` (the first that is not), `waiting`; once the request is answered, those
    that were not done are `skipped`, or still `possible` where a rejection by silence may be replaced.
    """

    kind: str
    label: str
    state: str
    article: str


class ActOut(Out):
    """An act of this audience, whether it is admitted now, and why not."""

    act: str
    label: str
    admitted: bool
    reason: SentenceOut


class DossierOut(Out):
    """Where a dossier stands. `version` is its ETag; dates named `…_on` are civil days in Paris.

    `on_its_way`: how the decision or the proposal that has not arrived yet reaches the person.
    `provide_by` is the last day given at filing for what was missing, `report_by` that of the report still due.
    """

    id: UUID
    reference: str
    procedure: str
    procedure_title: str
    authority: str
    status: str
    status_label: str
    closed: bool
    version: int
    filed_at: datetime
    filed_on: date
    complete_on: date | None
    acknowledged_on: date | None
    provide_by: date | None
    report_by: date | None
    taken_by: str
    electronic_notice: bool
    on_its_way: Literal["", "online", "post"]
    suspended: bool
    taken_over: bool
    clock: ClockOut
    next: DueOut | None
    steps: tuple[StepOut, ...]
    pieces: tuple[PieceOut, ...]
    requests: tuple[RequestOut, ...]
    proposal: ProposalOut | None
    decision: DecisionOut | None
    silence: SilenceOut | None
    intended_revocation: IntendedOut | None
    revocation: RevocationOut | None
    remedies: tuple[RemedyOut, ...]
    notices: tuple[NoticeOut, ...]
    acts: tuple[ActOut, ...]
    form: dict[str, Any]


def shown_dossier(seen: Seen, viewer: ActorKind) -> dict[str, Any]:
    """The fields of `DossierOut`, as this audience sees them. Raises ValueError before filing."""
    dossier = seen.dossier
    if dossier.filed is None:
        raise ValueError("the dossier is not filed")
    plan = dossier.plan
    return {
        "id": seen.header.id,
        "reference": seen.header.reference,
        "procedure": plan.procedure,
        "procedure_title": plan.title,
        "authority": plan.authority,
        "status": dossier.status,
        "status_label": status_label(dossier.status),
        "closed": dossier.closed,
        "version": seen.header.version,
        "filed_at": dossier.filed,
        "filed_on": civil(dossier.filed),
        "complete_on": civil(dossier.complete) if dossier.complete else None,
        "acknowledged_on": civil(dossier.acknowledged) if dossier.acknowledged else None,
        "provide_by": first_term(dossier),
        "report_by": report_term(dossier),
        "taken_by": dossier.agent_name,
        "electronic_notice": dossier.electronic_notice,
        "on_its_way": on_its_way(dossier),
        "suspended": dossier.suspended,
        "taken_over": dossier.taken_over is not None,
        "clock": ClockOut.of(dossier),
        "next": shown_due(dossier),
        "steps": shown_steps(dossier),
        "pieces": shown_pieces(dossier),
        "requests": shown_requests(dossier),
        **shown_outcome(dossier, seen.at, everything=viewer == "agent"),
        "acts": shown_acts(dossier, viewer, seen.at),
        "form": dict(dossier.form),
    }


def shown_steps(dossier: Dossier) -> tuple[StepOut, ...]:
    """The steps of the plan, in order, as the status says them: a request that lacks a piece is not complete."""
    steps: list[StepOut] = []
    over = OVER.get(dossier.status, "skipped" if dossier.closed else "")
    current, spared = not over, over or ("skipped" if dossier.decision is not None else "possible")
    decided = [step.kind for step in dossier.plan.steps].index("decision") if dossier.decision is not None else 0
    for rank, step in enumerate(steps_of(dossier.plan)):
        done = step.done(dossier) and not (step.kind == "completeness" and dossier.owed() and not over)
        undone = "waiting" if step.follows_grant and dossier.status == "implied_acceptance" else over or "waiting"
        without = step.spared(dossier) or (rank < decided and not done)
        state = spared if without else "done" if done else "current" if current else undone
        current = current and (done or without)
        steps.append(StepOut(kind=step.kind, label=step.label, state=state, article=step.article))
    return tuple(steps)


def shown_acts(dossier: Dossier, viewer: ActorKind, at: Instant) -> tuple[ActOut, ...]:
    """What this audience may do now, and why not the rest."""
    return tuple(
        ActOut(act=one.act, label=COMMANDS[one.act].label, admitted=one.admitted, reason=one.reason)
        for one in acts_for(dossier, viewer, at)
    )
