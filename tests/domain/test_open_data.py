"""The public row of a grant keeps to the schema « subventions » 2.1.1, and is of legal persons only."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.effects import effects_of
from domain.evolve import evolve
from domain.open_data import COLUMNS, NATURES, Granted, NotPublished, granted
from domain.plan import OpenData, Plan
from domain.steps.convention import SendConvention, SignConvention
from domain.steps.decision import Decide
from domain.steps.opinion import AskOpinion, GiveOpinion
from domain.steps.payment import OrderPayment, RecordPayment
from domain.steps.report import GiveReport
from domain.steps.visa import GiveVisa
from domain.steps.vote import RecordVote
from tests.domain.telling import DOCUMENT, Telling
from tests.domain.telling_grants import ONE, TWO, grant_plan

COLUMNS_READ = {
    "nomBeneficiaire": "/form/association/nom",
    "idBeneficiaire": "/form/association/siret",
    "rnaBeneficiaire": "/form/association/rna",
    "objet": "/decision/objet",
    "montant": "/decision/montant",
    "nature": "/decision/nature",
    "conditionsVersement": "/decision/conditions",
    "notificationUE": "/decision/ue",
}
OF_GRANTER = {"nomAttribuant", "idAttribuant"}
THRESHOLD = Decimal("23000.00")
ASSOCIATION = {"nom": "Ti ar Vro", "siret": "222 900 011 00016", "rna": "W291000001"}
CONTENT = {"montant": "30000.00", "nature": "numeraire", "objet": "Festival"}
CONVENTION = {"au": "2027-12-31"}
DAY = r"\d{4}-\d{2}-\d{2}"
SCHEMA: dict[str, str] = {
    "dateConvention": DAY,
    "referenceDecision": ".*",
    "nomBeneficiaire": "(?s).+",
    "idBeneficiaire": r"(\d{14})?",
    "rnaBeneficiaire": r"(W\d{9})?",
    "objet": "(?s).{1,256}",
    "montant": r"\d+(\.\d+)?",
    "nature": "aide en numéraire|aide en nature",
    "conditionsVersement": "(?s).{1,256}",
    "datesPeriodeVersement": rf"{DAY}(/{DAY})?",
    "idRAE": ".*",
    "notificationUE": "oui|non",
    "pourcentageSubvention": r"1\.00|0\.(0[1-9]|[1-9]\d)",
    "dispositifAide": ".*",
}
"""The constraints of the schema, read on schema.data.gouv.fr: each column, and what its text must be."""


def public_plan() -> Plan:
    """The grant in miniature, published."""
    return replace(grant_plan(), open_data=OpenData(table="subventions", columns=COLUMNS_READ, until="/convention/au"))


def decided(association: Any = None, **content: Any) -> Telling:
    """A request voted, granted with that content and notified on 12 February."""
    form = {"projet": {"fin": "2027-06-30"}, "association": association or ASSOCIATION}
    telling = Telling(public_plan()).file("2027-01-04", form=form)
    telling.do(AskOpinion(), "2027-01-05").do(GiveOpinion(view="favourable"), "2027-01-12")
    telling.do(GiveVisa(agent=ONE), "2027-01-13").do(GiveVisa(agent=TWO), "2027-01-14")
    telling.do(RecordVote(adopted=True, session=date(2027, 2, 8), deliberation="CP-12"), "2027-02-09")
    return telling.do(Decide(outcome="oui", content=CONTENT | content), "2027-02-10").notify("2027-02-12")


def signed(association: Any = None, **content: Any) -> Telling:
    """Its convention signed by both, the last one on 22 February."""
    telling = decided(association, **content).do(SendConvention(content=CONVENTION), "2027-02-15")
    telling.do(SignConvention(party="beneficiary"), "2027-02-20")
    return telling.do(SignConvention(party="authority"), "2027-02-22")


def row(telling: Telling) -> Granted:
    """What is published of it. Raises NotPublished."""
    return granted(telling.dossier, CONVENTION, THRESHOLD)


def test_a_signed_grant_gives_every_column_but_those_of_who_grants() -> None:
    assert row(signed()) == Granted(
        convention_on=date(2027, 2, 22),
        columns={
            "dateConvention": "2027-02-22",
            "referenceDecision": "CP-12",
            "nomBeneficiaire": "Ti ar Vro",
            "idBeneficiaire": "22290001100016",
            "rnaBeneficiaire": "W291000001",
            "objet": "Festival",
            "montant": "30000.00",
            "nature": "aide en numéraire",
            "conditionsVersement": "échelonné",
            "datesPeriodeVersement": "2027-02-22/2027-12-31",
            "idRAE": "",
            "notificationUE": "non",
            "pourcentageSubvention": "1.00",
            "dispositifAide": "",
        },
    )


@given(
    st.fixed_dictionaries(
        {
            "nom": st.text(min_size=1, max_size=300),
            "siret": st.sampled_from(["", "22290001100016", "222 900 011 00016", "12"]),
            "rna": st.sampled_from(["", "W291000001", "X1"]),
        }
    ),
    st.fixed_dictionaries(
        {
            "objet": st.text(max_size=400),
            "montant": st.decimals("0", "90000", places=2).map(str),
            "nature": st.sampled_from([*NATURES, "autre"]),
            "conditions": st.sampled_from(["", "unique", "echelonne"]) | st.text(max_size=400),
            "ue": st.sampled_from(["", "oui", "non"]),
        }
    ),
)
def test_whatever_was_written_a_published_row_keeps_to_the_schema(
    association: dict[str, str], content: dict[str, str]
) -> None:
    """And nothing is published under the threshold, nor of who has no number in a register."""
    telling = signed()
    dossier = telling.dossier
    assert dossier.decision is not None
    dossier = replace(
        dossier, form={"association": association}, decision=replace(dossier.decision, content=CONTENT | content)
    )
    try:
        found = granted(dossier, CONVENTION, THRESHOLD)
    except NotPublished:
        return
    assert found.columns.keys() | OF_GRANTER == set(COLUMNS)
    wrong = {name: value for name, value in found.columns.items() if not re.fullmatch(SCHEMA[name], value)}
    assert not wrong
    assert Decimal(found.columns["montant"]) >= THRESHOLD
    assert found.columns["idBeneficiaire"] or found.columns["rnaBeneficiaire"]


@pytest.mark.parametrize(
    ("association", "content", "code"),
    [
        ({"nom": "Anna Le Goff"}, {}, "no_legal_person"),
        ({"nom": "", "siret": "22290001100016"}, {}, "no_legal_person"),
        (ASSOCIATION, {"nature": "prêt"}, "nature_unknown"),
        (ASSOCIATION, {"objet": " "}, "purpose_missing"),
    ],
)
def test_what_is_not_published_says_why(association: dict[str, str], content: dict[str, str], code: str) -> None:
    with pytest.raises(NotPublished, match=code):
        row(signed(association, **content))


def test_the_threshold_itself_is_published_and_a_cent_less_is_not() -> None:
    """23 000 euros need no convention: the decision dates the row, once it is known when it was paid."""
    with pytest.raises(NotPublished, match="below_threshold"):
        row(decided(montant="22999.99"))
    telling = decided(montant="23000.00")
    with pytest.raises(NotPublished, match="dates_unknown"):
        granted(telling.dossier, {}, THRESHOLD)
    telling.do(OrderPayment(part="avance"), "2027-02-15").do(RecordPayment(part="avance"), "2027-02-20")
    telling.do(GiveReport(documents=(DOCUMENT,)), "2027-07-01").do(OrderPayment(part="solde"), "2027-07-02")
    found = granted(telling.do(RecordPayment(part="solde"), "2027-07-09").dossier, {}, THRESHOLD)

    assert (found.columns["dateConvention"], found.columns["datesPeriodeVersement"]) == (
        "2027-02-10",
        "2027-02-20/2027-07-09",
    )


def test_a_long_purpose_is_cut_to_what_the_schema_admits() -> None:
    assert row(signed(objet="é" * 300)).columns["objet"] == "é" * 255 + "…"


def test_the_row_is_made_once_the_convention_is_signed_and_again_at_each_payment() -> None:
    """At the notification alone where none is needed; never of a refusal."""
    telling = signed().do(OrderPayment(part="avance"), "2027-02-23").do(RecordPayment(part="avance"), "2027-02-28")
    assert _publishing(telling) == ["convention_signed", "paid"]
    assert _publishing(decided(montant="23000.00")) == ["notified"]
    assert _publishing(Telling(public_plan()).file("2027-01-04").do(_refusal(), "2027-01-05")) == []


def _publishing(telling: Telling) -> list[str]:
    """The events that publish, by their effects as of each."""
    seen: list[str] = []
    told = Telling(telling.dossier.plan)
    for event in telling.events:
        told.dossier = evolve(told.dossier, event)
        if any(effect.kind == "open_data:granted" for effect in effects_of(told.dossier, event)):
            seen.append(event.kind)
    return seen


def _refusal() -> Decide:
    return Decide(outcome="non", reasons_law="T", reasons_fact="F")
