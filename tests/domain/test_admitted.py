"""The acts a dossier admits, by who asks; what the state refuses says why, with its article."""

from __future__ import annotations

from uuid import UUID

from domain.actors import ActorKind
from domain.acts import WHO
from domain.admitted import acts_for
from domain.commands import Take
from domain.words import ACTS, STATUS, status_label
from tests.domain.telling import Telling, plan, when


def admitted(telling: Telling, kind: ActorKind, on: str) -> set[str]:
    """The acts admitted to that kind of actor."""
    return {one.act for one in acts_for(telling.dossier, kind, when(on)) if one.admitted}


def test_a_resident_may_complete_correct_write_and_withdraw_a_request_just_filed() -> None:
    """What waits for something that has not come is not admitted."""
    filed = Telling(plan()).file("2026-11-30")

    assert admitted(filed, "resident", "2026-12-01") == {
        "provide_piece",
        "correct",
        "withdraw",
        "send_message",
        "take_over",
    }


def test_an_agent_is_offered_no_act_of_a_resident_and_the_other_way_round() -> None:
    """The list holds what that kind of actor may ever do, and nothing else."""
    filed = Telling(plan()).file("2026-11-30")

    kinds: tuple[ActorKind, ...] = ("resident", "agent", "system", "mediator")
    for kind in kinds:
        shown = {one.act for one in acts_for(filed.dossier, kind, when("2026-12-01"))}
        assert shown <= {act for act, who in WHO.items() if kind in who}


def test_an_act_that_is_not_admitted_says_why() -> None:
    """Correcting stops when examination begins."""
    taken = Telling(plan()).file("2026-11-30").do(Take(agent=an_agent()), "2026-12-01")

    refused = {one.act: one.reason for one in acts_for(taken.dossier, "resident", when("2026-12-02"))}

    assert "L'examen de la demande a commencé" in refused["correct"]
    assert refused["send_message"] == ""


def test_a_closed_request_admits_messages_only() -> None:
    """And, for the resident, taking it over."""
    granted = Telling(plan()).file("2026-11-30").grant("2026-12-15").notify("2026-12-16")

    assert admitted(granted, "agent", "2026-12-17") == {"send_message"}


def test_every_act_and_every_status_has_its_french() -> None:
    """What people read never is a bare code."""
    people = {act for act, who in WHO.items() if who != {"worker"}}

    assert people <= set(ACTS)
    assert all(status_label(code) != code for code in STATUS)


def an_agent() -> UUID:
    """An agent."""
    return UUID(int=7)
