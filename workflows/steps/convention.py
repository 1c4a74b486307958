"""Convention: sent to be signed, and followed until both have."""

from __future__ import annotations

from workflows.carried import Carried
from workflows.carrying import block
from workflows.effects import Thing
from workflows.steps.unknown import unknown


@block("convention")
async def send_until_both_signed(dossier: Carried, thing: Thing) -> None:
    """Write it, tell the person that it awaits them, tell the service of each signature."""
    match thing.kind:
        case "letter:convention":
            await dossier.letter(thing)
        case "email:convention":
            await dossier.email(thing)
        case "tell:convention":
            await dossier.tell(thing)
        case _:
            await unknown(dossier, thing)
