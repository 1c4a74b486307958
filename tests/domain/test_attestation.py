"""What silence granted is attested at the person's request, once for each acceptance (CRPA L232-3)."""

from __future__ import annotations

import pytest

from domain.attestation import RequestAttestation
from domain.effects import effects_of, stands
from domain.event import Event
from domain.plan import Plan
from domain.refusals import Refused
from tests.domain.telling import Telling, plan, when

ASKED = RequestAttestation()


def on_request() -> Plan:
    """Acceptance after three months, attested to who asks."""
    return plan(attestation="on_request")


def accepted(of: Plan | None = None) -> Telling:
    """Filed on 30 November, silence on 28 February: accepted on 1 March."""
    return Telling(of or on_request()).file("2026-11-30").wait("2027-03-02")


def test_the_letter_is_issued_by_the_request() -> None:
    telling = accepted().do(ASKED, "2027-03-05")
    last: Event = telling.events[-1]

    assert (last.kind, last.article) == ("attestation_requested", "CRPA L232-3")
    effects = [effect.kind for effect in effects_of(telling.dossier, last)]
    assert effects == ["letter:attestation", "email:attestation", "webhook"]
    assert all(stands(telling.dossier, kind, telling.dossier.seq) for kind in effects)
    assert telling.dossier.status == "implied_acceptance"


def test_it_is_issued_once() -> None:
    with pytest.raises(Refused, match="déjà délivrée") as refused:
        accepted().do(ASKED, "2027-03-05").do(ASKED, "2027-03-06")
    assert "L232-3" in refused.value.sentence


@pytest.mark.parametrize("until", ["2026-12-01", "2027-02-28T23:59"])
def test_before_the_acceptance_there_is_nothing_to_attest(until: str) -> None:
    with pytest.raises(Refused, match="rien à attester") as refused:
        Telling(on_request()).file("2026-11-30").do(ASKED, until)
    assert "L232-3" in refused.value.sentence


@pytest.mark.parametrize("silence", ["rejection", "provisional", "none"])
def test_no_other_silence_is_attested(silence: str) -> None:
    """Neither a rejection, nor the provisional aid, which is not what was asked for."""
    with pytest.raises(Refused, match="rien à attester"):
        accepted(plan(silence, attestation="")).do(ASKED, "2027-03-05")


def test_what_was_decided_in_time_is_not_attested() -> None:
    decided = Telling(on_request()).file("2026-11-30").refuse("2026-12-15")
    with pytest.raises(Refused, match="rien à attester"):
        decided.do(ASKED, "2026-12-16")


def test_what_is_issued_by_itself_is_not_asked_for() -> None:
    with pytest.raises(Refused, match="déjà délivrée"):
        accepted(plan(attestation="automatic")).do(ASKED, "2027-03-05")


def test_a_letter_on_paper_counts_from_its_day_and_not_from_before_the_acceptance() -> None:
    def posted(on: str) -> RequestAttestation:
        return RequestAttestation(effective=when(on), channel="paper", evidence="Courrier 12")

    telling = accepted().do(posted("2027-03-03"), "2027-03-09")
    assert telling.events[-1].effective == when("2027-03-03")
    with pytest.raises(Refused, match="rien à attester"):
        accepted().do(posted("2027-02-26"), "2027-03-09")


def test_an_acceptance_undone_takes_its_attestation_with_it() -> None:
    """A refusal notified in time, known late: the letter not yet made is not made."""
    telling = Telling(on_request()).file("2026-11-30").refuse("2027-02-20").wait("2027-03-02").do(ASKED, "2027-03-05")
    asked = telling.dossier.seq
    telling.notify("2027-03-08", effective="2027-02-25")

    assert telling.kinds()[-1] == "silence_voided"
    assert not stands(telling.dossier, "letter:attestation", asked)
    with pytest.raises(Refused, match="clos"):
        telling.do(ASKED, "2027-03-09")
