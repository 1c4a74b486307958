"""What others than the instructor say of a dossier: opinions, visas, votes. `If-Match` says the version seen."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal
from uuid import UUID

from fastapi import APIRouter
from pydantic import Field

from api.acts import ActedOut
from api.agents.desk import MyDesk
from api.inputs import Day, Flag, In, LongText, ShortText
from domain.steps.opinion import AskOpinion, GiveOpinion
from domain.steps.visa import GiveVisa, RefuseVisa
from domain.steps.vote import RecordVote

router = APIRouter(prefix="/dossiers/{dossier}/acts")


class AskOpinionIn(In):
    """Consulting the body that the procedure names."""


class GiveOpinionIn(In):
    """What the body said; `text` says why when it is not plainly favourable."""

    view: Literal["favourable", "reserved", "unfavourable"]
    text: LongText = ""


class GiveVisaIn(In):
    """Approving the dossier at the next level."""


class RefuseVisaIn(In):
    """Sending the dossier back to its examination."""

    reasons: LongText


class RecordVoteIn(In):
    """What was voted at the session of that day, under the number of its deliberation."""

    adopted: Flag
    session: Day
    deliberation: Annotated[ShortText, Field(min_length=1)]

    def command(self) -> RecordVote:
        """The command of the domain."""
        session: date = self.session
        return RecordVote(adopted=self.adopted, session=session, deliberation=self.deliberation)


@router.post("/ask_opinion")
async def ask_opinion(dossier: UUID, body: AskOpinionIn, desk: MyDesk) -> ActedOut:
    """Consult the person or the committee whose opinion the procedure asks for."""
    return await desk.does(dossier, AskOpinion(), body)


@router.post("/give_opinion")
async def give_opinion(dossier: UUID, body: GiveOpinionIn, desk: MyDesk) -> ActedOut:
    """Record the opinion; one deemed given may still come, and changes no date."""
    return await desk.does(dossier, GiveOpinion(view=body.view, text=body.text), body)


@router.post("/give_visa")
async def give_visa(dossier: UUID, body: GiveVisaIn, desk: MyDesk) -> ActedOut:
    """Approve the dossier at the next level: other eyes than those that examine it or approved it before."""
    return await desk.does(dossier, GiveVisa(agent=desk.agent.account, agent_name=desk.agent.name), body)


@router.post("/refuse_visa")
async def refuse_visa(dossier: UUID, body: RefuseVisaIn, desk: MyDesk) -> ActedOut:
    """Send the dossier back to its examination, saying why: every level begins again."""
    return await desk.does(dossier, RefuseVisa(agent=desk.agent.account, reasons=body.reasons), body)


@router.post("/record_vote")
async def record_vote(dossier: UUID, body: RecordVoteIn, desk: MyDesk) -> ActedOut:
    """Record the assembly's vote: the decision then says what was voted."""
    return await desk.does(dossier, body.command(), body)
