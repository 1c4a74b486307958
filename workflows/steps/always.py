"""What belongs to no step: messages, withdrawals, transmissions, open data, the word given to subscribed systems."""

from __future__ import annotations

from workflows.carried import Carried
from workflows.carrying import block
from workflows.effects import Thing
from workflows.steps.unknown import unknown


@block("always")
async def keep_everybody_informed(dossier: Carried, thing: Thing) -> None:
    """Tell the person, the agents and the subscribed systems what just happened."""
    match thing.kind:
        case "webhook":
            await dossier.announce(thing)
        case "email:message" | "email:transmitted":
            await dossier.email(thing)
        case "email:renounced" | "email:document_ceased" | "email:date_corrected":
            await dossier.email(thing)
        case "appeal:lodged" | "appeal:concluded":
            await dossier.appeal(thing)
        case "open_data:granted":
            await dossier.publish(thing)
        case "letter:transmission" | "letter:renunciation" | "letter:date_corrected":
            await dossier.letter(thing)
        case "tell:message_sent" | "tell:withdrawn" | "tell:taken_over" | "tell:incident":
            await dossier.tell(thing)
        case "tell:renounced" | "tell:document_ceased" | "tell:date_corrected" | "tell:post_copy":
            await dossier.tell(thing)
        case _:
            await unknown(dossier, thing)
