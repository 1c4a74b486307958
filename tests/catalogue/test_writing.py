"""What an imagined act writes when nothing is given: the least that its form admits, and the amounts of that day."""

from __future__ import annotations

from typing import Any

import pytest

from catalogue.examples import example
from catalogue.forms import form
from catalogue.loader import catalogue
from catalogue.writing import FromTheCatalogue
from domain.act_description import Misdescribed
from domain.dossier import Dossier
from domain.refusals import Refused
from domain.steps.assessment import Assess
from domain.steps.pieces import Correct
from domain.steps.proposal import Propose
from tests.domain.telling import plan, when

APA = Dossier(plan=catalogue().plan("apa-domicile"), form=example("apa-domicile")["form"])
WRITING = FromTheCatalogue()


@pytest.mark.parametrize(
    ("act", "data", "field", "name"),
    [
        ("assess", {}, "findings", "evaluation"),
        ("propose", {}, "content", "plan"),
        ("decide", {"outcome": "accord"}, "content", "accord"),
    ],
)
def test_the_least_follows_its_form_and_nothing_more(act: str, data: dict[str, Any], field: str, name: str) -> None:
    """Without any one of its fields, the form refuses it."""
    written = WRITING.least(APA, act, data)[field]
    held = form("apa-domicile", f"{name}.v1")

    assert held.errors(written) == ()
    assert all(held.errors({k: v for k, v in written.items() if k != key}) for key in written)


@pytest.mark.parametrize(
    ("act", "data"),
    [
        ("decide", {"outcome": "refus"}),
        ("take", {}),
        ("assess", {"findings": {"gir": 2}}),
        ("decide", {"outcome": "?"}),
    ],
)
def test_what_has_no_form_or_was_given_is_left_alone(act: str, data: dict[str, Any]) -> None:
    assert WRITING.least(APA, act, data) == {}


def test_a_plan_that_no_folder_publishes_has_nothing_to_add() -> None:
    assert WRITING.least(Dossier(plan=plan()), "assess", {}) == {}


def test_what_was_given_is_held_to_its_form() -> None:
    """The field that is too much is named, before those that are missing."""
    with pytest.raises(Misdescribed) as findings:
        WRITING.finished(APA, Assess(findings={"humeur": "bonne"}), when("2026-12-01"))
    with pytest.raises(Misdescribed) as corrected:
        WRITING.finished(APA, Correct(form={**APA.form, "humeur": {}}), when("2026-12-01"))

    assert (findings.value.field, corrected.value.field) == ("data.findings.humeur", "data.form.humeur")


def test_without_an_assessment_there_is_no_amount() -> None:
    """A refusal, which a fork tells."""
    content = WRITING.least(APA, "propose", {})["content"]

    with pytest.raises(Refused, match="Le montant ne peut pas être calculé"):
        WRITING.finished(APA, Propose(content=content), when("2026-12-01"))
