"""A campaign in time: its opening, its closing, the vote that comes, and its morrow are told to the agents."""

from temporalio import workflow

from workflows import policies
from workflows.activity import ask
from workflows.effects import TELL_OF_CAMPAIGN, WATCH_CAMPAIGN, CampaignMoment, Named
from workflows.watching import Watching


@workflow.defn(name="campaign")
class Campaign(Watching):
    """Filing never waits for this run: each is checked at its instant. What was told is written in PostgreSQL.

    It stands `planned`, `opened`, `closed`, `vote_soon` or `voted`.
    """

    def __init__(self) -> None:
        super().__init__("planned")

    @workflow.run
    async def run(self, campaign: Named) -> str:
        """Tell each moment when it comes, until the morrow of the vote."""
        return await self.watch(
            lambda: ask(WATCH_CAMPAIGN, campaign, policies.ASK),
            lambda moment: ask(TELL_OF_CAMPAIGN, CampaignMoment(campaign.id, moment), policies.TELL),
        )
