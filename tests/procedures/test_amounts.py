"""APA's amounts: the text's own boundaries, and laws that hold everywhere (CASF R232-10, R232-11, R232-29)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalogue.amount_cases import AmountCase, disagreement
from catalogue.cases import amount_cases
from catalogue.rules import Rules, rules
from domain.amounts import InvalidFacts, NotEntitled, NoValueYet

DAY = date(2026, 6, 1)
CEILINGS = {1: "2080.33", 2: "1682.30", 3: "1215.99", 4: "811.52"}
LOWER, UPPER = Decimal("933.90"), Decimal("3439.30")
CASES = amount_cases("apa-domicile")
PLANS = st.decimals("0.00", "811.52", places=2)
RESOURCES = st.decimals("0.00", "6000.00", places=2)
CENT = Decimal("0.01")


def apa() -> Rules:
    """The rules under test."""
    found = rules("apa-domicile")
    assert found is not None
    return found


def facts(**given_facts: Any) -> dict[str, Any]:
    """Facts of a person alone in GIR 4, with what a test changes."""
    return {"gir": 4, "plan": "800.00", "resources": "1500.00", "couple": False} | given_facts


def paid(plan: Decimal, resources: Decimal, **more: Any) -> Decimal:
    """The participation, in euros."""
    return apa().amounts(facts(plan=str(plan), resources=str(resources), **more), DAY).values["participation"]


@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
def test_the_rules_agree_with_what_was_worked_out_by_hand(case: AmountCase) -> None:
    """Each `[[amounts]]` of cases.toml."""
    assert disagreement(apa(), case) is None


def test_a_wrong_amount_is_seen() -> None:
    """The comparison can fail, both ways."""
    case = CASES[0].model_copy(update={"expect": {"participation": Decimal("128.46")}})
    assert disagreement(apa(), case) == "participation = 128.45 au lieu de 128.46"
    assert disagreement(apa(), CASES[0].model_copy(update={"refused": "R232-10"})) is not None
    assert disagreement(apa(), CASES[0].model_copy(update={"expect": {}})) is not None


@pytest.mark.parametrize(("gir", "ceiling"), CEILINGS.items())
def test_a_plan_reaches_its_ceiling_to_the_cent(gir: int, ceiling: str) -> None:
    """CASF R232-10: the ceiling itself is admitted, one cent more is not."""
    assert apa().amounts(facts(gir=gir, plan=ceiling), DAY).values["ceiling"] == Decimal(ceiling)
    with pytest.raises(NotEntitled, match="R232-10"):
        apa().amounts(facts(gir=gir, plan=str(Decimal(ceiling) + CENT)), DAY)


@pytest.mark.parametrize("gir", [5, 6])
def test_gir_5_and_6_open_no_right(gir: int) -> None:
    """CASF R232-4."""
    with pytest.raises(NotEntitled, match="R232-4"):
        apa().amounts(facts(gir=gir), DAY)


def test_nothing_is_paid_up_to_the_lower_resources() -> None:
    """CASF R232-11: 0.725 MTP is 933.894 euros."""
    plan = Decimal("811.52")
    assert paid(plan, Decimal("933.89")) == 0
    assert paid(plan, LOWER + 5) > 0


def test_above_the_upper_resources_nine_tenths_are_paid() -> None:
    """CASF R232-11: 2.67 MTP is 3 439.307 euros; the curve joins both ends without a jump."""
    plan = Decimal("800.00")
    assert paid(plan, Decimal("3439.31")) == Decimal("720.00")
    assert Decimal("719.90") < paid(plan, UPPER) <= Decimal("720.00")


def test_a_couple_s_resources_are_divided_by_1_7() -> None:
    """CASF R232-11: so a couple with 1.7 times as much pays as a person alone."""
    assert paid(Decimal("800.00"), Decimal("2550.00"), couple=True) == paid(Decimal("800.00"), Decimal("1500.00"))


@given(plan=PLANS, resources=RESOURCES, couple=st.booleans())
def test_a_participation_is_between_nothing_and_nine_tenths(plan: Decimal, resources: Decimal, couple: bool) -> None:  # noqa: FBT001
    """In whole cents, and with the contribution it makes the plan."""
    values = apa().amounts(facts(plan=str(plan), resources=str(resources), couple=couple), DAY).values
    participation, contribution = values["participation"], values["contribution"]
    assert 0 <= participation <= Decimal("0.9") * plan + CENT / 2
    assert participation + contribution == plan
    assert participation == participation.quantize(CENT)
    assert contribution == contribution.quantize(CENT)


@given(plan=PLANS, resources=st.tuples(RESOURCES, RESOURCES).map(sorted), couple=st.booleans())
def test_more_resources_never_pay_less(plan: Decimal, resources: list[Decimal], couple: bool) -> None:  # noqa: FBT001
    """Monotone, whatever the plan."""
    assert paid(plan, resources[0], couple=couple) <= paid(plan, resources[1], couple=couple)


@given(plans=st.tuples(PLANS, PLANS).map(sorted), resources=RESOURCES)
def test_a_larger_plan_never_pays_less(plans: list[Decimal], resources: Decimal) -> None:
    """Monotone, whatever the resources."""
    assert paid(plans[0], resources) <= paid(plans[1], resources)


@given(contribution=st.decimals("0.00", "2080.33", places=2), advance=st.decimals("0.00", "9000.00", places=2))
def test_an_advance_is_imputed_whole_and_once(contribution: Decimal, advance: Decimal) -> None:
    """CASF R232-29: what is imputed and what is carried over make the advance; nobody pays back below nothing."""
    values = apa().imputation(contribution, advance).values
    assert values["imputed"] + values["carried_over"] == advance
    assert values["imputed"] + values["to_pay"] == contribution
    assert min(values.values()) >= 0
    assert values["to_pay"] == 0 or values["carried_over"] == 0


def test_the_provisional_flat_rate_is_half_the_gir_1_ceiling() -> None:
    """CASF L232-12, R232-29: 1 040,17 euros in 2026, and nothing before the first value."""
    assert apa().provisional(DAY).values["provisional"] == Decimal("1040.17")
    with pytest.raises(NoValueYet, match="01/01/2026"):
        apa().provisional(date(2025, 12, 31))


BAD = [
    ("gir", 0), ("gir", 7), ("gir", "2"), ("gir", True), ("gir", None), ("gir", 2.0),
    ("plan", "-1.00"), ("plan", 900), ("plan", 900.0), ("plan", "neuf cents"), ("plan", "900,00"), ("plan", None),
    ("plan", "900.001"), ("plan", "NaN"), ("plan", "1e3"), ("plan", "99999999999"), ("plan", " 900"), ("plan", "٩٠٠"),
    ("resources", "-0.01"), ("resources", "Infinity"), ("resources", True), ("resources", ["1500.00"]),
    ("couple", "oui"), ("couple", 1), ("couple", None), ("ville", "Brest"),
]  # fmt: skip


@pytest.mark.parametrize(("field", "value"), BAD)
def test_a_bad_fact_is_refused_by_its_name(field: str, value: object) -> None:
    """Never guessed, never rounded in silence."""
    with pytest.raises(InvalidFacts) as bad:
        apa().amounts(facts(**{field: value}), DAY)
    assert bad.value.field == field


def test_what_was_used_is_told_with_its_text() -> None:
    """Every value read, from when, under which text: CRPA L311-3-1."""
    used = {each.name: each for each in apa().amounts(facts(), DAY).used}
    assert {"mtp", "ceiling_gir_4", "lower_resources", "upper_resources", "highest_rate"} <= used.keys()
    assert used["mtp"].value == Decimal("1288.13")
    assert all(each.reference and each.start <= DAY for each in used.values())
