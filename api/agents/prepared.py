"""What an act of instruction rests on: content held to its form, amounts computed by the rules on that day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from api import problem_types as types
from api import refusal_types
from api.acts import Hand
from api.agents.bodies import DecideIn
from api.offered import form_named, refuse_invalid
from api.problems import FieldError, Problem
from catalogue.loader import catalogue
from catalogue.rules import Rules, rules
from domain.calendar import civil
from domain.commands import Decide
from domain.kernel import decide as try_out
from domain.plan import Plan
from domain.steps.decision import Decision
from storage import published
from storage.reading import Seen


def refuse_unless_formed(plan: Plan, form: str, content: Mapping[str, Any], where: str) -> None:
    """Raises Problem unless the content follows the form of that name (with no name: nothing is expected)."""
    if form:
        refuse_invalid(form_named(plan, form), content, where)
    elif content:
        errors = tuple(
            FieldError(f"{where}/{name}", "additionalProperties", "Ce champ n'est pas attendu ici.") for name in content
        )
        raise Problem(types.VALIDATION_FAILED, "Aucun contenu n'est attendu pour cet acte.", errors)


async def decision(hand: Hand, seen: Seen, body: DecideIn) -> Decide:
    """The decision to sign. Raises Refused before anything is computed when the dossier does not admit it."""
    plan = seen.dossier.plan
    signed = Decide(
        outcome=body.outcome,
        reasons_law=body.reasons_law,
        reasons_fact=body.reasons_fact,
        content=body.content,
        signatory=_signatory(plan, hand.actor.name),
    )
    try_out(seen.dossier, signed, seen.at)
    outcome = plan.outcome(body.outcome)
    if outcome is not None:
        refuse_unless_formed(plan, outcome.form, body.content, "/content")
        if outcome.computed:
            content, used = await computed(hand, seen, body.content)
            return replace(signed, content=content, used=used)
    return signed


async def computed(hand: Hand, seen: Seen, content: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, str]]:
    """The content with its amounts (decimal texts), and the hashes of the rules and parameters applied.

    Raises NotEntitled, NoValueYet, InvalidFacts, Problem.
    """
    procedure = seen.dossier.plan.procedure
    known = rules(procedure)
    if known is None:
        raise Problem(refusal_types.RULE_REFUSED, "Cette démarche n'a pas de règle de calcul.")
    amounts = amounts_of(known, seen, content)
    await _keep(hand, procedure, known)
    return {**content, **amounts}, dict(known.hashes)


def amounts_of(known: Rules, seen: Seen, content: Mapping[str, Any]) -> dict[str, str]:
    """The amounts on the day of the act, as decimal texts. Raises NotEntitled, NoValueYet, InvalidFacts."""
    dossier, on = seen.dossier, civil(seen.at)
    proposed = dossier.proposal.content if dossier.proposal is not None else {}
    facts = known.facts_of(dossier.form, dossier.findings, {**proposed, **content})
    values = dict(known.amounts(facts, on).values)
    silence = dossier.silence
    if silence is not None and silence.effect == "provisional":
        # The advance is monthly, like what it is imputed on (CASF R232-29).
        flat = known.provisional(civil(silence.since)).values["provisional"]
        values |= {"provisional": flat, **known.imputation(values["contribution"], flat).values}
    return {name: str(value) for name, value in values.items()}


async def _keep(hand: Hand, procedure: str, known: Rules) -> None:
    """Keep for ever the texts that the act rests on, under their hashes."""
    folder = catalogue().folder(procedure)
    async with hand.services.database.transaction(hand.context) as connection:
        for name in known.hashes:
            body = (folder / name).read_bytes()
            kind = "rules" if name.endswith(".py") else "parameters"
            await published.publish(connection, kind=kind, name=f"{procedure}/{name}", body=body)


def _signatory(plan: Plan, name: str) -> str:
    """The name and the quality of who signs (CRPA L212-1)."""
    step = plan.step_of("decision")
    quality = step.signatory if isinstance(step, Decision) else ""
    return f"{name}, par délégation ({quality})" if name and quality else name or quality
