"""Every date and status has its derivation: event, rule, article."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import pytest

from domain.before_notification import WAITING
from domain.derivation import Line, Recorded
from domain.explained.explanation import explain
from domain.in_charge import Take
from domain.messages import SendMessage
from domain.withdrawal import Withdraw
from tests.domain.telling import Telling, plan, plan_with_proposal


def _explained(telling: Telling, viewer: str = "agent") -> tuple[Line, ...]:
    entries = [
        Recorded(seq=seq, event=event, recorded_at=event.effective, actor="essai")
        for seq, event in enumerate(telling.events, start=1)
    ]
    return explain(entries, telling.dossier, viewer)  # type: ignore[arg-type]


STORIES = {
    "filed": Telling(plan()).file("2026-11-30"),
    "incomplete": Telling(plan()).file("2026-11-30").request("2026-12-10", "2027-01-10"),
    "implied_acceptance": Telling(plan()).file("2026-11-30").wait("2027-03-02"),
    "implied_rejection": Telling(plan("rejection", stopped_by="decision")).file("2026-11-30").wait("2027-03-02"),
    "provisional": Telling(plan_with_proposal()).file("2026-11-23").wait("2027-02-01"),
    "granted": Telling(plan()).file("2026-11-30").grant("2026-12-10").notify("2026-12-12"),
    "decided": Telling(plan()).file("2026-11-30").refuse("2026-12-10"),
}


@pytest.mark.parametrize("status", STORIES)
def test_the_status_says_which_event_made_it(status: str) -> None:
    """With the entry's number and its article."""
    telling = STORIES[status]
    line = next(line for line in _explained(telling) if line.about == "status")

    assert line.key == telling.dossier.status == status
    assert 1 <= line.seq <= telling.dossier.seq
    assert line.article


@pytest.mark.parametrize("status", STORIES)
def test_every_interval_of_the_ledger_names_its_event_and_article(status: str) -> None:
    """And the expiry says how it was counted."""
    telling = STORIES[status]
    intervals = [line for line in _explained(telling) if line.about == "interval" and line.key == "ledger"]

    assert len(intervals) == len(telling.dossier.reckoning().ledger)
    assert all(line.article and 1 <= line.seq <= telling.dossier.seq for line in intervals)


def test_a_stopped_clock_says_what_stopped_it() -> None:
    """Notified on 12 December: the interval ends there, and the expiry is told as what it would have been."""
    lines = [line.sentence for line in _explained(STORIES["granted"]) if line.about == "interval"]
    assert lines[0].startswith("Du 30 novembre 2026 au 12 décembre 2026")
    assert "notification" in lines[0]
    assert "aurait expiré le 28 février 2027" in lines[-1]


def test_what_comes_next_is_told_with_its_instant() -> None:
    """If nobody acts."""
    due = _explained(STORIES["filed"])[-1]
    assert (due.about, due.article) == ("due", "CASF L421-6")
    assert "28 février 2027 à minuit" in due.sentence


def test_a_late_fact_says_when_it_was_written_down() -> None:
    """Effective on one day, recorded on another."""
    telling = Telling(plan()).file("2026-11-30").refuse("2027-02-20").notify("2027-02-25", effective="2027-02-22")
    entries = [Recorded(seq=n, event=e, recorded_at=e.effective) for n, e in enumerate(telling.events, start=1)]
    entries[-1] = Recorded(seq=entries[-1].seq, event=entries[-1].event, recorded_at=telling.events[0].effective)

    assert "enregistré le 30 novembre 2026" in next(
        line.sentence for line in explain(entries, telling.dossier, "agent") if line.key == "notified"
    )


def test_a_resident_is_spared_internal_moves() -> None:
    """The reception by the competent authority is the agents' matter."""
    keys = {line.key for line in _explained(STORIES["filed"], "resident")}
    assert "received_by_competent" not in keys
    assert "filed" in keys


@pytest.mark.parametrize("status", STORIES)
def test_every_line_has_a_rule_and_the_entry_that_it_comes_from(status: str) -> None:
    """What looks ahead too: a due date follows from something that happened."""
    telling = STORIES[status]
    assert all(line.rule and 1 <= line.seq <= telling.dossier.seq for line in _explained(telling))


def test_the_birth_of_what_silence_decides_is_told_as_the_stop_or_the_silence_left_it() -> None:
    """To come, born, or without object; the ledger's own end and it are the same day."""
    told = {
        status: next(line for line in _explained(STORIES[status]) if line.key == "born")
        for status in ("filed", "implied_acceptance", "granted")
    }
    assert "produira son effet le 28 février 2027 à minuit" in told["filed"].sentence
    assert "a produit son effet le 28 février 2027 à minuit" in told["implied_acceptance"].sentence
    assert "est sans objet : la notification de la décision" in told["granted"].sentence
    assert STORIES["granted"].events[told["granted"].seq - 1].kind == "notified"
    assert {line.until for line in _explained(STORIES["filed"]) if line.about == "interval"} == {
        date(2027, 3, 1),
        None,
    }


def test_a_withdrawal_is_told_by_its_own_entry_whatever_was_written_since() -> None:
    """The status and the clock both come from it."""
    telling = Telling(plan()).file("2026-11-30").do(Withdraw(), "2026-12-05")
    telling.do(SendMessage(sender="resident", text="Merci"), "2026-12-06")
    withdrawn = next(n for n, event in enumerate(telling.events, start=1) if event.kind == "withdrawn")
    lines = {line.key: line for line in _explained(telling)}
    assert (lines["withdrawn"].about, lines["withdrawn"].seq, lines["expires"].seq) == ("status", withdrawn, withdrawn)


def test_the_status_under_examination_is_made_by_who_took_the_dossier() -> None:
    telling = Telling(plan()).file("2026-11-30").do(Take(agent=UUID(int=7), agent_name="Anne"), "2026-12-01")
    line = next(line for line in _explained(telling) if line.about == "status")
    assert (line.key, telling.events[line.seq - 1].kind) == ("examining", "taken")


def test_the_last_days_given_are_terms_and_the_last_useful_ones_are_for_agents() -> None:
    telling = STORIES["incomplete"]
    agent, resident = (
        {line.key: line for line in _explained(telling, viewer) if line.about == "term"}
        for viewer in ("agent", "resident")
    )
    assert str(resident["until"].at) == "2027-01-10"
    assert telling.events[resident["until"].seq - 1].kind == "pieces_requested"
    useful = {line.key for line in _explained(STORIES["filed"]) if line.key.startswith("last_useful_day")}
    assert useful >= {"last_useful_day:hand", "last_useful_day:registered_mail"}
    assert not [key for key in (*resident, *agent) if key.startswith("last_useful_day")]
    assert not [line for line in _explained(STORIES["filed"], "resident") if line.key.startswith("last_useful_day")]


@pytest.mark.parametrize("viewer", ["resident", "mediator", "system"])
def test_a_decision_not_yet_notified_is_told_neither_by_its_title_nor_by_its_article(viewer: str) -> None:
    """CRPA L221-8."""
    lines = [line for line in _explained(STORIES["decided"], viewer) if line.key == "decided"]
    agent = [line for line in _explained(STORIES["decided"]) if line.key == "decided"]
    assert {line.article for line in lines} == {"CRPA L221-8"}
    assert all(line.sentence.endswith(WAITING) for line in lines)
    assert not [line for line in agent if line.sentence.endswith(WAITING)]
