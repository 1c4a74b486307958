"""The differences between two versions of a plan, each in one French sentence."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from domain.calendar import Delay
from domain.futures.plan_diff import UNLOCKED, broken_lock, diff
from domain.plan import Appeal, OpenData, Piece, Plan, QueueField, Rank, Recipient
from domain.steps.notice import Notice
from domain.steps.proposal import Proposal
from tests.domain.telling import plan, plan_with_proposal

BASE = plan_with_proposal()
RIB = Piece(key="rib", title="RIB", required=True)


def said(before: Plan, after: Plan) -> list[str]:
    """The sentences."""
    return [change.sentence for change in diff(before, after)]


def test_a_delay_says_both_lengths_and_where_it_is_written() -> None:
    longer = replace(BASE, clock=replace(BASE.clock, delay=Delay(months=3)))

    assert said(BASE, longer) == ["Le délai passe de 2 mois à 3 mois (clock.delay)."]


def test_a_piece_that_becomes_indispensable_is_named_by_its_title() -> None:
    before, after = replace(BASE, pieces=(RIB,)), replace(BASE, pieces=(replace(RIB, indispensable=True),))

    assert said(before, after) == ["La pièce « RIB » devient indispensable (pieces.rib.indispensable)."]
    assert said(after, before) == ["La pièce « RIB » n'est plus indispensable (pieces.rib.indispensable)."]


def test_what_comes_goes_and_changes_place_is_told() -> None:
    """A piece added, a step removed, steps in another order."""
    without = replace(BASE, steps=tuple(step for step in BASE.steps if step.kind != "proposal"))

    assert said(BASE, replace(BASE, pieces=(*BASE.pieces, RIB))) == ["La pièce « RIB » est ajoutée (pieces.rib)."]
    assert said(BASE, without) == ["L'étape « Proposition » est supprimée (steps.proposal)."]
    assert said(BASE, replace(BASE, steps=(BASE.steps[1], BASE.steps[0], *BASE.steps[2:]))) == [
        "L'ordre change : Évaluation, Complétude, Proposition, Décision, Notification (steps)."
    ]


def test_a_step_s_own_delay_is_named() -> None:
    steps = tuple(Proposal(answer_within=Delay(days=15)) if step.kind == "proposal" else step for step in BASE.steps)
    before = replace(BASE, steps=tuple(Proposal() if step.kind == "proposal" else step for step in BASE.steps))

    assert said(before, replace(BASE, steps=steps)) == [
        "L'étape « Proposition » : le délai pour répondre passe de 10 jours à 15 jours (steps.proposal.answer_within)."
    ]


CHANGES: list[dict[str, Any]] = [
    {"version": 2, "in_force_from": date(2027, 1, 1)},
    {"clock": replace(BASE.clock, silence="rejection")},
    {"clock": replace(BASE.clock, reference=("CASF L1",))},
    {"who": ("resident", "system")},
    {"pieces": ()},
    {"pieces": (*BASE.pieces, RIB)},
    {"outcomes": BASE.outcomes[:1]},
    {"appeals": (Appeal(kind="rapo", title="RAPO", before="le président", within=Delay(months=2)),)},
    {"ranks": (Rank(due="silence", rank=5, reason="x"),)},
    {"queue_fields": (QueueField(pointer="/a/b", title="B", reason="x"),)},
    {"extension": Delay(months=2)},
    {"steps": (*BASE.steps[:-1], Notice(deemed_after=Delay(days=20)))},
    {"steps": BASE.steps[:-1]},
    {"office": replace(BASE.office, phone="02 98 00 00 00")},
    {"content_sha256": "ab"},
    {"form": 2},
    {"campaign": True, "rank_by": "/note"},
    {"open_data": OpenData(table="subventions", columns={"objet": "/decision/objet"})},
    {"open_data": OpenData(table="subventions", columns={"objet": "/form/objet"}, until="/convention/au")},
]


@given(st.lists(st.sampled_from(CHANGES), max_size=4), st.lists(st.sampled_from(CHANGES), max_size=4))
def test_two_plans_differ_exactly_when_a_sentence_says_how(
    ones: list[dict[str, Any]], others: list[dict[str, Any]]
) -> None:
    """Nothing that changes is passed over in silence, and nothing is said of what does not."""
    before, after = BASE, BASE
    for change in ones:
        before = replace(before, **change)
    for change in others:
        after = replace(after, **change)
    found = diff(before, after)

    assert bool(found) == (before != after)
    assert {change.path for change in found} == {change.path for change in diff(after, before)}
    assert all(change.sentence.endswith(f"({change.path}).") for change in found)


def test_a_telephone_and_a_letter_may_change_within_a_version_and_a_legal_fact_may_not() -> None:
    moved = replace(BASE, office=replace(BASE.office, phone="02 98 00 00 00"), content_sha256="ab")

    assert diff(BASE, moved)
    assert broken_lock(BASE, moved) == ()
    assert [change.path for change in broken_lock(plan("rejection"), plan("acceptance"))] == ["clock.silence"]
    assert "clock.delay" not in UNLOCKED


def test_what_becomes_public_is_told_column_by_column() -> None:
    public = replace(BASE, open_data=OpenData(table="subventions", columns={"objet": "/decision/objet"}))

    (told,) = said(BASE, public)
    assert told == (
        "Ce qui est publié de ce qui est accordé est désormais : table : subventions, "
        "colonnes : objet = /decision/objet (open_data)."
    )


def test_whom_letters_go_to_is_told_in_words_and_no_more_than_there_is() -> None:
    person = Recipient(name=(("/demandeur/nom",),), address=("/demandeur/adresse",))
    guardian = Recipient(name=(("/tuteur/nom",),), when={"/mesure": ("tutelle",)}, instead=True)

    (told,) = said(BASE, replace(BASE, recipients=(person, guardian)))

    assert told == (
        "La liste des destinataires des lettres est désormais : nom : /demandeur/nom, adresse : /demandeur/adresse ; "
        "nom : /tuteur/nom, si : /mesure = tutelle, à la place de la personne : oui (recipients)."
    )
