"""What agents write in APA's proposal and decision: held to its form, completed by the rules, the advance imputed."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

import pytest

from catalogue import contents
from catalogue.contents import Incorrect
from catalogue.examples import example
from catalogue.loader import catalogue
from domain.calendar import PARIS
from domain.command import Command
from domain.dossier import Dossier
from domain.filing import File
from domain.kernel import act
from domain.refusals import Refused
from domain.steps.assessment import Assess
from domain.steps.proposal import AnswerProposal, Propose

APA = "apa-domicile"
EXAMPLE = example(APA)
PLAN = {"plan": "900.00", "aides": EXAMPLE["plan"]["aides"]}
FINDINGS = {**EXAMPLE["evaluation"], "gir": 2, "ressources_mensuelles": "1500.00", "couple": False}
ACCORD = {"a_compter_du": "2027-02-12", "revision": "2029-02-12"}


def _do(dossier: Dossier, command: Command, on: date) -> Dossier:
    noon = datetime(on.year, on.month, on.day, 12, tzinfo=PARIS).astimezone(UTC)
    return act(dossier, command, noon)[0]


def _assessed(on: date = date(2026, 12, 1), **findings: Any) -> Dossier:
    """Filed complete on 23 November 2026, assessed on `on`."""
    plan = catalogue().plan(APA)
    pieces = {piece.key: (UUID(int=1),) for piece in plan.pieces}
    filed = _do(Dossier(plan=plan), File(form=EXAMPLE["form"], pieces=pieces), date(2026, 11, 23))
    return _do(filed, Assess(findings=contents.findings(plan, FINDINGS | findings)), on)


def _accepted(on: date, **findings: Any) -> Dossier:
    dossier = _assessed(on, **findings)
    proposed = contents.proposal(dossier, PLAN, on)
    dossier = _do(dossier, Propose(content=proposed.content, used=proposed.used), on)
    return _do(dossier, AnswerProposal(answer="accepted"), on)


def test_a_proposal_carries_its_amounts_and_what_gave_them() -> None:
    """CASF R232-11: participation, contribution, ceiling; the hashes of the rules and of the parameters."""
    proposed = contents.proposal(_assessed(), PLAN, date(2026, 12, 2))

    assert proposed.content["participation"] == "128.45"
    assert proposed.content["contribution"] == "771.55"
    assert proposed.content["plan"] == "900.00"
    assert set(proposed.used) == {"rules.py", "parameters.toml"}


def test_nobody_writes_an_amount_by_hand() -> None:
    """The form has no field for it."""
    with pytest.raises(Incorrect) as refused:
        contents.proposal(_assessed(), PLAN | {"participation": "0.00"}, date(2026, 12, 2))

    assert [error.pointer for error in refused.value.errors] == ["/participation"]


@pytest.mark.parametrize(("findings", "article"), [({"gir": 5}, "R232-4"), ({"gir": 4}, "R232-10")])
def test_what_gives_no_right_is_refused_with_its_article(findings: dict[str, Any], article: str) -> None:
    """A GIR 5, a plan above the ceiling of a GIR 4."""
    with pytest.raises(Refused, match=article) as refused:
        contents.proposal(_assessed(**findings), PLAN, date(2026, 12, 2))

    assert refused.value.code == "rule_refused"
    assert refused.value.what_to_do


def test_an_evaluation_that_gives_right_says_the_resources() -> None:
    """Without them no amount can be computed: the form asks for them."""
    silent = {name: value for name, value in FINDINGS.items() if name != "ressources_mensuelles"}

    with pytest.raises(Incorrect) as refused:
        contents.findings(catalogue().plan(APA), silent)

    assert [error.pointer for error in refused.value.errors] == ["/ressources_mensuelles"]


def test_before_any_evaluation_there_is_no_amount() -> None:
    """The refusal names the fact that is missing and says what to do."""
    with pytest.raises(Refused, match="gir") as refused:
        contents.proposal(Dossier(plan=catalogue().plan(APA)), PLAN, date(2026, 12, 2))

    assert refused.value.code == "facts_missing"


def test_a_decision_in_time_has_no_advance() -> None:
    """The accepted plan's amounts, and nothing imputed."""
    decided = contents.decision(_accepted(date(2026, 12, 10)), "accord", ACCORD, date(2026, 12, 20))

    assert decided.content["contribution"] == "771.55"
    assert "avance" not in decided.content


def test_the_advance_of_the_provisional_aid_is_imputed() -> None:
    """CASF R232-29: provisional since 24 January 2027, decided on 10 February: one flat rate of 1 040,17 € was paid."""
    decided = contents.decision(_accepted(date(2027, 2, 1)), "accord", ACCORD, date(2027, 2, 10))

    assert decided.content["avance"] == "1040.17"
    assert decided.content["avance_imputee"] == "771.55"
    assert decided.content["avance_a_reporter"] == "268.62"


def test_each_month_begun_adds_a_flat_rate() -> None:
    """From 24 January to 24 February is one month; the day after begins a second one."""
    dossier = _accepted(date(2027, 2, 1))

    last = contents.decision(dossier, "accord", ACCORD, date(2027, 2, 24))
    next_day = contents.decision(dossier, "accord", ACCORD, date(2027, 2, 25))

    assert (last.content["avance"], next_day.content["avance"]) == ("1040.17", "2080.34")


def test_a_refusal_computes_nothing_and_takes_no_content() -> None:
    """Its reasons are the decision's own."""
    assert contents.decision(_assessed(gir=5), "refus", {}, date(2026, 12, 20)).content == {}
    with pytest.raises(Incorrect):
        contents.decision(_assessed(gir=5), "refus", {"montant": "1.00"}, date(2026, 12, 20))
