"""Assessing, proposing, deciding: what is written follows the step's own form, and amounts come from the rules."""

from __future__ import annotations

from uuid import UUID

from fastapi import APIRouter

from api.acts import ActedOut
from api.agents.bodies import AssessIn, DecideIn, ProposeIn
from api.agents.desk import MyDesk
from api.agents.prepared import computed, decision, refuse_unless_formed
from domain.commands import Assess, Propose
from domain.kernel import decide as try_out
from domain.steps.assessment import Assessment
from domain.steps.proposal import Proposal

router = APIRouter(prefix="/dossiers/{dossier}/acts")


@router.post("/assess")
async def assess(dossier: UUID, body: AssessIn, desk: MyDesk) -> ActedOut:
    """Record the assessment, on the step's own form."""
    seen = await desk.stands(dossier, "assess", body)
    step = seen.dossier.plan.step_of("assessment")
    if isinstance(step, Assessment):
        refuse_unless_formed(seen.dossier.plan, step.form, body.findings, "/findings")
    return await desk.hand.does(dossier, Assess(findings=body.findings), body)


@router.post("/propose")
async def propose(dossier: UUID, body: ProposeIn, desk: MyDesk) -> ActedOut:
    """Send a proposal, on the step's own form; the counter adds the amounts that the rules compute."""
    seen = await desk.stands(dossier, "propose", body)
    command = Propose(content=body.content)
    try_out(seen.dossier, command, seen.at)
    step = seen.dossier.plan.step_of("proposal")
    if isinstance(step, Proposal):
        refuse_unless_formed(seen.dossier.plan, step.form, body.content, "/content")
        if step.computed:
            content, used = await computed(desk.hand, seen, body.content)
            command = Propose(content=content, used=used)
    return await desk.hand.does(dossier, command, body)


@router.post("/decide")
async def decide(dossier: UUID, body: DecideIn, desk: MyDesk) -> ActedOut:
    """Sign a decision, with its reasons in law and in fact (CRPA L211-5).

    The answer gives the last useful day of notification, channel by channel.
    """
    seen = await desk.stands(dossier, "decide", body)
    return await desk.hand.does(dossier, await decision(desk.hand, seen, body), body)
