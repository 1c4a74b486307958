"""The date of a paper piece entered wrong: once corrected, all is as if the right one had been entered at once."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest

from domain.calendar import Delay, civil
from domain.command import Command
from domain.correction import CorrectDate, DateCorrected
from domain.derivation import Recorded
from domain.effects import effects_of
from domain.explained.explanation import explain
from domain.extension import Suspend
from domain.filing import File
from domain.kernel import act, fold
from domain.plan import Piece
from domain.refusals import Refused
from domain.serial import EVENT
from domain.steps.completeness import CeaseDocument, Completeness
from domain.steps.decision import Decision
from domain.steps.notice import Notice
from domain.steps.pieces import Acknowledge, ProvidePiece
from tests.domain.telling import DOCUMENT, PIECES, Telling, plan, when

BY_POST: dict[str, Any] = {"channel": "paper", "evidence": "Tampon"}
THREE = (*PIECES, Piece(key="rib", title="RIB", required=True))
STEPS = (Completeness(ask_within=Delay(days=15), acknowledge_within=Delay(days=10)), Decision(), Notice())
DEEMED = plan("acceptance", start="acknowledged", steps=STEPS, pieces=THREE, months=12)
"""The delay starts from the acknowledgement, that the law gives after ten days."""


def by_post(piece: str, on: str) -> ProvidePiece:
    """A piece that came by post on that day, entered later."""
    return ProvidePiece(piece=piece, documents=(DOCUMENT,), effective=when(on), **BY_POST)


def right(piece: str, on: str) -> CorrectDate:
    """Its right date."""
    return CorrectDate(of="piece", piece=piece, effective=when(on), channel="registered_mail", evidence="AR 1A")


def missing(silence: str = "acceptance") -> Telling:
    """Filed on paper without its certificate."""
    filed = File(form={}, effective=when("2026-11-20"), **BY_POST)
    return Telling(plan(silence)).do(filed, "2026-11-24")


@pytest.mark.parametrize(("on", "born"), [("2026-11-26", "2027-02-26"), ("2026-12-02", "2027-03-02")])
def test_a_piece_is_dated_anew_either_way_and_the_clock_with_it(on: str, born: str) -> None:
    telling = missing().do(by_post("certificat", "2026-11-30"), "2026-12-03").do(right("certificat", on), "2026-12-08")

    dossier, corrected = telling.dossier, telling.events[-1]
    assert (dossier.received["certificat"], dossier.complete) == (when(on),) * 2
    assert str(dossier.reckoning().born) == born
    assert isinstance(corrected, DateCorrected)
    assert (corrected.was, corrected.piece) == (when("2026-11-30"), "certificat")
    assert corrected.in_french(dossier.plan).startswith("La date de réception de la pièce « Certificat » est corrigée")
    assert "letter:date_corrected" in {effect.kind for effect in effects_of(dossier, corrected)}
    assert fold(dossier.plan, telling.events) == dossier


def test_the_explanation_shows_one_date_and_keeps_the_former() -> None:
    telling = missing().do(by_post("certificat", "2026-11-30"), "2026-12-03")
    telling.do(right("certificat", "2026-11-26"), "2026-12-08")

    entries = [Recorded(seq=n, event=e, recorded_at=e.effective) for n, e in enumerate(telling.events, start=1)]
    lines = explain(entries, telling.dossier, "resident")
    former = {line.key for line in lines if line.sentence.endswith("(date corrigée depuis)")}
    assert former == {"piece_received", "pieces_provided", "completed"}
    (runs,) = [line for line in lines if line.key == "ledger"]
    assert (str(runs.at), runs.seq) == ("2026-11-26", telling.dossier.seq)


def test_a_request_that_crossed_the_piece_in_the_post_has_moved_nothing_and_may_again() -> None:
    """Asked for on the 10th. Said to have come on the 12th, it had come on the 8th; then its evidence says the 11th."""
    telling = Telling(plan("rejection", start="filed", pieces=PIECES)).file("2026-11-30")
    telling.request("2026-12-10", "2026-12-31").do(by_post("certificat", "2026-12-12"), "2026-12-15")
    stopped = telling.dossier.reckoning().born

    telling.do(right("certificat", "2026-12-08"), "2026-12-16")
    assert str(telling.dossier.reckoning().born) == "2027-02-28", "three months, without a stop"
    telling.do(right("certificat", "2026-12-12"), "2026-12-17")
    assert telling.dossier.reckoning().born == stopped
    telling.do(right("certificat", "2026-12-11"), "2026-12-17T13:00")
    assert str(telling.dossier.reckoning().born) == "2027-03-01", "a day of stop"


def test_silence_follows_the_right_date() -> None:
    """Six months too early, it would have accepted; put right, it has not; the other way round, it has."""
    filed = File(form={}, effective=when("2026-05-20"), **BY_POST)
    telling = Telling(plan()).do(filed, "2026-05-24").do(by_post("certificat", "2026-06-01"), "2026-11-24")
    assert telling.dossier.status == "implied_acceptance"

    telling.do(right("certificat", "2026-11-20"), "2026-11-25")
    assert (telling.kinds()[-2:], telling.dossier.status) == (["date_corrected", "silence_voided"], "filed")
    telling.do(right("certificat", "2026-06-02"), "2026-11-26")
    assert (telling.kinds()[-2:], telling.dossier.status) == (
        ["date_corrected", "silence_took_effect"],
        "implied_acceptance",
    )


def test_once_decided_the_date_is_corrected_and_silence_may_have_come_first() -> None:
    """As for the day of a filing: a refusal that came after the acceptance was acquired does not stand."""
    filed = File(form={}, effective=when("2026-05-20"), **BY_POST)
    telling = Telling(plan()).do(filed, "2026-05-24").do(by_post("certificat", "2026-11-20"), "2026-11-24")
    telling.refuse("2026-11-25").notify("2026-11-26")
    assert telling.dossier.status == "refused"

    telling.do(right("certificat", "2026-06-02"), "2026-11-27")
    assert (telling.kinds()[-1], telling.dossier.status) == ("silence_took_effect", "implied_acceptance")


@pytest.mark.parametrize(
    ("piece", "on", "why"),
    [
        ("certificat", "2026-11-19", "précède le dépôt"),
        ("certificat", "2026-12-04", "jour où la pièce a été enregistrée"),
        ("certificat", "2026-11-30", "déjà celle"),
        ("certificat", "2026-12-30", "futur"),
        ("photo", "2026-12-01", "donnée en ligne"),
        ("inconnue", "2026-12-01", "ne connaît pas la pièce"),
        ("", "2026-12-01", "ne connaît pas la pièce"),
        ("rib", "2026-12-01", "rien à corriger"),
        ("avec", "2026-12-01", "arrivée avec la demande"),
    ],
)
def test_a_date_that_cannot_be_is_refused_with_its_own_sentence(piece: str, on: str, why: str) -> None:
    pieces = (*PIECES, Piece(key="rib", title="RIB"), Piece(key="avec", title="Jointe"))
    filed = File(form={}, pieces={"avec": (DOCUMENT,)}, effective=when("2026-11-20"), **BY_POST)
    telling = Telling(plan(pieces=pieces)).do(filed, "2026-11-24").do(by_post("certificat", "2026-11-30"), "2026-12-03")
    telling.do(ProvidePiece(piece="photo", documents=(DOCUMENT,)), "2026-12-04")
    with pytest.raises(Refused, match=why):
        telling.do(right(piece, on), "2026-12-08")


def test_a_piece_of_before_is_not_corrected_and_its_state_holds_nothing_new() -> None:
    """Its entry does not say when it was written down: it is read, and its state is, as they always were."""
    telling = missing().do(by_post("certificat", "2026-11-30"), "2026-12-03")
    old = [
        EVENT.validate_python(
            {k: v for k, v in EVENT.dump_python(e, mode="json").items() if k not in {"entered", "by_hand", "rests_on"}}
        )
        for e in telling.events
    ]
    state = fold(telling.dossier.plan, old)
    assert (state.arrivals, state.rests) == ({}, ())
    assert replace(telling.dossier, arrivals={}, rests=()) == state
    with pytest.raises(Refused, match="ne retenait pas encore"):
        act(state, right("certificat", "2026-11-26"), when("2026-12-08"))


def test_a_piece_lost_since_and_a_decision_withdrawn_since_leave_nothing_to_correct() -> None:
    telling = missing().do(by_post("certificat", "2026-11-30"), "2026-12-03")
    telling.do(CeaseDocument(document=DOCUMENT, cause="lost"), "2026-12-04")
    with pytest.raises(Refused, match="rien à corriger"):
        telling.do(right("certificat", "2026-11-26"), "2026-12-08")


def by_post_both() -> Telling:
    """Where the delay starts from the acknowledgement: complete since the 4th, entered the day after."""
    telling = Telling(DEEMED).do(File(form={}, effective=when("2026-11-30"), **BY_POST), "2026-12-01")
    return telling.do(by_post("certificat", "2026-12-04"), "2026-12-05").do(by_post("rib", "2026-12-04"), "2026-12-05")


@pytest.mark.parametrize(("on", "day"), [("2026-12-05T09:00", "2026-12-15"), ("2026-12-03", "2026-12-13")])
def test_an_acknowledgement_of_the_law_follows_the_right_date_of_a_piece(on: str, day: str) -> None:
    """Ten days after the file was complete (à confirmer), as long as nothing that counts was entered since."""
    telling = by_post_both().do(right("rib", "2026-12-02"), "2026-12-05T13:00").wait("2026-12-20")
    assert civil(_acknowledged(telling)).isoformat() == "2026-12-14"
    telling.do(right("certificat", on), "2026-12-21")
    assert civil(_acknowledged(telling)).isoformat() == day
    assert telling.kinds()[-2:] == ["date_corrected", "acknowledged"]
    entries = [Recorded(seq=n, event=e, recorded_at=e.effective) for n, e in enumerate(telling.events, start=1)]
    lines = [line for line in explain(entries, telling.dossier, "resident") if line.key == "acknowledged"]
    assert [line.sentence.endswith("(date corrigée depuis)") for line in lines] == [True, False]


def test_a_filing_entered_with_the_wrong_year_is_put_right_though_silence_accepted() -> None:
    """The law had acknowledged it, then accepted: neither stands, without a word of what comes later."""
    filed = File(form={}, pieces=dict.fromkeys(["certificat", "rib"], (DOCUMENT,)), effective=when("2025-01-30"))
    late = replace(filed, confirmed=True, **BY_POST)
    telling = Telling(DEEMED).do(late, "2026-12-05")
    assert telling.dossier.status == "implied_acceptance"
    anew = CorrectDate(of="filing", effective=when("2026-11-30"), channel="paper", evidence="Tampon relu")
    telling.do(anew, "2026-12-08")
    assert telling.kinds()[-2:] == ["date_corrected", "silence_voided"]
    assert (telling.dossier.status, telling.dossier.acknowledged) == ("filed", None)
    telling.wait("2026-12-12")
    assert civil(_acknowledged(telling)).isoformat() == "2026-12-10"


def test_an_acknowledgement_that_moves_nothing_is_in_the_way_of_no_correction() -> None:
    """The authority's, given before the law's would have been, and whatever was entered after it."""
    telling = by_post_both().do(Acknowledge(), "2026-12-08").request("2026-12-09", "2027-01-09")
    telling.do(right("certificat", "2026-12-02"), "2026-12-10").do(right("rib", "2026-12-01"), "2026-12-10")
    assert telling.dossier.acknowledged == when("2026-12-08")


@pytest.mark.parametrize(
    ("crossed", "on"),
    [(Acknowledge(), "2026-12-13"), (Suspend(reasons="Originaux."), "2026-12-13"), (None, "2026-12-20")],
)
def test_a_correction_that_would_move_the_laws_acknowledgement_across_another_act_is_refused(
    crossed: Command | None, on: str
) -> None:
    """A choice of ours: it says why, what to do instead, and changes nothing."""
    telling = by_post_both()
    if crossed is None:
        telling.request(on, "2027-01-20")
    else:
        telling.do(crossed, on)
    telling.wait("2026-12-21")
    before = telling.dossier
    with pytest.raises(Refused, match="actes qui comptent dans le délai") as refused:
        telling.do(right("rib", "2026-12-02"), "2026-12-22").do(right("certificat", "2026-12-02"), "2026-12-22")
    assert "il serait réputé donné le 12/12/2026" in refused.value.reason
    assert "message au dossier" in refused.value.what_to_do
    assert telling.dossier.received["certificat"] == before.received["certificat"]
    assert (telling.dossier.acknowledged, telling.dossier.complete) == (before.acknowledged, before.complete)


def _acknowledged(telling: Telling) -> datetime:
    at = telling.dossier.acknowledged
    assert at is not None
    return at
