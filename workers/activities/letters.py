"""Letters: written once the whole act is done, sealed, kept, and locked when they are an act."""

import asyncio
from datetime import UTC, date, datetime, timedelta

from temporalio import activity

from domain.calendar import Delay, midnight
from domain.effects import EFFECTS
from letters.blocks import Unrenderable
from letters.making import Made, made, of_entry
from storage.documents import letters
from storage.engine.legal_time import legal_now
from storage.lists.recipients import person
from storage.register import texts
from storage.register.fold import Story
from workers.activities.standing import Hopeless, once
from workers.put_before_agents import have_agents_told
from workers.world import World
from workflows.effects import ISSUE_LETTER, Task

# Acts and receipts are locked as ciphertext: for the plan's retention, or a year where none is stated.
LOCKED_FOR = Delay(years=1)


class LetterActivities:
    """What `letter:<what>` effects become."""

    def __init__(self, world: World) -> None:
        self._world = world

    @activity.defn(name=ISSUE_LETTER.name)
    async def issue_letter(self, task: Task) -> str:
        """Make the letter of an entry and keep it; the second time, nothing."""
        return await once(self._world, task, self._issue)

    async def _issue(self, told: Story, task: Task) -> str:
        seq, kind = task.thing.seq, task.thing.kind
        result = await self._made(told, seq, kind)
        until = _locked_until(told) if EFFECTS[kind].binding else None
        name, pdf = await letters.store(self._world.objects, told.key, told.id, seq, kind, result.pdf, lock_until=until)
        async with self._world.transaction() as connection:
            body = result.source.whole.encode()
            template = await texts.publish(connection, kind="letter", name=result.source.name, body=body)
            await letters.record(
                connection,
                told.key,
                dossier=told.id,
                seq=seq,
                kind=kind,
                object_key=name,
                locked=until is not None,
                pdf=pdf,
                template=template,
                at=await legal_now(connection),
            )
            if result.copied:
                # Whoever assists the person has no account here: their copy is posted.
                await have_agents_told(connection, told, seq, "tell:post_copy")
        return ""

    async def _made(self, told: Story, seq: int, kind: str) -> Made:
        async with self._world.transaction() as connection:
            account = await person(connection, self._world.settings.master, told.resident)
        what = kind.partition(":")[2]
        try:
            occasion = of_entry(told, seq, account.name if account else "")
            return await asyncio.to_thread(made, occasion, what)
        except Unrenderable as error:
            raise Hopeless("unrenderable", f"{kind} of entry {seq}") from error


def _locked_until(told: Story) -> datetime:
    """On the real clock: S3 knows no other."""
    today: date = datetime.now(UTC).date()
    keep = told.now().plan.retention.keep or LOCKED_FOR
    return midnight(keep.last_day(today) + timedelta(days=1))
