"""What is known late counts from its own day, and the first reception of anything is the one that counts."""

from __future__ import annotations

import pytest

from domain.act_rights import refuse_unless_may
from domain.actors import Actor
from domain.effects import reminders
from domain.refusals import Refused
from domain.silence import SilenceVoided
from domain.steps.assessment import Assess
from domain.steps.notice import MakeNoticeAvailable, Notify, ReadNotice
from domain.steps.proposal import AnswerProposal, Propose, RecordReception
from tests.domain.telling import Telling, plan, plan_with_proposal, when


def _decided(silence: str) -> Telling:
    """Granted on 1 February, available on the 20th, three months being over on 1 March at 0 h."""
    telling = Telling(plan(silence)).file("2026-11-30", electronic_notice=True).grant("2027-02-01")
    return telling.do(MakeNoticeAvailable(of="decision", target=telling.dossier.seq), "2027-02-20")


def _target(telling: Telling) -> int:
    assert telling.dossier.decision is not None
    return telling.dossier.decision.seq


@pytest.mark.parametrize("silence", ["acceptance", "provisional"])
def test_a_copy_opened_later_notifies_nothing_anew(silence: str) -> None:
    """Notified by post on 25 February; the electronic copy, opened on 3 March, moves nothing."""
    telling = _decided(silence).notify("2027-02-25")
    telling.do(ReadNotice(target=_target(telling)), "2027-03-03")

    assert telling.dossier.decision is not None
    assert telling.dossier.decision.notified == when("2027-02-25")
    assert "silence_took_effect" not in telling.wait("2027-04-01").kinds()


def test_a_copy_never_opened_is_not_deemed_received_before_the_letter() -> None:
    """The letter of the 5th is the notification; its appeals run from there."""
    telling = _decided("acceptance").notify("2027-02-05").wait("2027-03-10")

    assert telling.dossier.decision is not None
    assert telling.dossier.decision.notified == when("2027-02-05")
    assert "email:unread_notice" not in {reminder.kind for reminder in reminders(telling.dossier)}


def test_a_first_notification_known_last_is_still_the_first() -> None:
    """Opened on 3 March, after silence; the postal receipt of 20 February comes in on the 5th."""
    telling = _decided("provisional")
    telling.do(ReadNotice(target=_target(telling)), "2027-03-03")
    late = Notify(effective=when("2027-02-20"), channel="registered_mail", evidence="AR")
    telling.do(late, "2027-03-05")

    assert telling.dossier.decision is not None
    assert telling.dossier.decision.notified == when("2027-02-20")
    assert telling.dossier.silence is None
    with pytest.raises(Refused):
        telling.do(Notify(effective=when("2027-02-22"), channel="registered_mail", evidence="AR"), "2027-03-06")


SENT = 5
"""The entry of the proposal, after `filed`, `received_by_competent`, `completed` and `assessed`."""


def _proposed() -> Telling:
    telling = Telling(plan_with_proposal()).file("2026-11-23", electronic_notice=True)
    telling.do(Assess(findings={"gir": 2}), "2026-12-01").do(Propose(content={"plan": "900.00"}), "2026-12-02")
    return telling.do(MakeNoticeAvailable(of="proposal", target=telling.dossier.seq), "2026-12-02T13:00")


def test_a_proposal_received_by_post_is_not_deemed_received_earlier() -> None:
    """Received on the 10th: ten days to the 21st (the 20th is a Sunday), whatever the unread copy."""
    telling = _proposed()
    telling.do(RecordReception(channel="registered_mail", evidence="AR"), "2026-12-10")

    assert telling.wait("2026-12-21T23:59").dossier.status == "proposed"
    assert telling.wait("2026-12-22").dossier.status == "deemed_refused"


def _answer(on: str) -> AnswerProposal:
    return AnswerProposal(answer="accepted", effective=when(on), channel="registered_mail", evidence="cachet du 16")


def test_an_answer_posted_in_time_and_opened_after_undoes_the_silence() -> None:
    """Drawn on the 18th at 0 h; the letter of the 16th is written down on the 19th, and says so."""
    telling = _proposed().do(ReadNotice(target=SENT), "2026-12-07").wait("2026-12-18")
    assert telling.dossier.status == "deemed_refused"

    telling.do(_answer("2026-12-16"), "2026-12-19")

    assert telling.dossier.status != "deemed_refused"
    assert telling.dossier.proposal is not None
    assert (telling.dossier.proposal.answer, telling.dossier.proposal.silent) == ("accepted", False)
    assert [event.of for event in telling.events if isinstance(event, SilenceVoided)] == ["proposal"]


def test_an_answer_given_after_the_silence_undoes_nothing() -> None:
    """The request stays deemed refused."""
    telling = _proposed().do(ReadNotice(target=SENT), "2026-12-07").wait("2026-12-18")
    with pytest.raises(Refused, match="clos"):
        telling.do(_answer("2026-12-18T10:00"), "2026-12-19")


def test_an_answer_does_not_precede_its_proposal() -> None:
    """Nor its reception, where that is known."""
    telling = _proposed().do(ReadNotice(target=SENT), "2026-12-07")
    with pytest.raises(Refused, match="précéder"):
        telling.do(_answer("2026-12-05"), "2026-12-09")


def test_an_agent_answers_for_nobody_without_evidence() -> None:
    """The answer is the person's."""
    agent = Actor(kind="agent")
    with pytest.raises(Refused, match="preuve"):
        refuse_unless_may(agent, AnswerProposal(answer="accepted"))
    refuse_unless_may(agent, _answer("2026-12-05"))
    refuse_unless_may(Actor(kind="resident"), AnswerProposal(answer="accepted"))


def test_the_last_useful_day_is_told_again_when_it_moves() -> None:
    """Each date has its own reminder."""
    telling = Telling(plan()).file("2026-11-30")
    before = [reminder for reminder in reminders(telling.dossier) if reminder.kind == "tell:last_useful_day"]
    telling.request("2026-12-02", "2027-01-10").provide("2026-12-20")
    after = [reminder for reminder in reminders(telling.dossier) if reminder.kind == "tell:last_useful_day"]

    assert before[0].seq != after[0].seq
    assert before[0].at < after[0].at


def test_the_residents_silence_is_heard_before_the_administrations() -> None:
    """Both on 26 January at 0 h: the request deemed refused extinguishes the delay (CASF R232-7), says the rank."""
    telling = Telling(plan_with_proposal()).file("2026-11-25")
    telling.do(Assess(findings={}), "2026-12-01").do(Propose(content={}), "2027-01-14")
    telling.do(RecordReception(channel="registered_mail", evidence="AR"), "2027-01-15").wait("2027-01-26")

    assert telling.kinds()[-1] == "proposal_silent"
    assert telling.dossier.status == "deemed_refused"
