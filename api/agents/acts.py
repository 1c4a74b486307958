"""What agents do on a dossier, each act by its name. `If-Match` says the version they have seen."""

from __future__ import annotations

from uuid import UUID

from fastapi import APIRouter

from api.acts import ActedOut
from api.agents.bodies import (
    AcknowledgeIn,
    AgentMessageIn,
    CorrectDateIn,
    ExtendIn,
    MigrateIn,
    NotifyIn,
    PaperAnswerIn,
    PaperAttestationIn,
    PaperPieceIn,
    PaperRenunciationIn,
    PaperWithdrawalIn,
    ReceiveAsCompetentIn,
    RecordReceptionIn,
    RequestPiecesIn,
    ResumeIn,
    SuspendIn,
    TakeIn,
    TransmitIn,
)
from api.agents.desk import MyDesk
from catalogue.loader import catalogue
from domain.in_charge import Take
from storage.documents import refuse_unless_here

router = APIRouter(prefix="/dossiers/{dossier}/acts")


@router.post("/take")
async def take(dossier: UUID, body: TakeIn, desk: MyDesk) -> ActedOut:
    """Take the dossier in charge; the resident sees by whom (CRPA L111-2)."""
    return await desk.does(dossier, Take(agent=desk.agent.account, agent_name=desk.agent.name), body)


@router.post("/request_pieces")
async def request_pieces(dossier: UUID, body: RequestPiecesIn, desk: MyDesk) -> ActedOut:
    """Ask for pieces, each with its reason; the answer says whether the clock moved, and why."""
    return await desk.does(dossier, body.command(), body)


@router.post("/provide_piece")
async def provide_piece(dossier: UUID, body: PaperPieceIn, desk: MyDesk) -> ActedOut:
    """Enter a piece that came by post or at the counter."""
    async with desk.hand.services.database.transaction(desk.agent.context) as connection:
        await refuse_unless_here(connection, dossier, body.documents)
    return await desk.does(dossier, body.command(), body)


@router.post("/acknowledge")
async def acknowledge(dossier: UUID, body: AcknowledgeIn, desk: MyDesk) -> ActedOut:
    """Acknowledge that the file is complete."""
    return await desk.does(dossier, body.command(), body)


@router.post("/record_reception")
async def record_reception(dossier: UUID, body: RecordReceptionIn, desk: MyDesk) -> ActedOut:
    """Record when the resident received the proposal by post."""
    return await desk.does(dossier, body.command(), body)


@router.post("/answer_proposal")
async def answer_proposal(dossier: UUID, body: PaperAnswerIn, desk: MyDesk) -> ActedOut:
    """Enter the person's answer to the proposal, received by post or at the counter, with its evidence."""
    return await desk.does(dossier, body.command(), body)


@router.post("/notify")
async def notify(dossier: UUID, body: NotifyIn, desk: MyDesk) -> ActedOut:
    """Record that the decision was notified by post or by hand, with its evidence."""
    return await desk.does(dossier, body.command(), body)


@router.post("/correct_date")
async def correct_date(dossier: UUID, body: CorrectDateIn, desk: MyDesk) -> ActedOut:
    """Correct a date entered by hand, either way, with its evidence; the former is kept, the clock reckoned anew."""
    return await desk.does(dossier, body.command(), body)


@router.post("/extend")
async def extend(dossier: UUID, body: ExtendIn, desk: MyDesk) -> ActedOut:
    """Prolong the delay, with reasons, where a text allows it."""
    return await desk.does(dossier, body.command(), body)


@router.post("/suspend")
async def suspend(dossier: UUID, body: SuspendIn, desk: MyDesk) -> ActedOut:
    """Suspend until an original is produced (CRPA R113-6)."""
    return await desk.does(dossier, body.command(), body)


@router.post("/resume")
async def resume(dossier: UUID, body: ResumeIn, desk: MyDesk) -> ActedOut:
    """Resume a suspended procedure."""
    return await desk.does(dossier, body.command(), body)


@router.post("/send_message")
async def send_message(dossier: UUID, body: AgentMessageIn, desk: MyDesk) -> ActedOut:
    """Write to the resident."""
    return await desk.does(dossier, body.command(), body)


@router.post("/withdraw")
async def withdraw(dossier: UUID, body: PaperWithdrawalIn, desk: MyDesk) -> ActedOut:
    """Enter a withdrawal received by post."""
    return await desk.does(dossier, body.command(), body)


@router.post("/request_attestation")
async def request_attestation(dossier: UUID, body: PaperAttestationIn, desk: MyDesk) -> ActedOut:
    """Enter a request for the attestation of an acceptance acquired by silence, received on paper (CRPA L232-3)."""
    return await desk.does(dossier, body.command(), body)


@router.post("/renounce")
async def renounce(dossier: UUID, body: PaperRenunciationIn, desk: MyDesk) -> ActedOut:
    """Enter a letter by which the person gives up what they were granted (CRPA L242-3, L242-4)."""
    return await desk.does(dossier, body.command(), body)


@router.post("/transmit")
async def transmit(dossier: UUID, body: TransmitIn, desk: MyDesk) -> ActedOut:
    """Send a request that is not ours on to the competent authority; the person is told (CRPA L114-2)."""
    return await desk.does(dossier, body.command(), body)


@router.post("/receive_as_competent")
async def receive_as_competent(dossier: UUID, body: ReceiveAsCompetentIn, desk: MyDesk) -> ActedOut:
    """Record the reception by the competent authority (CRPA L114-3)."""
    return await desk.does(dossier, body.command(), body)


@router.post("/migrate")
async def migrate(dossier: UUID, body: MigrateIn, desk: MyDesk) -> ActedOut:
    """Take the dossier to another published version, on a stated legal ground; refused when it cannot follow."""
    seen = await desk.stands(dossier, "migrate", body)
    target = catalogue().version(seen.dossier.plan.procedure, body.version)
    return await desk.does(dossier, body.command(target), body)
