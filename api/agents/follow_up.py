"""What follows a grant: its convention, its payments, its report. `If-Match` says the version seen."""

from __future__ import annotations

from typing import Literal
from uuid import UUID

from fastapi import APIRouter
from pydantic import Field

from api.act_bodies import Documents, LateIn
from api.acts import ActedOut
from api.agents.desk import MyDesk
from api.agents.prepared import refuse_unless_formed
from api.inputs import Content, In, Key, ShortText
from domain.steps.convention import Convention, SendConvention, SignConvention
from domain.steps.payment import OrderPayment, RecordPayment
from domain.steps.report import GiveReport
from storage.documents import refuse_unless_here

router = APIRouter(prefix="/dossiers/{dossier}/acts")


class SendConventionIn(In):
    """The convention's content, on the step's own form."""

    content: Content = Field(default_factory=dict)


class SignConventionIn(LateIn):
    """A signature: the authority's, or the beneficiary's received on paper with its evidence."""

    party: Literal["beneficiary", "authority"]

    def command(self) -> SignConvention:
        """The command of the domain."""
        return SignConvention(party=self.party, **self.late)


class OrderPaymentIn(In):
    """A part to pay; `amount`, in euros, where the procedure states no share."""

    part: Key
    amount: ShortText = ""


class RecordPaymentIn(LateIn):
    """A part that the accountant paid."""

    part: Key

    def command(self) -> RecordPayment:
        """The command of the domain."""
        return RecordPayment(part=self.part, **self.late)


class PaperReportIn(LateIn):
    """A report received on paper, scanned by the agent."""

    documents: Documents

    def command(self) -> GiveReport:
        """The command of the domain."""
        return GiveReport(documents=self.documents, **self.late)


@router.post("/send_convention")
async def send_convention(dossier: UUID, body: SendConventionIn, desk: MyDesk) -> ActedOut:
    """Send the convention to be signed, on the step's own form."""
    seen = await desk.stands(dossier, "send_convention", body)
    step = seen.dossier.plan.step_of("convention")
    if isinstance(step, Convention):
        refuse_unless_formed(seen.dossier.plan, step.form, body.content, "/content")
    return await desk.hand.does(dossier, SendConvention(content=body.content), body)


@router.post("/sign_convention")
async def sign_convention(dossier: UUID, body: SignConventionIn, desk: MyDesk) -> ActedOut:
    """Sign for the authority, or write down the beneficiary's signature received on paper."""
    return await desk.does(dossier, body.command(), body)


@router.post("/order_payment")
async def order_payment(dossier: UUID, body: OrderPaymentIn, desk: MyDesk) -> ActedOut:
    """Order a part of what was granted to be paid."""
    return await desk.does(dossier, OrderPayment(part=body.part, amount=body.amount), body)


@router.post("/record_payment")
async def record_payment(dossier: UUID, body: RecordPaymentIn, desk: MyDesk) -> ActedOut:
    """Record that the accountant paid it."""
    return await desk.does(dossier, body.command(), body)


@router.post("/give_report")
async def give_report(dossier: UUID, body: PaperReportIn, desk: MyDesk) -> ActedOut:
    """Enter a report received on paper."""
    async with desk.hand.services.database.transaction(desk.agent.context) as connection:
        await refuse_unless_here(connection, dossier, body.documents)
    return await desk.does(dossier, body.command(), body)
