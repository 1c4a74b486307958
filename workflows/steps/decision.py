"""Decision: the last useful day is announced, the act is written, and silence is settled at its instant."""

from __future__ import annotations

from workflows.carried import Carried
from workflows.carrying import block
from workflows.effects import Thing
from workflows.steps.unknown import unknown


@block("decision")
async def warn_before_the_last_useful_day(dossier: Carried, thing: Thing) -> None:
    """Warn the agents in time; write the decision; when nobody decided, write what silence decided, attestation too.

    A silence that a late fact contradicts is compensated: a letter says so, and an agent looks at what came of it.
    """
    match thing.kind:
        case "tell:last_useful_day" | "tell:decide_after_opinion" | "tell:silence":
            await dossier.tell(thing)
        case "letter:decision" | "letter:attestation" | "letter:implied_acceptance":
            await dossier.letter(thing)
        case "letter:implied_rejection" | "letter:provisional" | "letter:silence_voided":
            await dossier.letter(thing)
        case "letter:rectification" | "letter:revocation_intended" | "letter:revocation":
            await dossier.letter(thing)
        case "email:silence" | "email:attestation" | "email:rectification" | "email:revocation_intended":
            await dossier.email(thing)
        case "email:revocation_lapsed":
            await dossier.email(thing)
        case "tell:observations_given" | "tell:revocation_lapsed":
            await dossier.tell(thing)
        case "incident:silence_voided":
            await dossier.incident(thing)
        case "silence" | "revocation_lapses":
            await dossier.settle(thing)
        case _:
            await unknown(dossier, thing)
