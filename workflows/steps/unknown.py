"""A kind that a block does not know."""

from __future__ import annotations

from workflows.carried import Carried
from workflows.effects import Thing


async def unknown(dossier: Carried, thing: Thing) -> None:
    """A newer register names an effect that this worker is too old to do: an incident, never silence.

    What is due is settled all the same: the register knows what that means.
    """
    if thing.what == "settle":
        await dossier.settle(thing)
    else:
        await dossier.give_up(thing, "unknown_kind")
