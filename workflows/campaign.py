"""A campaign in time: its opening, its closing, the vote that comes, and its morrow are told to the agents."""

from datetime import timedelta

from temporalio import workflow

from workflows import policies
from workflows.activity import ask
from workflows.effects import TELL_OF_CAMPAIGN, WATCH_CAMPAIGN, CampaignMoment, Named, Wait


@workflow.defn(name="campaign")
class Campaign:
    """Filing never waits for this run: each is checked at its instant. What was told is written in PostgreSQL."""

    def __init__(self) -> None:
        self._moved = False
        self._seen = Wait("planned")

    @workflow.signal
    def moved(self) -> None:
        """The legal clock moved, or it was just planned: look again."""
        self._moved = True

    @workflow.query
    def where_it_stands(self) -> str:
        """`planned`, `opened`, `closed`, `vote_soon` or `voted`."""
        return self._seen.state

    @workflow.run
    async def run(self, campaign: Named) -> str:
        """Tell each moment when it comes, until the morrow of the vote."""
        while not await self._over(campaign):
            if self._seen.act:
                await ask(TELL_OF_CAMPAIGN, CampaignMoment(campaign.id, self._seen.act), policies.TELL)
            else:
                await self._sleep(self._seen.seconds)
        await workflow.wait_condition(workflow.all_handlers_finished)
        return self._seen.state

    async def _over(self, campaign: Named) -> bool:
        self._moved = False
        self._seen = await ask(WATCH_CAMPAIGN, campaign, policies.ASK)
        return not self._seen.act and self._seen.seconds is None and not self._moved

    async def _sleep(self, seconds: float | None) -> None:
        try:
            await workflow.wait_condition(lambda: self._moved, timeout=timedelta(seconds=seconds or 1))
        except TimeoutError:
            return
