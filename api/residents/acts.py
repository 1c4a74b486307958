"""What a person does on their dossier: give a piece, answer, correct, write, withdraw, open a notice, take over.

The same routes serve the resident and, mounted under a mandate, the mediator (`api/residents/acting.py`).
"""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Response

from api.act_bodies import (
    AnswerProposalIn,
    CorrectIn,
    GiveObservationsIn,
    GiveReportIn,
    MessageIn,
    ProvidePieceIn,
    ReadNoticeIn,
    RenounceIn,
    RequestAttestationIn,
    SignConventionIn,
    TakeOverIn,
    WithdrawIn,
)
from api.acts import ActedOut, Hand
from api.offered import form_of, refuse_invalid
from api.preconditions import IfMatch, OptionalKey
from api.residents.acting import ActingPerson
from api.residents.dossiers import see
from api.services import Use
from storage.documents import refuse_unless_here

router = APIRouter()


async def hand_of(acting: ActingPerson, services: Use, seen: IfMatch, key: OptionalKey, response: Response) -> Hand:
    """The hand of the person who acts."""
    return Hand(services=services, actor=acting.actor, context=acting.context, version=seen, key=key, response=response)


MyHand = Annotated[Hand, Depends(hand_of)]


@router.post("/dossiers/{dossier}/acts/provide_piece")
async def provide_piece(dossier: UUID, body: ProvidePieceIn, hand: MyHand) -> ActedOut:
    """Give documents, sent before to this dossier, for one piece."""
    async with hand.services.database.transaction(hand.context) as connection:
        await refuse_unless_here(connection, dossier, body.documents)
    return await hand.does(dossier, body.command(), body)


@router.post("/dossiers/{dossier}/acts/correct")
async def correct(dossier: UUID, body: CorrectIn, hand: MyHand, acting: ActingPerson) -> ActedOut:
    """Correct the form, whole, before examination begins."""
    plan = (await see(hand.services, acting, dossier, noted=False)).dossier.plan
    form = form_of(plan)
    refuse_invalid(form, body.form, "/form")
    body = body.model_copy(update={"form": form.completed(body.form)})
    return await hand.does(dossier, body.command(), body)


@router.post("/dossiers/{dossier}/acts/answer_proposal")
async def answer_proposal(dossier: UUID, body: AnswerProposalIn, hand: MyHand) -> ActedOut:
    """Accept the proposal, ask for changes, or refuse it."""
    return await hand.does(dossier, body.command(), body)


@router.post("/dossiers/{dossier}/acts/read_notice")
async def read_notice(dossier: UUID, body: ReadNoticeIn, hand: MyHand) -> ActedOut:
    """Open a notice for the first time: it is notified by that (CRPA R112-18)."""
    return await hand.does(dossier, body.command(), body)


@router.post("/dossiers/{dossier}/acts/withdraw")
async def withdraw(dossier: UUID, body: WithdrawIn, hand: MyHand) -> ActedOut:
    """Give the request up."""
    return await hand.does(dossier, body.command(), body)


@router.post("/dossiers/{dossier}/acts/send_message")
async def send_message(dossier: UUID, body: MessageIn, hand: MyHand) -> ActedOut:
    """Write to the service."""
    return await hand.does(dossier, body.command(), body)


@router.post("/dossiers/{dossier}/acts/sign_convention")
async def sign_convention(dossier: UUID, body: SignConventionIn, hand: MyHand) -> ActedOut:
    """Sign the convention that was sent."""
    return await hand.does(dossier, body.command(), body)


@router.post("/dossiers/{dossier}/acts/give_report")
async def give_report(dossier: UUID, body: GiveReportIn, hand: MyHand) -> ActedOut:
    """Give the report of how the grant was used, as documents sent before to this dossier."""
    async with hand.services.database.transaction(hand.context) as connection:
        await refuse_unless_here(connection, dossier, body.documents)
    return await hand.does(dossier, body.command(), body)


@router.post("/dossiers/{dossier}/acts/request_attestation")
async def request_attestation(dossier: UUID, body: RequestAttestationIn, hand: MyHand) -> ActedOut:
    """Ask that the acceptance acquired by silence be attested (CRPA L232-3): the letter is issued by that, once."""
    return await hand.does(dossier, body.command(), body)


@router.post("/dossiers/{dossier}/acts/renounce")
async def renounce(dossier: UUID, body: RenounceIn, hand: MyHand) -> ActedOut:
    """Give up what was granted, by a decision or by silence, for what follows (CRPA L242-3, L242-4)."""
    return await hand.does(dossier, body.command(), body)


@router.post("/dossiers/{dossier}/acts/give_observations")
async def give_observations(dossier: UUID, body: GiveObservationsIn, hand: MyHand) -> ActedOut:
    """Answer before a decision is withdrawn, or ask to be heard (CRPA L122-1)."""
    return await hand.does(dossier, body.command(), body)


@router.post("/dossiers/{dossier}/acts/take_over")
async def take_over(dossier: UUID, body: TakeOverIn, hand: MyHand) -> ActedOut:
    """Take the dossier over from the mediator, who no longer sees it."""
    return await hand.does(dossier, body.command(), body)
