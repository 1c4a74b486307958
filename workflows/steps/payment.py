"""Payments: the person is told of each one that was made."""

from __future__ import annotations

from workflows.carried import Carried
from workflows.carrying import block
from workflows.effects import Thing
from workflows.steps.unknown import unknown


@block("payment")
async def tell_of_each_payment(dossier: Carried, thing: Thing) -> None:
    """Say that money is on its way."""
    match thing.kind:
        case "email:paid":
            await dossier.email(thing)
        case _:
            await unknown(dossier, thing)
