"""Taking a dossier to another version: an act, on a stated ground, folded first; refused when it cannot follow."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.calendar import Delay
from domain.dossier import Dossier
from domain.evolve import evolve
from domain.kernel import fold
from domain.migration_events import Migrate
from domain.plan import Piece, Plan
from domain.refusals import Refused
from domain.serial import EVENT, PLAN
from domain.steps.assessment import Assess
from domain.steps.proposal import Propose
from tests.domain.telling import Telling, plan, plan_with_proposal, when
from tests.domain.test_kernel_laws import PLANS, STORIES, _tell
from tests.long import draws


def to(target: Plan, ground: Any = "immediate_effect", **more: Any) -> Migrate:
    """The act that takes a dossier to `target`."""
    body = PLAN.dump_json(target).decode()
    sha256 = hashlib.sha256(body.encode()).hexdigest()
    said = {"text": "Décret n° 2027-1", "article": "décret 2027-1 art. 4", "sha256": sha256, **more}
    return Migrate(plan=body, ground=ground, **said)


def second(of: Plan, **changes: Any) -> Plan:
    """The next version of a plan."""
    clock = replace(of.clock, **changes.pop("clock", {}))
    return replace(of, version=2, clock=clock, **changes)


LONGER: dict[str, Any] = {"clock": {"delay": Delay(months=4)}}


def test_a_migrated_dossier_follows_the_new_delay_from_its_own_start() -> None:
    """Filed on 30 November under three months; under four, silence decides a month later."""
    told = Telling(plan()).file("2026-11-30")
    before = told.dossier.silence_due()

    told.do(to(second(plan(), **LONGER)), "2026-12-10")

    assert (before, told.dossier.silence_due()) == (when("2027-03-01T00:00"), when("2027-03-31T00:00"))
    assert told.dossier.plan.version == 2
    assert told.kinds()[-1] == "migrated"
    assert told.events[-1].in_french(told.dossier.plan) == (
        "La version 2 de la démarche s'applique désormais, par effet immédiat du texte nouveau."
    )


def test_nothing_migrates_by_itself() -> None:
    """However long one waits, only the act changes the plan."""
    told = Telling(plan("rejection")).file("2026-11-30").wait("2029-01-01")

    assert told.dossier.plan == plan("rejection")


@draws(100)
@given(STORIES, st.sampled_from(PLANS))
def test_the_state_under_the_target_is_the_fold_of_the_whole_journal_under_it(story: Any, target: Plan) -> None:
    """This is what makes the dry fold exact without opening the journal again: folding reads the plan for one date
    alone, that of a file completed anew, which decides nothing.
    """
    dossier, events = _tell(story)
    folded = fold(target, events)

    assert replace(folded, complete=dossier.complete) == replace(dossier, plan=target)
    assert (folded.complete is None) == (dossier.complete is None)


def test_the_journal_of_a_migrated_dossier_folds_to_it_from_the_plan_of_its_filing() -> None:
    """Through JSON and back: the entry holds the whole law it leads to."""
    told = Telling(plan()).file("2026-11-30").do(to(second(plan(), **LONGER)), "2026-12-10").grant("2026-12-20")
    stored = [EVENT.validate_json(EVENT.dump_json(event)) for event in told.events]

    assert fold(plan(), stored) == told.dossier


def test_it_says_its_ground() -> None:
    """A text and its article, always."""
    told = Telling(plan()).file("2026-11-30")

    for missing in ({"text": " "}, {"article": ""}):
        with pytest.raises(Refused) as refused:
            told.do(to(second(plan(), **LONGER), **missing), "2026-12-10")
        assert refused.value.code == "ground_missing"


def test_each_ground_has_its_own_day() -> None:
    """Law at filing: in force when it was filed. Immediate effect: in force when the act is done."""
    target = second(plan(), in_force_from=date(2026, 12, 5), **LONGER)
    told = Telling(plan()).file("2026-11-30")

    with pytest.raises(Refused, match="n'était pas en vigueur au jour du dépôt : elle l'est à compter du 5 décembre"):
        told.do(to(target, "law_at_filing"), "2026-12-10")
    with pytest.raises(Refused, match="n'est pas en vigueur aujourd'hui"):
        told.do(to(target), "2026-12-04")
    assert told.do(to(target), "2026-12-05").dossier.plan == target
    late = Telling(plan()).file("2026-12-06")
    assert late.do(to(target, "law_at_filing"), "2026-12-10").dossier.plan == target


def test_a_delay_that_would_be_over_already_is_refused() -> None:
    """A decision is not born in the past."""
    told = Telling(plan()).file("2026-11-30").wait("2027-01-15")

    with pytest.raises(Refused, match="naîtrait dans le passé, le 30 décembre 2026"):
        told.do(to(second(plan(), clock={"delay": Delay(months=1)})), "2027-01-15")


def test_what_silence_gave_is_not_taken_back() -> None:
    """Neither its effect nor its instant; a version that leaves both as they are may be followed."""
    told = Telling(plan("rejection")).file("2026-11-30").wait("2027-03-10")

    for changes in (LONGER, {"clock": {"silence": "none"}}):
        with pytest.raises(Refused, match="ne reprend pas ce que la loi a donné"):
            told.do(to(second(plan("rejection"), **changes)), "2027-03-11")
    assert (
        told.do(to(second(plan("rejection"), title="Autre titre")), "2027-03-11").dossier.status == told.dossier.status
    )


def test_a_proposal_under_way_needs_its_step() -> None:
    told = Telling(plan_with_proposal()).file("2026-11-30").do(Assess(findings={}), "2026-12-01")
    told.do(Propose(content={}), "2026-12-02")
    target = second(told.dossier.plan, steps=tuple(s for s in told.dossier.plan.steps if s.kind != "proposal"))

    with pytest.raises(Refused, match="n'a pas d'étape de proposition"):
        told.do(to(target), "2026-12-03")


def test_pieces_asked_for_must_still_be_known_and_a_decision_an_outcome() -> None:
    told = Telling(plan()).file("2026-11-30").request("2026-12-01", "2026-12-20", "certificat")
    with pytest.raises(Refused, match="« certificat » est demandée"):
        told.do(to(second(plan(), pieces=())), "2026-12-03")

    signed = Telling(plan()).file("2026-11-30").grant("2026-12-01")
    with pytest.raises(Refused, match="n'est pas une issue"):
        signed.do(to(second(plan(), outcomes=plan().outcomes[1:])), "2026-12-03")


def test_a_piece_that_is_no_longer_required_makes_the_file_complete_that_day() -> None:
    """The clock starts with the act, never before it."""
    target = second(plan(), pieces=(Piece(key="certificat", title="Certificat"),))
    told = Telling(plan()).file("2026-11-30", complete=False).do(to(target), "2026-12-10")

    assert told.kinds()[-2:] == ["migrated", "completed"]
    assert told.dossier.reckoning().started == date(2026, 12, 10)


def test_the_target_is_the_one_named_of_the_same_procedure_and_another() -> None:
    told = Telling(plan()).file("2026-11-30")
    target = second(plan(), **LONGER)

    for command, why in (
        (to(target, sha256="00"), "par son empreinte"),
        (to(replace(target, procedure="autre")), "autre démarche"),
        (to(plan()), "suit déjà"),
    ):
        with pytest.raises(Refused, match=why):
            told.do(command, "2026-12-10")
    closed = Telling(plan()).file("2026-11-30").grant("2026-12-01").notify("2026-12-02")
    with pytest.raises(Refused, match="clos"):
        closed.do(to(target), "2026-12-10")


def test_an_event_of_migration_never_fails_to_fold() -> None:
    """Evolving is total, even from a dossier that nothing happened to."""
    event = Telling(plan()).file("2026-11-30").do(to(second(plan(), **LONGER)), "2026-12-10").events[-1]

    assert evolve(Dossier(plan=plan()), event).plan.version == 2
