"""The mechanics that every procedure shares: look at what PostgreSQL says is next, do it, wait.

A run decides nothing and computes no date. It looks, carries the things one at a time in journal order, then
sleeps until the next one is due or until the signal `moved`, which says only that something did, and looks again.
An e-mail waits for somebody else's server: it begins in its turn, and what comes behind does not wait for it.
"""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from temporalio import workflow

from workflows import policies
from workflows.activity import ask
from workflows.carried import Carried
from workflows.effects import WHAT_NEXT, Agenda, Dossier, Thing


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a run stands, for who asks it: the version of the journal it last saw, and what it is doing."""

    seq: int
    doing: str
    steps: list[str]


class Carrying:
    """A dossier's workflow: its steps, around the same loop."""

    def __init__(self) -> None:
        self._moved = False
        self._agenda = Agenda()
        self._doing: Thing | None = None
        self._steps: list[str] = []
        self._writing: dict[Thing, asyncio.Task[None]] = {}

    @workflow.signal
    def moved(self) -> None:
        """Something moved: look again."""
        self._moved = True

    @workflow.query
    def where_it_stands(self) -> Standing:
        """The version of the journal last seen, the thing being carried (`waiting`: e-mails at most), its steps."""
        doing = f"{self._doing.step} {self._doing.kind} {self._doing.seq}" if self._doing else "waiting"
        return Standing(self._agenda.seq, doing, self._steps)

    @workflow.query
    def next_wait(self) -> float | None:
        """Seconds of the present wait when it began; None when nothing lies ahead or something is being done."""
        return self._agenda.wait

    async def carry(self, dossier: Dossier, *steps: str) -> None:
        """Carry `dossier` through its steps until nothing is pending and nothing lies ahead."""
        self._steps = list(steps)
        carried = Carried(dossier.id)
        if workflow.patched("e-mails beside"):
            await self._carry(dossier, carried)
        else:
            await self._carry_in_line(dossier, carried)
        await workflow.wait_condition(workflow.all_handlers_finished)

    async def _carry(self, dossier: Dossier, carried: Carried) -> None:
        while not await self._look(dossier):
            new = [thing for thing in self._agenda.things if thing not in self._writing]
            for thing in new:
                await self._begin(carried, thing)
            if not self._reap() and (self._writing or not new):
                await self._rest(self._agenda.wait)

    async def _carry_in_line(self, dossier: Dossier, carried: Carried) -> None:
        """The runs begun before e-mails stood aside."""
        while not await self._look(dossier):
            for thing in self._agenda.things:
                await self._hand(carried, thing)
            if not self._agenda.things:
                await self._sleep(self._agenda.wait)

    async def _begin(self, carried: Carried, thing: Thing) -> None:
        """Do it; an e-mail only begins, in its turn."""
        if not thing.writes:
            await self._hand(carried, thing)
            return
        self._writing[thing] = asyncio.create_task(self._give(carried, thing))
        await asyncio.sleep(0)

    async def _rest(self, seconds: float | None) -> None:
        """Until something moved, every e-mail begun has ended, or the next thing is due."""
        if self._writing:
            await self._sleep(seconds, lambda: self._moved or all(task.done() for task in self._writing.values()))
        else:
            await self._sleep(seconds)

    async def _look(self, dossier: Dossier) -> bool:
        """Read the agenda anew; True when the run may end: nothing ahead, and nothing moved while it was read."""
        self._reap()
        if workflow.info().is_continue_as_new_suggested() and not self._writing:
            await workflow.wait_condition(workflow.all_handlers_finished)
            workflow.continue_as_new(dossier)
        self._moved = False
        self._agenda = await ask(WHAT_NEXT, dossier, policies.ASK)
        return self._agenda.over and not self._moved and not self._writing

    def _reap(self) -> bool:
        """Forget the e-mails that have ended, if any; one whose incident could not even be opened ends the run."""
        ended = [thing for thing, task in self._writing.items() if task.done()]
        for thing in ended:
            self._writing.pop(thing).result()
        return bool(ended)

    async def _hand(self, carried: Carried, thing: Thing) -> None:
        self._doing = thing
        await self._give(carried, thing)
        self._doing = None

    async def _give(self, carried: Carried, thing: Thing) -> None:
        if thing.what == "settle":
            # The law does not wait for a step of ours: the register knows what is due, and what it means.
            await carried.settle(thing)
        elif thing.step not in self._steps:
            # Never in silence: a step that a procedure leaves out is a fault of ours that an agent must know of.
            await carried.give_up(thing, "step_without_block")
        else:
            await carried.do(thing)

    async def _sleep(self, seconds: float | None, until: Callable[[], bool] | None = None) -> None:
        if seconds is None and until is None:
            return
        timeout = None if seconds is None else timedelta(seconds=seconds)
        try:
            await workflow.wait_condition(until or (lambda: self._moved), timeout=timeout)
        except TimeoutError:
            return
