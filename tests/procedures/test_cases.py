"""Every case of every procedure: what a lawyer wrote is what the kernel gives."""

from __future__ import annotations

import pytest

from catalogue.cases import Case, cases, disagreements
from catalogue.loader import catalogue

ALL = [(slug, case) for slug in catalogue().slugs() for case in cases(slug)]


@pytest.mark.parametrize(("slug", "case"), ALL, ids=[f"{slug}:{case.name}" for slug, case in ALL])
def test_the_kernel_agrees_with_the_case(slug: str, case: Case) -> None:
    """Statuses, dates and refusals, at each date that the case names."""
    assert disagreements(catalogue().plan(slug), case) == ()


@pytest.mark.parametrize("slug", catalogue().slugs())
def test_a_procedure_has_at_least_eight_cases_that_expect_something(slug: str) -> None:
    """A case without expectation would prove nothing."""
    assert len(cases(slug)) >= 8
    assert all(case.expect for case in cases(slug))


def test_a_wrong_expectation_is_seen() -> None:
    """The runner can fail."""
    plan, case = catalogue().plan("apa-domicile"), cases("apa-domicile")[0]
    wrong = case.model_copy(update={"expect": (case.expect[0].model_copy(update={"status": "granted"}),)})
    assert [d.expected for d in disagreements(plan, wrong)] == ["status = granted"]


def test_an_act_wrongly_refused_or_wrongly_admitted_is_seen() -> None:
    """Both ways."""
    plan = catalogue().plan("apa-domicile")
    case = next(each for each in cases("apa-domicile") if each.name == "accord-sans-proposition")
    admitted = [act.model_copy(update={"refused": ""}) for act in case.acts]
    assert disagreements(plan, case.model_copy(update={"acts": tuple(admitted)}))
    refused = case.acts[0].model_copy(update={"refused": "jamais"})
    assert disagreements(plan, case.model_copy(update={"acts": (refused, case.acts[1])}))
