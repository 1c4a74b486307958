"""APA at home: ceiling, participation, provisional flat rate, imputation of the advance.

Each function is an article. No number is written here but 0 and 1: values come from `parameters.toml`, on the day
given. Amounts are euros a month, `Decimal`; rounding, half up to the cent, happens once, at the end, in the caller.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from domain.amounts import Amounts, InvalidFacts, NotEntitled, Values, cents, money
from domain.calendar import add_months

ZERO, ONE = Decimal(0), Decimal(1)
NO_RIGHT = "CASF L232-2, R232-4"


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What the amount depends on: GIR, monthly aid plan, monthly resources of the household, whether it is a couple."""

    gir: int
    plan: Decimal
    resources: Decimal
    couple: bool


def facts_of(form: Mapping[str, Any], findings: Mapping[str, Any], content: Mapping[str, Any]) -> dict[str, Any]:
    """The facts of a dossier, from its assessment and the proposed plan."""
    del form
    return {
        "gir": findings.get("gir"),
        "plan": content.get("plan"),
        "resources": findings.get("ressources_mensuelles"),
        "couple": findings.get("couple", False),
    }


def read(facts: Mapping[str, Any]) -> Facts:
    """The facts, checked. Raises InvalidFacts."""
    unknown = sorted(set(facts) - {"gir", "plan", "resources", "couple"})
    if unknown:
        raise InvalidFacts(unknown[0], "ce champ n'est pas connu ; il faut gir, plan, resources et couple.")
    gir, couple = facts.get("gir"), facts.get("couple", False)
    if type(gir) is not int or str(gir) not in "123456":
        raise InvalidFacts("gir", "le GIR est un nombre entier de 1 à 6.")
    if type(couple) is not bool:
        raise InvalidFacts("couple", "il faut true ou false.")
    return Facts(
        gir=gir,
        plan=money("plan", facts.get("plan")),
        resources=money("resources", facts.get("resources")),
        couple=couple,
    )


def amounts(given: Mapping[str, Any], values: Values) -> Amounts:
    """Participation and contribution for an aid plan. Raises InvalidFacts, NotEntitled (the article says why)."""
    facts = read(given)
    limit = ceiling(facts.gir, values)
    if facts.plan > cents(limit):
        raise NotEntitled(
            f"Le plan d'aide ({facts.plan} €) dépasse le plafond du GIR {facts.gir} ({cents(limit)} €).", "CASF R232-10"
        )
    paid = cents(participation(facts, values))
    return Amounts(
        values={
            "participation": paid,
            "contribution": cents(facts.plan) - paid,
            "ceiling": cents(limit),
        },
        used=values.used(),
    )


def ceiling(gir: int, values: Values) -> Decimal:
    """CASF R232-10: the aid plan may not exceed a share of the MTP that depends on the GIR. GIR 5 and 6: no right."""
    if not values.knows(f"ceiling_gir_{gir}"):
        raise NotEntitled(f"Le GIR {gir} n'ouvre pas droit à l'APA.", NO_RIGHT)
    return values["mtp"] * values[f"ceiling_gir_{gir}"]


def participation(facts: Facts, values: Values) -> Decimal:
    """CASF R232-11: what the resident pays, by resources and by parts of the plan; never above the highest rate."""
    mtp = values["mtp"]
    lower, upper = values["lower_resources"] * mtp, values["upper_resources"] * mtp
    resources = facts.resources / values["couple_divisor"] if facts.couple else facts.resources
    highest = values["highest_rate"] * facts.plan
    if resources <= lower:
        return ZERO
    if resources > upper:
        return highest
    span = upper - lower
    first, second, third = parts(facts.plan, values)
    weighted = (
        first
        + second * slope(values["second_part_slope"], resources, lower, upper)
        + third * slope(values["third_part_slope"], resources, lower, upper)
    )
    return min(highest, values["highest_rate"] * (resources - lower) / span * weighted)


def parts(plan: Decimal, values: Values) -> tuple[Decimal, Decimal, Decimal]:
    """CASF R232-11: the plan cut at two shares of the MTP."""
    first_end = values["first_part"] * values["mtp"]
    second_end = values["second_part"] * values["mtp"]
    first = min(plan, first_end)
    second = min(max(plan - first_end, ZERO), second_end - first_end)
    return first, second, max(plan - second_end, ZERO)


def slope(share: Decimal, resources: Decimal, lower: Decimal, upper: Decimal) -> Decimal:
    """CASF R232-11: the coefficient of a part, from `1 - share` of the way to 1 as resources grow."""
    return (share * resources + (ONE - share) * upper - lower) / (upper - lower)


def provisional(values: Values) -> Amounts:
    """CASF L232-12, R232-29: the flat rate due when nothing was notified in time, a share of the GIR 1 ceiling."""
    flat = cents(values["provisional_share"] * cents(values["mtp"] * values["ceiling_gir_1"]))
    return Amounts(values={"provisional": flat}, used=values.used())


def advance(since: date, until: date, values: Values) -> Amounts:
    """CASF R232-29: what the provisional aid has paid, one flat rate for each month begun from `since` to `until`.

    That a month begun is paid in full is to be confirmed: no text read gives the rule.
    """
    flat = provisional(values).values["provisional"]
    months = ZERO
    while add_months(since, int(months)) < until:
        months += ONE
    return Amounts(values={"advance": cents(flat * months)}, used=values.used())


def imputation(contribution: Decimal, advance: Decimal) -> Amounts:
    """CASF R232-29: the advance already paid is imputed on what the express decision grants.

    `advance` is what was paid as provisional aid for the months that `contribution` covers; what exceeds it is
    carried over to the following payments.
    """
    imputed = min(contribution, advance)
    return Amounts(
        values={"imputed": imputed, "to_pay": contribution - imputed, "carried_over": advance - imputed}, used=()
    )
