"""Whatever is said of an act is said of every act: no table lacks one, none names one that does not exist."""

from __future__ import annotations

import pytest

from domain.act_fields import Field
from domain.admissibility import probe_of
from domain.commands import COMMANDS, WHO
from domain.permissions import SIGNED
from letters.previews import WRITES
from tests.api.test_acts_in_openapi import document_of_acts
from tests.domain.telling import Telling, plan
from web.agents.act_fields import EVERY as PAGES

EVERY = COMMANDS.keys()
BY_HAND = {act for act, who in WHO.items() if who != {"worker"}}


def test_every_act_says_who_may_do_it() -> None:
    """Each is named as its module names it, once."""
    assert all(command.by and command.act() == act for act, command in COMMANDS.items())


def test_every_act_of_somebody_has_its_label() -> None:
    """The worker's own have none: nobody reads them."""
    assert {act for act, command in COMMANDS.items() if command.label} == BY_HAND


@pytest.mark.parametrize(
    "named",
    [SIGNED, WRITES],
)
def test_what_is_true_of_some_acts_names_acts(named: frozenset[str]) -> None:
    """A name that changed would be true of nothing."""
    assert named <= EVERY


def test_every_act_of_somebody_can_be_tried() -> None:
    """Filing aside: a dossier that is shown is filed."""
    dossier = Telling(plan()).file("2026-11-30").dossier
    tried = {act for act in EVERY if any(probe_of(dossier, act, by) is not None for by in WHO[act])}
    assert tried == BY_HAND - {"file"}


def test_every_act_has_its_doors() -> None:
    """An act of agents is at their door, one of persons at theirs; a filing has a route of its own."""
    served: dict[str, set[str]] = {}
    for path in document_of_acts()["paths"]:
        if "/dossiers/{dossier}/acts/" in path and "/mandates/" not in path:
            served.setdefault(path.split("/")[2], set()).add(path.rpartition("/")[2])
    assert served["residents"] == {act for act, who in WHO.items() if "resident" in who} - {"file"}
    assert served["agents"] == {act for act, who in WHO.items() if "agent" in who} - {"file"}
    assert served["systems"] == {act for act, who in WHO.items() if "system" in who} - {"file"}


FIELDS = [(act.name, field) for act in PAGES.values() for field in act.fields if field.kind != "content"]


@pytest.mark.parametrize(("act", "field"), FIELDS, ids=[f"{act}-{field.name}" for act, field in FIELDS])
def test_every_field_has_its_words(act: str, field: Field) -> None:
    """Its label, and a word for each choice."""
    assert field.says.label or (act, field.name) == ("decide", "outcome")
    if field.kind in {"choice", "flag"}:
        assert (set(field.choices) or {"true"}) <= field.says.choices.keys()
