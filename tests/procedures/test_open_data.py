"""What a shipped procedure publishes of its own worked example keeps to the schema of the published table."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from decimal import Decimal

import pytest

from catalogue.examples import example
from catalogue.loader import catalogue
from domain.dossier import Dossier
from domain.open_data import granted
from domain.states import DecisionState
from tests.domain.test_open_data import SCHEMA

AT = datetime(2027, 2, 10, tzinfo=UTC)
PUBLIC = [slug for slug in catalogue().slugs() if catalogue().plan(slug).open_data is not None]


def test_grants_to_associations_are_published() -> None:
    assert PUBLIC == ["subvention-associations"]


@pytest.mark.parametrize("slug", PUBLIC)
def test_the_worked_example_makes_a_row(slug: str) -> None:
    plan, said = catalogue().plan(slug), example(slug)
    outcome = next(each for each in plan.outcomes if each.favourable)
    decision = DecisionState(
        seq=9, signed=AT, outcome=outcome.key, favourable=True, content=said[outcome.key], notified=AT
    )
    dossier = Dossier(plan=plan, filed=AT, form=said["form"], decision=decision)
    row = granted(dossier, said["convention"], Decimal(0))

    assert not {name: value for name, value in row.columns.items() if not re.fullmatch(SCHEMA[name], value)}
    assert row.columns["idBeneficiaire"]
    assert row.columns["montant"] == said[outcome.key]["montant"]
