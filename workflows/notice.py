"""A notice: one letter brought to one person, until it is read or deemed read (CRPA R112-17 to 20)."""

from datetime import timedelta

from temporalio import workflow
from temporalio.exceptions import ActivityError, ApplicationError

from workflows import policies
from workflows.activity import ask
from workflows.carried import Carried
from workflows.effects import DELIVER_NOTICE, SEND_NOTICE_EMAIL, WATCH_NOTICE, NoticeOf, Thing


@workflow.defn(name="notice")
class Notice:
    """Made available electronically to who consented, posted by the agents to who did not."""

    def __init__(self) -> None:
        self._state = "delivering"

    @workflow.query
    def where_it_stands(self) -> str:
        """`delivering`, `available`, `by_post`, `read`, `deemed` or `superseded`."""
        return self._state

    @workflow.run
    async def run(self, notice: NoticeOf) -> str:
        """Deliver, tell the person, and watch until the law says that the notice was given."""
        try:
            self._state = await ask(DELIVER_NOTICE, notice, policies.LETTER)
            if self._state == "available":
                await ask(SEND_NOTICE_EMAIL, notice, policies.EMAIL)
                await self._watch(notice)
        except ActivityError as error:
            await Carried(notice.dossier).give_up(Thing("effect", "notice", notice.kind, notice.seq), "notice_failed")
            raise ApplicationError("the notice was given up; an incident is open", type="notice_failed") from error
        return self._state

    async def _watch(self, notice: NoticeOf) -> None:
        while (seen := await ask(WATCH_NOTICE, notice, policies.ASK)).seconds is not None:
            self._state = seen.state
            await workflow.sleep(min(timedelta(seconds=seen.seconds), policies.A_DAY_AT_MOST))
        self._state = seen.state
