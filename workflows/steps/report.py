"""Report: the person is reminded before it is due, the service is told when it comes or when it is late."""

from __future__ import annotations

from workflows.carried import Carried
from workflows.carrying import block
from workflows.effects import Thing
from workflows.steps.unknown import unknown


@block("report")
async def remind_until_given(dossier: Carried, thing: Thing) -> None:
    """A month before, then once late."""
    match thing.kind:
        case "email:report_due":
            await dossier.email(thing)
        case "tell:report" | "tell:report_late":
            await dossier.tell(thing)
        case _:
            await unknown(dossier, thing)
