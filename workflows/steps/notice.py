"""Notice: a decision or a proposal is brought to the person (CRPA R112-17 to 20)."""

from __future__ import annotations

from workflows.carried import Carried
from workflows.carrying import block
from workflows.effects import Thing
from workflows.steps.unknown import unknown


@block("notice")
async def deliver_until_read_or_deemed(dossier: Carried, thing: Thing) -> None:
    """Hand the letter over to its notice, remind of one left unread, have posted one that failed, settle one deemed."""
    match thing.kind:
        case "notice:proposal" | "notice:decision" | "notice:revocation":
            await dossier.notice(thing)
        case "email:unread_notice":
            await dossier.email(thing)
        case "tell:post_instead":
            await dossier.tell(thing)
        case "notice_deemed":
            await dossier.settle(thing)
        case _:
            await unknown(dossier, thing)
