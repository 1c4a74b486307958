"""Visas: level after level, each by other eyes."""

from __future__ import annotations

import pytest

from domain.in_charge import Take
from domain.refusals import Refused
from domain.steps.visa import GiveVisa, RefuseVisa
from tests.domain.telling import Telling
from tests.domain.telling_grants import ONE, THREE, TWO, filed


def _taken() -> Telling:
    return filed(optional=True).do(Take(agent=ONE), "2027-01-05")


def test_each_level_has_other_eyes_than_those_before() -> None:
    """Neither who examines nor who gave the first one gives the second."""
    telling = _taken()
    with pytest.raises(Refused, match="autre personne"):
        telling.do(GiveVisa(agent=ONE), "2027-01-06")
    telling.do(GiveVisa(agent=TWO), "2027-01-06")
    with pytest.raises(Refused, match="autre personne"):
        telling.do(GiveVisa(agent=TWO), "2027-01-07")
    telling.do(GiveVisa(agent=THREE), "2027-01-07")

    assert [visa.level for visa in telling.dossier.visas] == ["chef de service", "direction"]
    with pytest.raises(Refused, match="Tous les visas"):
        telling.do(GiveVisa(agent=THREE), "2027-01-08")


def test_a_refused_visa_begins_every_level_again() -> None:
    """And says why."""
    telling = _taken().do(GiveVisa(agent=TWO), "2027-01-06")
    with pytest.raises(Refused, match="pourquoi"):
        telling.do(RefuseVisa(agent=THREE, reasons=" "), "2027-01-07")

    assert telling.do(RefuseVisa(agent=THREE, reasons="Budget à revoir."), "2027-01-07").dossier.visas == ()


def test_a_favourable_decision_waits_for_every_level() -> None:
    """A refusal, in this plan, waits for none."""
    telling = _taken().do(GiveVisa(agent=TWO), "2027-01-06")
    with pytest.raises(Refused, match="Visa"):
        telling.grant("2027-01-08")
    assert telling.refuse("2027-01-08").dossier.status == "decided"
