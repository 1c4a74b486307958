"""The acts a dossier admits, by who asks; what the state refuses says why, with its article."""

from __future__ import annotations

from uuid import UUID

from domain.actors import ActorKind
from domain.admissibility import acts_for, admitted_late
from domain.commands import COMMANDS, WHO
from domain.in_charge import Take
from domain.steps.convention import SendConvention, SignConvention
from domain.words import STATUS, status_label
from tests.domain.telling import Telling, plan, when
from tests.domain.telling_grants import granted


def admitted(telling: Telling, kind: ActorKind, on: str) -> set[str]:
    """The acts admitted to that kind of actor."""
    return {one.act for one in acts_for(telling.dossier, kind, when(on)) if one.admitted}


def test_a_resident_may_complete_correct_write_and_withdraw_a_request_just_filed() -> None:
    """What waits for something that has not come is not admitted."""
    filed = Telling(plan()).file("2026-11-30", channel="assisted")

    own = {"provide_piece", "correct", "withdraw", "send_message"}
    assert admitted(filed, "resident", "2026-12-01") == own | {"take_over"}
    alone = Telling(plan()).file("2026-11-30", channel="online")
    assert admitted(alone, "resident", "2026-12-01") == own, "no mediator holds it"


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


def test_a_closed_request_admits_messages_and_what_puts_its_decision_right() -> None:
    """A refusal gives no right: it may be rectified, not withdrawn (CRPA L242-1)."""
    granted = Telling(plan()).file("2026-11-30").grant("2026-12-15").notify("2026-12-16")
    refused = Telling(plan()).file("2026-11-30").refuse("2026-12-15").notify("2026-12-16")

    of_a_grant = {"send_message", "renounce", "correct_date", "rectify", "intend_revocation", "revoke"}
    assert admitted(granted, "agent", "2026-12-17") == of_a_grant
    assert admitted(refused, "agent", "2026-12-17") == {"send_message", "correct_date", "rectify"}


def test_every_act_and_every_status_has_its_french() -> None:
    """What people read never is a bare code."""
    people = {act for act, who in WHO.items() if who != {"worker"}}

    assert people == {act for act, command in COMMANDS.items() if command.label}
    assert all(status_label(code) != code for code in STATUS)


def an_agent() -> UUID:
    """An agent."""
    return UUID(int=7)


def test_the_party_that_has_not_signed_yet_may_sign() -> None:
    """An agent signs for the authority once the beneficiary has; a person never signs for the authority."""
    telling = granted("24000.00").do(SendConvention(), "2027-02-15")
    assert "sign_convention" in admitted(telling, "agent", "2027-02-16") & admitted(telling, "resident", "2027-02-16")

    telling.do(SignConvention(party="beneficiary"), "2027-02-20")
    assert "sign_convention" in admitted(telling, "agent", "2027-02-21")
    assert "sign_convention" not in admitted(telling, "resident", "2027-02-21")

    telling.do(SignConvention(party="authority"), "2027-02-22")
    assert "sign_convention" not in admitted(telling, "agent", "2027-02-23")


def test_what_happened_in_time_and_is_entered_after_is_admitted_late() -> None:
    """A refusal notified on the eve of the silence is entered after it; what was never decided is not notified."""
    telling = Telling(plan()).file("2026-11-30")
    undecided, moments = telling.dossier, [when("2026-11-30"), when("2027-01-20")]
    after = telling.refuse("2027-01-20").wait("2027-06-01").dossier

    assert after.silence is not None
    assert "notify" not in admitted(telling, "agent", "2027-06-01")
    assert admitted_late(after, "notify", "agent", moments, when("2027-06-01"))
    assert not admitted_late(undecided, "notify", "agent", moments, when("2027-01-19"))
