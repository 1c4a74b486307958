"""Assessment: the evaluation team is called, then reminded before its time is over (CASF D421-4, R232-7)."""

from __future__ import annotations

from workflows.carried import Carried
from workflows.carrying import block
from workflows.effects import Thing
from workflows.steps.unknown import unknown


@block("assessment")
async def invite_and_remind(dossier: Carried, thing: Thing) -> None:
    """Tell the team that a complete file awaits its visit, then that the visit is late."""
    match thing.kind:
        case "tell:assess" | "tell:assessment_late":
            await dossier.tell(thing)
        case _:
            await unknown(dossier, thing)
