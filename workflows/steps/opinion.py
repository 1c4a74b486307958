"""Opinion: the body is told that it is consulted, and its silence is settled once its days are over."""

from __future__ import annotations

from workflows.carried import Carried
from workflows.carrying import block
from workflows.effects import Thing
from workflows.steps.unknown import unknown


@block("opinion")
async def consult_until_given_or_deemed(dossier: Carried, thing: Thing) -> None:
    """Tell who is consulted, then the service; settle the opinion that never came."""
    match thing.kind:
        case "tell:opinion_asked" | "tell:opinion_given":
            await dossier.tell(thing)
        case "opinion_deemed":
            await dossier.settle(thing)
        case _:
            await unknown(dossier, thing)
