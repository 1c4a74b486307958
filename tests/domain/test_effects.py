"""What follows an event, who is reminded when, and what has become pointless."""

from __future__ import annotations

from domain.dossier import Dossier
from domain.effects import REMINDERS, effects_of, reminders, stands
from domain.evolve import evolve
from domain.steps.assessment import Assess
from domain.steps.notice import MakeNoticeAvailable, ReadNotice
from domain.steps.proposal import AnswerProposal, Propose
from tests.domain.telling import Telling, plan, plan_with_proposal, when


def _effects(telling: Telling) -> dict[str, list[str]]:
    """The effects of each kind of event, with the state as of that event."""
    dossier, found = Dossier(plan=telling.dossier.plan), dict[str, list[str]]()
    for event in telling.events:
        dossier = evolve(dossier, event)
        found[event.kind] = [effect.kind for effect in effects_of(dossier, event)]
    return found


def _kinds(telling: Telling) -> list[str]:
    return [reminder.kind for reminder in reminders(telling.dossier)]


def test_every_event_is_a_move_that_systems_are_told_of() -> None:
    """The webhook comes last, once the rest is prepared."""
    for kinds in _effects(Telling(plan()).file("2026-11-30").wait("2027-03-02")).values():
        assert kinds[-1] == "webhook"
        assert kinds.count("webhook") == 1


def test_an_automatic_attestation_follows_the_acceptance() -> None:
    """CASF D421-15: without delay, without being asked."""
    told = _effects(Telling(plan()).file("2026-11-30").wait("2027-03-02"))
    assert told["silence_took_effect"][0] == "letter:attestation"

    on_request = _effects(Telling(plan(attestation="on_request")).file("2026-11-30").wait("2027-03-02"))
    assert on_request["silence_took_effect"][0] == "letter:implied_acceptance"


def test_each_effect_of_silence_has_its_letter() -> None:
    """Rejection and provisional too."""
    for silence in ("rejection", "provisional"):
        told = _effects(Telling(plan(silence)).file("2026-11-30").wait("2027-03-02"))
        assert any(kind.startswith("letter:") for kind in told["silence_took_effect"])


def test_a_decision_has_a_letter_then_a_notice() -> None:
    """In that order: what is delivered must exist."""
    told = _effects(Telling(plan()).file("2026-11-30").grant("2026-12-10"))
    assert told["decided"][:2] == ["letter:decision", "notice:decision"]


def test_every_effect_belongs_to_a_step_of_the_plan_or_to_all() -> None:
    """Else no block would carry it."""
    telling = Telling(plan_with_proposal()).file("2026-11-23").do(Assess(findings={}), "2026-12-01")
    telling.do(Propose(content={}), "2026-12-02").do(AnswerProposal(answer="refused"), "2026-12-04")
    steps = {step.kind for step in telling.dossier.plan.steps} | {"always"}
    dossier = Dossier(plan=telling.dossier.plan)
    for event in telling.events:
        dossier = evolve(dossier, event)
        assert {effect.step for effect in effects_of(dossier, event)} <= steps


def test_the_agents_are_warned_before_the_last_useful_day() -> None:
    """Fifteen days before silence; no longer once the clock is stopped."""
    telling = Telling(plan()).file("2026-11-30")
    warned = next(r for r in reminders(telling.dossier) if r.kind == "tell:last_useful_day")
    assert warned.at == when("2027-02-14T00:00")

    assert "tell:last_useful_day" not in _kinds(telling.grant("2026-12-10").notify("2026-12-11"))


def test_a_resident_is_reminded_of_the_pieces_before_the_time_given_ends() -> None:
    """Seven days before; pointless once they are given."""
    telling = Telling(plan()).file("2026-11-30").request("2026-12-01", "2026-12-31")
    reminder = next(r for r in reminders(telling.dossier) if r.kind == "email:pieces_reminder")
    assert reminder.at == when("2026-12-24T00:00")
    assert stands(telling.dossier, reminder.kind, reminder.seq)

    telling.provide("2026-12-10")
    assert not stands(telling.dossier, reminder.kind, reminder.seq)


def test_a_proposal_is_reminded_of_before_its_ten_days_end() -> None:
    """And an unread notice after a week."""
    telling = Telling(plan_with_proposal()).file("2026-11-23", electronic_notice=True)
    telling.do(Assess(findings={}), "2026-12-01").do(Propose(content={}), "2026-12-02")
    seq = telling.dossier.seq
    telling.do(MakeNoticeAvailable(of="proposal", target=seq), "2026-12-02")
    assert "email:unread_notice" in _kinds(telling)

    telling.do(ReadNotice(target=seq), "2026-12-03")
    assert "email:unread_notice" not in _kinds(telling)
    assert "email:answer_proposal" in _kinds(telling)


def test_nothing_is_reminded_of_once_the_dossier_is_closed() -> None:
    """Granted and notified."""
    assert _kinds(Telling(plan()).file("2026-11-30").grant("2026-12-10").notify("2026-12-11")) == []


def test_a_refusal_overtaken_by_the_acceptance_is_no_longer_delivered() -> None:
    """Neither its letter nor its notice stands."""
    telling = Telling(plan()).file("2026-11-30").refuse("2027-02-28T16:00").wait("2027-03-02")
    assert telling.dossier.decision is not None
    seq = telling.dossier.decision.seq

    assert not stands(telling.dossier, "notice:decision", seq)
    assert not stands(telling.dossier, "letter:decision", seq)


def test_the_letter_of_a_voided_silence_no_longer_stands() -> None:
    """A notification known late."""
    telling = Telling(plan()).file("2026-11-30").refuse("2027-02-26").wait("2027-03-01")
    assert telling.dossier.silence is not None
    seq = telling.dossier.silence.seq
    assert stands(telling.dossier, "letter:attestation", seq)

    telling.notify("2027-03-03", effective="2027-02-27")
    assert not stands(telling.dossier, "letter:attestation", seq)


def test_every_reminder_is_of_a_declared_kind() -> None:
    """So that `stands` knows it."""
    telling = Telling(plan_with_proposal()).file("2026-11-23", complete=False)
    assert set(_kinds(telling)) <= set(REMINDERS)
    assert set(_kinds(telling.request("2026-11-24", "2026-12-24"))) <= set(REMINDERS)
