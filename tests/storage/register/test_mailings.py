"""Who had an e-mail stays known to have had it, and since when: a later word says nothing of a first success."""

from __future__ import annotations

from datetime import datetime
from uuid import uuid4

from sqlalchemy import select

from storage.engine.database import WORKING
from storage.engine.settings import Settings
from storage.register.mailings import Ended, Mailing, ended, note
from storage.tables.effects import mailing
from tests.storage.filed import file, opened


async def test_accepted_once_is_accepted_since_then_and_a_refusal_may_be_mended(settings: Settings) -> None:
    async with opened(settings, "app") as app:
        which = Mailing((await file(app)).id, 1, "email:filed")
    who = uuid4()
    answers: list[Ended] = ["refused", "accepted", "accepted", "refused"]
    said: list[Ended] = []
    since: list[datetime] = []
    async with opened(settings, "worker") as worker, worker.transaction(WORKING) as connection:
        for answer in answers:
            await note(connection, which, {who: answer})
            said += (await ended(connection, which)).values()
            since += (await connection.execute(select(mailing.c.at).where(mailing.c.account == who))).scalars()

    assert said == ["refused", "accepted", "accepted", "accepted"]
    assert since[1] == since[2] == since[3] > since[0]
