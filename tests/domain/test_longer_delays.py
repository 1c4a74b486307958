"""Acts that lengthen a delay: a prolongation that a text allows, a suspension until an original comes (CRPA R113-6).

Every dossier here is complete on 30 November 2026 and has three months: without them the last day is 28 February
2027, and silence decides on 1 March.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from domain.calendar import Delay, midnight
from domain.clock.second_opinion import audit
from domain.command import Command
from domain.extension import Extend, Extended, Resume, Suspend
from domain.kernel import next_due, settle
from domain.refusals import Refused
from domain.silence import SilenceTookEffect
from tests.domain.telling import Telling, plan, when

TWO_MONTHS = Delay(months=2)
SUSPEND, RESUME, EXTEND = Suspend(reasons="Original."), Resume(), Extend(reasons="Avis.")
DECIDES = {"acceptance": "implied_acceptance", "rejection": "implied_rejection", "provisional": "provisional"}
SILENCES = [*DECIDES, "none"]


def filed(silence: str = "acceptance") -> Telling:
    """Complete on 30 November 2026, its delay may be prolonged by two months."""
    return Telling(plan(silence, extension=TWO_MONTHS)).file("2026-11-30")


def dates(telling: Telling) -> tuple[str, str]:
    """The last day, and the day silence decides."""
    reckoning = telling.dossier.reckoning()
    facts = [dated.fact for dated in telling.dossier.facts]
    assert audit(telling.dossier.plan.clock, facts, reckoning) == ()
    return str(reckoning.expires), str(reckoning.born)


@pytest.mark.parametrize("silence", SILENCES)
def test_suspended_days_are_added_under_every_effect_of_silence(silence: str) -> None:
    """From 10 to 20 December, ten days: pieces annul some of these delays, a suspension stops them all."""
    telling = filed(silence).do(SUSPEND, "2026-12-10").do(RESUME, "2026-12-20")

    assert dates(telling) == ("2027-03-10", "None" if silence == "none" else "2027-03-10")
    assert [(i.running, i.counts) for i in telling.dossier.reckoning().ledger] == [
        (True, True), (False, False), (True, True),
    ]  # fmt: skip
    assert telling.dossier.reckoning().ledger[1].article == "CRPA R113-6"


@pytest.mark.parametrize("silence", DECIDES)
def test_while_it_is_suspended_nothing_is_due_and_silence_decides_on_the_moved_day(silence: str) -> None:
    telling = filed(silence).do(SUSPEND, "2026-12-10")
    assert dates(telling) == ("None", "None")
    assert next_due(telling.dossier) is None
    assert telling.wait("2027-02-27").kinds()[-1] == "suspended"

    telling.do(RESUME, "2027-02-28")
    due = midnight(when("2027-05-20").date())
    assert dates(telling) == ("2027-05-19", "2027-05-19")
    assert settle(telling.dossier, due - timedelta(milliseconds=1)) == ()
    (silent,) = settle(telling.dossier, due)
    assert isinstance(silent, SilenceTookEffect)
    assert silent.effective == due
    assert telling.wait("2027-05-20").dossier.status == DECIDES[silence]


def test_a_suspension_still_open_on_what_was_the_last_day_has_stopped_the_clock() -> None:
    """Five months later, silence has decided nothing."""
    telling = filed().do(SUSPEND, "2027-02-28T23:59").wait("2027-07-31")

    assert telling.kinds()[-1] == "suspended"
    assert dates(telling.do(RESUME, "2027-08-01")) == ("2027-08-01", "2027-08-01")


def test_two_suspensions_add_up() -> None:
    """Ten days, then five."""
    telling = filed().do(SUSPEND, "2026-12-10").do(RESUME, "2026-12-20")
    telling.do(SUSPEND, "2027-01-05").do(RESUME, "2027-01-10")

    assert dates(telling) == ("2027-03-15", "2027-03-15")


def test_suspended_and_resumed_on_the_same_day_moves_nothing() -> None:
    assert dates(filed().do(SUSPEND, "2026-12-10T09:00").do(RESUME, "2026-12-10T17:00")) == ("2027-02-28", "2027-02-28")


@pytest.mark.parametrize("silence", SILENCES)
def test_a_prolongation_adds_its_months_before_the_month_s_end_is_clamped(silence: str) -> None:
    """Three and two months from 30 November are 30 April, not two months from 28 February."""
    telling = filed(silence).do(EXTEND, "2027-01-15")

    assert dates(telling) == ("2027-04-30", "None" if silence == "none" else "2027-04-30")
    extended = telling.events[-1]
    assert isinstance(extended, Extended)
    assert (extended.by, extended.reasons) == (TWO_MONTHS, "Avis.")


def test_prolonged_silence_decides_on_the_later_day_only() -> None:
    telling = filed().do(EXTEND, "2027-02-28T23:59")

    assert telling.wait("2027-04-30T23:59").kinds()[-1] == "extended"
    assert telling.wait("2027-05-01T00:00").dossier.status == "implied_acceptance"


def test_a_prolongation_and_a_suspension_both_count() -> None:
    telling = filed().do(SUSPEND, "2026-12-10").do(RESUME, "2026-12-20").do(EXTEND, "2027-01-15")

    assert dates(telling) == ("2027-05-10", "2027-05-10")


def suspended() -> Telling:
    """Suspended on 10 December."""
    return filed().do(SUSPEND, "2026-12-10")


@pytest.mark.parametrize(
    ("tell", "act", "code", "says"),
    [
        (lambda: Telling(plan()).file("2026-11-30"), EXTEND, "not_now", "Aucun texte ne permet de prolonger"),
        (lambda: filed().do(EXTEND, "2026-12-10"), EXTEND, "not_now", "déjà été prolongé"),
        (lambda: filed().refuse("2026-12-10"), EXTEND, "not_now", "déjà éteint"),
        (lambda: filed("rejection").wait("2027-03-01"), EXTEND, "not_now", "déjà éteint"),
        (filed, Extend(reasons=" "), "reasons_missing", "doit être motivée"),
        (suspended, SUSPEND, "not_now", "ne peut pas être suspendue.*R113-6"),
        (lambda: filed().refuse("2026-12-10"), SUSPEND, "not_now", "ne peut pas être suspendue"),
        (lambda: filed("rejection").wait("2027-03-01"), SUSPEND, "not_now", "ne peut pas être suspendue"),
        (filed, Suspend(reasons=" "), "reasons_missing", "doit être motivée.*R113-6"),
        (filed, RESUME, "not_now", "n'est pas suspendue"),
        (lambda: suspended().do(RESUME, "2026-12-20"), RESUME, "not_now", "n'est pas suspendue"),
        (filed, Suspend(reasons="Original.", effective=when("2026-12-01")), "effective_not_admitted", "quand il est"),
        (filed, Extend(reasons="Avis.", effective=when("2026-12-01")), "effective_not_admitted", "quand il est"),
    ],
)
def test_what_the_law_does_not_admit_is_refused_and_moves_nothing(
    tell: Callable[[], Telling], act: Command, code: str, says: str
) -> None:
    telling = tell()
    before = telling.dossier
    with pytest.raises(Refused, match=says) as refused:
        telling.do(act, "2027-03-02" if before.silence is not None else "2027-01-20")

    assert refused.value.code == code
    assert telling.dossier == before
