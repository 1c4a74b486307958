"""Visas: the next level is told that its turn has come, the service that the dossier is back."""

from __future__ import annotations

from workflows.carried import Carried
from workflows.carrying import block
from workflows.effects import Thing
from workflows.steps.unknown import unknown


@block("visa")
async def chase_each_level(dossier: Carried, thing: Thing) -> None:
    """Tell who comes next."""
    match thing.kind:
        case "tell:visa" | "tell:visa_refused":
            await dossier.tell(thing)
        case _:
            await unknown(dossier, thing)
