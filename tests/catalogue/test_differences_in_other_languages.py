"""What differs between two versions, and what an impact report gives as reasons, is said in every language."""

from __future__ import annotations

import json
from dataclasses import replace
from itertools import pairwise

import pytest

from catalogue.departement import ROOT
from catalogue.form_diff import form_diff
from catalogue.loader import catalogue
from domain.futures.impact import ALREADY_BORN, STEPS_UNSEEN, UNSEEN
from domain.futures.plan_diff import diff
from tests.catalogue.other_languages import prose_left
from tests.domain.futures.test_plan_diff import BASE, CHANGES


@pytest.mark.parametrize("change", CHANGES, ids=[", ".join(change) for change in CHANGES])
def test_a_change_of_a_plan_is_said_in_every_language(change: dict[str, object]) -> None:
    changed = replace(BASE, **change)  # type: ignore[arg-type]
    told = [one.sentence for one in (*diff(BASE, changed), *diff(changed, BASE))]
    assert told
    assert not [left for sentence in told for left in prose_left(sentence)]


def test_the_differences_between_any_two_procedures_are_said_in_every_language() -> None:
    """Far more differences than two versions of one ever have; titles and texts that authors wrote are theirs."""
    plans = [catalogue().plan(slug) for slug in catalogue().slugs()]
    left = {
        one
        for before, after in pairwise(plans)
        for change in diff(before, after)
        for one in prose_left(change.sentence)
    }
    assert not left


def test_the_differences_between_any_two_forms_are_said_in_every_language() -> None:
    forms = [
        json.loads(file.read_text(encoding="utf-8")) for file in sorted((ROOT / "forms_schemas").glob("*/v1.json"))
    ]
    left = {
        one
        for before, after in pairwise(forms)
        for change in form_diff(before, after)
        for one in prose_left(change.sentence)
    }
    assert not left


@pytest.mark.parametrize("why", [ALREADY_BORN, STEPS_UNSEEN, *UNSEEN])
def test_an_impact_says_its_reasons_in_every_language(why: str) -> None:
    """They are kept as French text, and known by it when the report is read."""
    assert not prose_left(why)
    assert not prose_left(str(json.loads(json.dumps(why))))
