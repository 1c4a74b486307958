"""Completeness: the request is acknowledged, missing pieces are asked for, and reminded of (CRPA R112-11-1, L114-5)."""

from __future__ import annotations

from workflows.carried import Carried
from workflows.carrying import block
from workflows.effects import Thing
from workflows.steps.unknown import unknown


@block("completeness")
async def acknowledge_then_wait(dossier: Carried, thing: Thing) -> None:
    """Acknowledge, list what is missing, remind the person before the time given ends, the agents before the law's."""
    match thing.kind:
        case "letter:acknowledgement" | "letter:complete" | "letter:pieces":
            await dossier.letter(thing)
        case "email:filed" | "email:complete" | "email:pieces" | "email:pieces_reminder":
            await dossier.email(thing)
        case "tell:acknowledge" | "tell:pieces":
            await dossier.tell(thing)
        case "pieces_lapse" | "acknowledgement_due":
            await dossier.settle(thing)
        case _:
            await unknown(dossier, thing)
