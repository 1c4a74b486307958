"""Campaigns as agents read them: their dates, their ranking, what became of a collective vote."""

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Literal
from uuid import UUID

from api.http.inputs import Out, SentenceOut
from api.shown.listed import title_of
from domain.calendar import Instant
from domain.campaign import Campaign, Ranked, Window, next_of


class WindowOut(Out):
    """When a procedure may be filed; `open` at the instant of reading."""

    title: str
    opens: datetime
    closes: datetime
    open: bool

    @classmethod
    def of(cls, window: Window, now: Instant) -> "WindowOut":
        """As anybody reads it."""
        return cls.showing(window, open=window.admits(now))


class CampaignOut(Out):
    """A campaign. `stage`: planned, opened, closed, vote_soon, voted. `budget` in euros, a decimal text."""

    id: UUID
    procedure: str
    procedure_title: str
    title: str
    opens: datetime
    closes: datetime
    session: date
    budget: str
    stage: str

    @classmethod
    def of(cls, campaign: Campaign, now: Instant) -> "CampaignOut":
        """As it stands at `now`."""
        return cls.showing(
            campaign,
            procedure_title=title_of(campaign.procedure),
            budget=str(campaign.budget),
            stage=next_of(campaign, now).state,
        )


class RankedOut(Out):
    """A request at its place. No `rank` without a score or an amount; `within`: the budget reaches it."""

    rank: int | None
    id: UUID
    reference: str
    filed_at: datetime
    score: str | None
    amount: str | None
    total: str
    within: bool
    vote: Literal["adopted", "rejected"] | None

    @classmethod
    def of(cls, ranked: Ranked) -> "RankedOut":
        """Numbers as decimal texts."""
        one = ranked.candidate
        return cls.showing(
            one,
            rank=ranked.rank,
            id=one.dossier,
            filed_at=one.filed,
            score=_text(one.score),
            amount=_text(one.amount),
            total=str(ranked.total),
            within=ranked.within,
            vote=None if one.voted is None else "adopted" if one.voted else "rejected",
        )


class RankingOut(Out):
    """The ranking of a campaign; `aside` counts the requests that are no longer examined (withdrawn, transmitted)."""

    campaign: CampaignOut
    ranked: list[RankedOut]
    aside: int

    @classmethod
    def of(cls, campaign: Campaign, now: Instant, ranked: Sequence[Ranked], aside: int) -> "RankingOut":
        """As agents read it."""
        shown = [RankedOut.of(one) for one in ranked]
        return cls(campaign=CampaignOut.of(campaign, now), ranked=shown, aside=aside)


class VoteOnOneOut(Out):
    """What became of the vote on one request: recorded, or refused with its reason."""

    id: UUID
    adopted: bool
    done: bool
    version: int | None = None
    code: str = ""
    reason: SentenceOut = ""


class CollectiveVoteOut(Out):
    """A collective vote, request by request."""

    done: int
    refused: int
    votes: list[VoteOnOneOut]


def _text(number: Decimal | None) -> str | None:
    return None if number is None else str(number)
