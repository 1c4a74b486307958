"""`[[amounts]]` of `cases.toml`: facts on a day, and the amounts (or the refusal) that a lawyer worked out by hand."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from pydantic import Field

from catalogue.rules import Rules
from catalogue.toml_files import Strict
from domain.amounts import InvalidFacts, NotEntitled, NoValueYet


class AmountCase(Strict):
    """`refused` is a text that the refusal must contain, when there is one; otherwise `expect` gives amounts."""

    name: str
    on: date
    facts: dict[str, Any]
    expect: dict[str, Decimal] = Field(default_factory=dict)
    refused: str = ""


def disagreement(rules: Rules, case: AmountCase) -> str | None:
    """What differs between the case and the rules; None when they agree."""
    try:
        given = rules.amounts(case.facts, case.on).values
    except (InvalidFacts, NotEntitled, NoValueYet) as refused:
        told = str(refused)
        return None if case.refused and case.refused in told else f"refusé : {told.rstrip('.')}"
    if case.refused:
        return f"un refus (« {case.refused} ») est attendu, et un montant est donné"
    if not case.expect:
        return "rien n'est attendu : cela ne prouve rien"
    different = ((name, wanted) for name, wanted in case.expect.items() if given.get(name) != wanted)
    wrong = [f"{name} = {given.get(name)} au lieu de {wanted}" for name, wanted in different]
    return " ; ".join(wrong) or None
