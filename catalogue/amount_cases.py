"""`[[amounts]]` of `cases.toml`: facts on a day, and the amounts (or the refusal) that a lawyer worked out by hand.

`rule` says what is computed: `amounts` from their facts; `dossier`, the same from `findings` and `content` as an agent
writes them; `provisional`, what silence gives that day; `advance`, what it has paid from `since` to `until`;
`imputation` of an `advance` on a `contribution`.
"""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any, Literal

from pydantic import Field

from catalogue.rules import Rules
from catalogue.toml_files import Strict
from domain.amounts import InvalidFacts, NotEntitled, NoValueYet, money
from domain.sentence import N_, Listed, Sentence, Verbatim

Rule = Literal["amounts", "dossier", "provisional", "advance", "imputation"]


class AmountCase(Strict):
    """`refused` is a text that the refusal must contain, when there is one; otherwise `expect` gives amounts."""

    name: str
    rule: Rule = "amounts"
    on: date
    facts: dict[str, Any] = Field(default_factory=dict)
    reference: tuple[str, ...] = ()
    expect: dict[str, Decimal] = Field(default_factory=dict)
    refused: str = ""


def disagreement(rules: Rules, case: AmountCase) -> str | None:
    """What differs between the case and the rules; None when they agree."""
    try:
        given = _computed(rules, case)
    except (InvalidFacts, NotEntitled, NoValueYet) as refused:
        told = str(refused)
        return None if case.refused and case.refused in told else Sentence("refusé : {why}", why=told.rstrip("."))
    if case.refused:
        return Sentence("un refus (« {why} ») est attendu, et un montant est donné", why=case.refused)
    if not case.expect:
        return N_("rien n'est attendu : cela ne prouve rien")
    wrong = [
        Sentence("{name} = {given} au lieu de {wanted}", name=Verbatim(name), given=given.get(name), wanted=wanted)
        for name, wanted in case.expect.items()
        if given.get(name) != wanted
    ]
    return Listed(wrong, " ; ") or None


def _computed(rules: Rules, case: AmountCase) -> Mapping[str, Decimal]:
    facts = case.facts
    match case.rule:
        case "amounts":
            return rules.amounts(facts, case.on).values
        case "dossier":
            parts = (facts.get(name, {}) for name in ("form", "findings", "content"))
            return rules.amounts(rules.facts_of(*parts), case.on).values
        case "provisional":
            return rules.provisional(case.on).values
        case "advance":
            return rules.advance(_day(facts, "since"), _day(facts, "until")).values
        case "imputation":
            contribution, advance = (money(name, facts.get(name)) for name in ("contribution", "advance"))
            return rules.imputation(contribution, advance).values


def _day(facts: Mapping[str, Any], name: str) -> date:
    try:
        return date.fromisoformat(str(facts.get(name)))
    except ValueError as bad:
        raise InvalidFacts(name, "il faut une date, par exemple 2027-01-24.") from bad
