"""Assessing, proposing, deciding: what is written follows the step's own form, and amounts come from the rules."""

from __future__ import annotations

from uuid import UUID

from fastapi import APIRouter

from api.acts import ActedOut
from api.agents.bodies import AssessIn, DecideIn, ProposeIn
from api.agents.desk import MyDesk
from api.agents.prepared import assessment, decision, proposal

router = APIRouter(prefix="/dossiers/{dossier}/acts")


@router.post("/assess")
async def assess(dossier: UUID, body: AssessIn, desk: MyDesk) -> ActedOut:
    """Record the assessment, on the step's own form."""
    seen = await desk.stands(dossier, "assess", body)
    return await desk.hand.does(dossier, assessment(seen, body.findings), body)


@router.post("/propose")
async def propose(dossier: UUID, body: ProposeIn, desk: MyDesk) -> ActedOut:
    """Send a proposal, on the step's own form; the counter adds the amounts that the rules compute."""
    seen = await desk.stands(dossier, "propose", body)
    return await desk.hand.does(dossier, await proposal(desk.hand, seen, body.content), body)


@router.post("/decide")
async def decide(dossier: UUID, body: DecideIn, desk: MyDesk) -> ActedOut:
    """Sign a decision, with its reasons in law and in fact (CRPA L211-5).

    The answer gives the last useful day of notification, channel by channel.
    """
    seen = await desk.stands(dossier, "decide", body)
    return await desk.hand.does(dossier, await decision(desk.hand, seen, body), body)
