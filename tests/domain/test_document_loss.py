"""A required piece that ceases to be is missing again: both sides told, asked anew, the delay as for any (L114-5)."""

from __future__ import annotations

from uuid import UUID

import pytest

from domain.document_loss import Cause
from domain.effects import effects_of
from domain.refusals import Refused
from domain.steps.completeness import CeaseDocument
from domain.steps.completeness_events import PiecesRequested
from domain.steps.pieces import ProvidePiece
from tests.domain.telling import DOCUMENT, Telling, plan

OTHER = UUID(int=2)


def gone(cause: Cause = "virus", document: UUID = DOCUMENT) -> CeaseDocument:
    """The certificate's only document is no more."""
    return CeaseDocument(document=document, cause=cause)


@pytest.mark.parametrize("cause", ["virus", "lost"])
def test_it_is_asked_for_anew_with_its_reason_and_annuls_the_delay_like_any(cause: Cause) -> None:
    telling = Telling(plan()).file("2026-11-30").do(gone(cause), "2026-12-02")
    ceased, asked = telling.events[-2:]

    assert isinstance(asked, PiecesRequested)
    assert "aviez envoyé" in asked.pieces[0].reason
    assert "repartira pour sa durée entière" in asked.why
    assert (telling.dossier.status, telling.dossier.missing()) == ("incomplete", ("certificat",))
    assert telling.dossier.silence_due() is None
    assert "Certificat" in ceased.in_french(plan())
    told = {effect.kind for event in (ceased, asked) for effect in effects_of(telling.dossier, event)}
    assert {"tell:document_ceased", "letter:pieces", "email:pieces"} <= told
    assert "email:document_ceased" not in told, "one e-mail says it"

    telling.provide("2026-12-05")
    assert str(telling.dossier.reckoning().born) == "2027-03-05"
    assert telling.dossier.complete is not None


def test_under_rejection_it_stops_the_delay_until_given() -> None:
    telling = Telling(plan("rejection", start="filed")).file("2026-11-30").do(gone(), "2026-12-02")
    assert "suspendu" in telling.events[-1].why  # type: ignore[attr-defined]
    assert str(telling.provide("2026-12-05").dossier.reckoning().born) == "2027-03-03"


def test_too_late_to_ask_the_delay_runs_on_and_the_request_says_so() -> None:
    telling = Telling(plan()).file("2026-11-30")
    born = telling.dossier.reckoning().born
    telling.do(gone(), "2027-01-20")
    assert "n'est pas modifié" in telling.events[-1].why  # type: ignore[attr-defined]
    assert telling.dossier.reckoning().born == born


def test_a_piece_that_keeps_another_document_is_not_missing() -> None:
    telling = Telling(plan()).file("2026-11-30")
    telling.do(ProvidePiece(piece="certificat", documents=(OTHER,)), "2026-12-01").do(gone(), "2026-12-02")
    assert telling.kinds()[-1] == "document_ceased"
    assert telling.dossier.pieces == {"certificat": (OTHER,)}
    kinds = [effect.kind for effect in effects_of(telling.dossier, telling.events[-1])]
    assert "email:document_ceased" in kinds
    telling.do(gone(document=OTHER), "2026-12-03")
    assert telling.kinds()[-1] == "pieces_requested"


def test_an_optional_piece_is_said_and_not_asked_for() -> None:
    telling = Telling(plan()).file("2026-11-30").provide("2026-12-01", "photo")
    telling.do(ProvidePiece(piece="photo", documents=(OTHER,)), "2026-12-01").do(gone(document=OTHER), "2026-12-02")
    assert telling.kinds()[-1] == "document_ceased"


def test_of_a_file_still_incomplete_it_joins_what_is_awaited() -> None:
    telling = Telling(plan("acceptance", start="acknowledged")).file("2026-11-30").do(gone(), "2026-12-02")
    assert telling.dossier.owed() == ("certificat",)
    assert "accusé de réception" in telling.events[-1].why  # type: ignore[attr-defined]


def test_what_is_awaited_already_is_not_asked_for_twice() -> None:
    telling = Telling(plan()).file("2026-11-30").request("2026-12-01", "2027-01-10").do(gone(), "2026-12-02")
    assert telling.kinds()[-1] == "document_ceased"
    assert telling.dossier.missing() == ("certificat",)


def test_once_answered_it_is_recorded_and_nothing_is_asked() -> None:
    for answered in (
        Telling(plan()).file("2026-11-30").grant("2026-12-15"),
        Telling(plan()).file("2026-11-30").grant("2026-12-15").notify("2026-12-16"),
        Telling(plan()).file("2026-11-30").wait("2027-03-02"),
    ):
        status = answered.dossier.status
        assert answered.do(gone("lost"), "2027-03-05").kinds()[-1] == "document_ceased"
        assert answered.dossier.status == status


def test_after_an_implied_refusal_it_is_asked_for_and_moves_nothing() -> None:
    telling = Telling(plan("rejection", start="filed")).file("2026-11-30").wait("2027-03-02").do(gone(), "2027-03-05")
    assert "n'y change rien" in telling.events[-1].why  # type: ignore[attr-defined]


def test_a_document_that_answers_nothing_is_refused() -> None:
    with pytest.raises(Refused, match="aucune pièce"):
        Telling(plan()).file("2026-11-30").do(gone(document=OTHER), "2026-12-02")
