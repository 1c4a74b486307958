"""Proposal: sent, reminded of, answered or met by silence (for APA: CASF R232-7)."""

from __future__ import annotations

from workflows.carried import Carried
from workflows.carrying import block
from workflows.effects import Thing
from workflows.steps.unknown import unknown


@block("proposal")
async def send_then_await_the_answer(dossier: Carried, thing: Thing) -> None:
    """Warn the agents before it is late, send it, remind the person before their days end, draw the consequence."""
    match thing.kind:
        case "tell:propose" | "tell:final_proposal" | "tell:answer":
            await dossier.tell(thing)
        case "letter:proposal" | "letter:deemed_refusal":
            await dossier.letter(thing)
        case "email:answer_proposal" | "email:deemed_refusal":
            await dossier.email(thing)
        case "proposal_silence":
            await dossier.settle(thing)
        case _:
            await unknown(dossier, thing)
