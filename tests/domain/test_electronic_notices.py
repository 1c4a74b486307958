"""Who accepted electronic notices may give them up (CRPA R112-18)."""

from __future__ import annotations

import pytest

from domain.electronic_notices import GiveUpElectronicNotices
from domain.refusals import Refused
from domain.steps.notice import MakeNoticeAvailable
from tests.domain.telling import Telling, plan

GIVE_UP = GiveUpElectronicNotices()


def test_what_comes_after_is_posted_and_nothing_is_made_available() -> None:
    telling = Telling(plan()).file("2026-11-30", electronic_notice=True).do(GIVE_UP, "2026-12-10").refuse("2027-01-05")

    assert telling.dossier.electronic_notice is False
    with pytest.raises(Refused, match="n'a pas accepté"):
        telling.do(MakeNoticeAvailable(of="decision", target=telling.dossier.seq), "2027-01-06")


def test_a_letter_that_waits_online_keeps_its_time() -> None:
    """Deemed given after its fifteen days, as it was announced (CRPA R112-20)."""
    telling = Telling(plan()).file("2026-11-30", electronic_notice=True).refuse("2027-01-05")
    telling.do(MakeNoticeAvailable(of="decision", target=telling.dossier.seq), "2027-01-05")
    telling.do(GIVE_UP, "2027-01-06").wait("2027-01-22")

    assert telling.kinds()[-2:] == ["notice_deemed", "notified"]


def test_it_is_done_once_and_only_by_who_had_agreed() -> None:
    telling = Telling(plan()).file("2026-11-30")
    with pytest.raises(Refused, match="déjà par la poste"):
        telling.do(GIVE_UP, "2026-12-01")
