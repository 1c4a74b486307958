"""What agents do to a decision once signed: cancel, rectify, withdraw it (CRPA L242-1 to L242-5, L121-1, L122-1)."""

from __future__ import annotations

from uuid import UUID

from fastapi import APIRouter

from api.acts import ActedOut
from api.agents.desk import MyDesk
from api.agents.remedy_bodies import CancelDecisionIn, IntendRevocationIn, PaperObservationsIn, RectifyIn, RevokeIn

router = APIRouter(prefix="/dossiers/{dossier}/acts")


@router.post("/cancel_decision")
async def cancel_decision(dossier: UUID, body: CancelDecisionIn, desk: MyDesk) -> ActedOut:
    """Cancel a decision signed by mistake and not notified yet."""
    return await desk.does(dossier, body.command(), body)


@router.post("/rectify")
async def rectify(dossier: UUID, body: RectifyIn, desk: MyDesk) -> ActedOut:
    """Rectify a clerical error of a decision; the person is written to, and nothing else changes."""
    return await desk.does(dossier, body.command(), body)


@router.post("/intend_revocation")
async def intend_revocation(dossier: UUID, body: IntendRevocationIn, desk: MyDesk) -> ActedOut:
    """Tell the person that their decision may be withdrawn, and why: they may answer (CRPA L122-1)."""
    return await desk.does(dossier, body.command(), body)


@router.post("/give_observations")
async def give_observations(dossier: UUID, body: PaperObservationsIn, desk: MyDesk) -> ActedOut:
    """Enter the person's observations, received by post or said at the counter."""
    return await desk.does(dossier, body.command(), body)


@router.post("/revoke")
async def revoke(dossier: UUID, body: RevokeIn, desk: MyDesk) -> ActedOut:
    """Withdraw a decision that gave a right, acquired by silence too; the request is to be examined again."""
    return await desk.does(dossier, body.command(), body)
