"""Only what a text requires keeps a file incomplete, and each piece counts from the day it arrived."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from domain.calendar import midnight
from domain.effects import effects_of, reminders
from domain.kernel import fold
from domain.plan import Piece
from domain.refusals import Refused
from domain.steps.completeness_events import PiecesRequested
from domain.steps.pieces import Correct, ProvidePiece, RequestPieces
from tests.domain.telling import DOCUMENT, PIECES, Telling, plan, when


def _born(telling: Telling) -> str:
    return str(telling.dossier.reckoning().born)


def _paper(key: str, on: str) -> ProvidePiece:
    """A piece that came by post on `on`, written down later."""
    return ProvidePiece(piece=key, documents=(DOCUMENT,), effective=when(on), channel="registered_mail", evidence="AR")


def test_an_optional_piece_asked_for_does_not_keep_the_file_incomplete() -> None:
    """CRPA L114-5: no text requires the photo; the certificate alone completes the file."""
    telling = Telling(plan()).file("2026-11-30", complete=False)
    telling.request("2026-12-02", "2027-01-10", "photo").provide("2026-12-05")

    assert "completed" in telling.kinds()
    assert _born(telling) == "2027-03-05"
    assert telling.dossier.status == "filed"


def test_an_optional_piece_asked_with_a_required_one_does_not_hold_the_clock() -> None:
    """The annulled delay runs anew once the required piece is there; the photo may still come, without effect."""
    telling = Telling(plan()).file("2026-11-30").request("2026-12-02", "2027-01-10", "certificat", "photo")
    telling.provide("2026-12-05")
    assert _born(telling) == "2027-03-05"
    assert telling.dossier.missing() == ("photo",)

    telling.provide("2026-12-20", "photo")
    assert _born(telling) == "2027-03-05"
    assert telling.kinds().count("pieces_provided") == 2


def test_under_rejection_the_stop_ends_with_the_required_piece() -> None:
    """Four days asked for, four days more."""
    telling = Telling(plan("rejection", start="filed", months=2)).file("2026-11-23")
    telling.request("2026-12-01", "2026-12-31", "certificat", "photo").provide("2026-12-05")

    assert _born(telling) == "2027-01-27"


def test_a_piece_that_was_there_before_it_was_asked_for_annuls_nothing() -> None:
    """Received by post on the 2nd, asked for on the 5th, written down on the 6th: the request was needless."""
    telling = Telling(plan()).file("2026-11-30").request("2026-12-05", "2027-01-10")
    telling.do(_paper("certificat", "2026-12-02"), "2026-12-06")

    assert _born(telling) == "2027-02-28"
    assert [interval.running for interval in telling.dossier.reckoning().ledger] == [True]


def test_the_last_piece_to_arrive_completes_the_file_whatever_is_written_down_last() -> None:
    """The certificate came on the 15th; the permit, of the 3rd, was written down on the 18th."""
    permit = Piece(key="permis", title="Permis", required=True, reference=("T2",))
    telling = Telling(plan(pieces=(*PIECES, permit))).file("2026-11-30", complete=False)
    telling.provide("2026-12-15").do(_paper("permis", "2026-12-03"), "2026-12-18")

    assert telling.dossier.complete == when("2026-12-15")
    assert _born(telling) == "2027-03-15"


def test_a_file_complete_anew_is_complete_from_then() -> None:
    """What annulled the delay moved the day from which the service counts its own."""
    telling = Telling(plan()).file("2026-11-30").request("2026-12-02", "2027-01-10").provide("2026-12-20")

    assert telling.dossier.complete == when("2026-12-20")


def test_an_answer_corrected_may_make_the_piece_needless() -> None:
    """What was asked for is not required of who answers so: the delay runs again."""
    permit = Piece(key="permis", title="Permis", required_when={"/page/conduit": True}, reference=("T2",))
    telling = Telling(plan(pieces=(*PIECES, permit))).file("2026-11-30", form={"page": {"conduit": True}})
    telling.provide("2026-12-01", "permis").request("2026-12-02", "2027-01-10", "permis")
    assert telling.dossier.silence_due() is None

    telling.do(Correct(form={"page": {"conduit": False}}), "2026-12-04")
    assert _born(telling) == "2027-03-04"


def test_an_incomplete_filing_is_asked_for_its_pieces_in_its_receipt() -> None:
    """CRPA R112-11-4, L114-5 al. 3: under rejection the delay stops until they come, at the latest when told."""
    telling = Telling(plan("rejection", start="filed", months=2)).file("2026-11-23", complete=False)
    assert telling.kinds()[-1] == "pieces_requested"
    assert _born(telling) == "2027-02-22"

    telling.provide("2026-12-03")
    assert _born(telling) == "2027-02-02"


def test_under_acceptance_the_receipt_asks_too_and_moves_nothing() -> None:
    """CRPA L114-5 al. 2: its delay has not begun; but the person is reminded, and both sides hear that time is over."""
    telling = Telling(plan()).file("2026-11-30", complete=False)
    asked = telling.events[-1]
    assert isinstance(asked, PiecesRequested)
    assert (asked.in_receipt, asked.moves_clock) == (True, False)
    assert "ne court pas encore" in asked.why
    (reminder,) = [r for r in reminders(telling.dossier) if r.kind == "email:pieces_reminder"]
    assert (reminder.at, reminder.seq) == (midnight(asked.until - timedelta(days=7)), telling.dossier.seq)

    telling.wait("2027-02-01")
    assert telling.kinds()[-1] == "pieces_lapsed"
    assert "tell:pieces" in [effect.kind for effect in effects_of(telling.dossier, telling.events[-1])]
    telling.provide("2027-02-05")
    assert telling.kinds()[-3:] == ["piece_received", "pieces_provided", "completed"]
    assert _born(telling) == "2027-05-05", "three months from the piece, late or not"
    assert telling.dossier.awaiting() == ()


def test_what_the_receipt_asked_for_is_awaited_only_while_a_text_requires_it() -> None:
    """Neither missing, nor reminded of, nor over, once the corrected form owes it no more."""
    permit = Piece(key="permis", title="Permis", required_when={"/page/conduit": True}, reference=("T2",))
    of = plan(pieces=(*PIECES, permit))
    telling = Telling(of).file("2026-11-30", form={"page": {"conduit": True}})
    assert telling.dossier.missing() == ("permis",)
    telling.do(Correct(form={"page": {"conduit": False}}), "2026-12-02")

    assert telling.kinds()[-2:] == ["corrected", "completed"]
    assert (telling.dossier.missing(), telling.dossier.awaiting()) == ((), ())
    assert not [r for r in reminders(telling.dossier) if r.kind == "email:pieces_reminder"]
    assert "pieces_lapsed" not in telling.wait("2027-02-01").kinds()


@pytest.mark.parametrize("silence", ["acceptance", "rejection"])
def test_a_piece_asked_for_twice_is_awaited_by_the_later_request_alone(silence: str) -> None:
    """One date shown, one reminder, one end of the time given; the delay stays stopped, or annulled, once."""
    telling = Telling(plan(silence, start="filed")).file("2026-11-30")
    telling.request("2026-12-02", "2026-12-20").request("2026-12-10", "2027-01-10")
    dossier = telling.dossier

    (awaited,) = dossier.awaiting()
    assert (awaited.seq, str(awaited.until)) == (dossier.seq, "2027-01-10")
    assert [r.seq for r in reminders(dossier) if r.kind == "email:pieces_reminder"] == [awaited.seq]
    assert dossier.waits_for_pieces()
    telling.wait("2026-12-25")
    assert "pieces_lapsed" not in telling.kinds()
    telling.provide("2027-01-05")
    assert "pieces_provided" in telling.kinds()
    # Annulled: three months from the 5th; stopped: the 34 days from the first request.
    assert _born(telling) == ("2027-04-05" if silence == "acceptance" else "2027-04-03")


def test_what_was_asked_for_beside_it_keeps_its_own_last_day() -> None:
    telling = Telling(plan()).file("2026-11-30").request("2026-12-02", "2026-12-20", "certificat", "photo")
    telling.request("2026-12-10", "2027-01-10")
    assert [(r.keys, str(r.until)) for r in telling.dossier.awaiting()] == [
        (("photo",), "2026-12-20"),
        (("certificat",), "2027-01-10"),
    ]


def test_a_request_too_late_to_annul_keeps_waiting_for_what_the_first_annulled() -> None:
    """Asked on the 2nd, in time; again on the 20th, after the fifteen days: the delay waits for the piece as before."""
    telling = Telling(plan()).file("2026-11-30").request("2026-12-02", "2026-12-18").request("2026-12-20", "2027-01-20")
    assert "n'est pas modifié" in telling.events[-1].why  # type: ignore[attr-defined]
    assert telling.dossier.waits_for_pieces()
    assert telling.dossier.silence_due() is None
    assert _born(telling.provide("2027-01-05")) == "2027-04-05"


def test_the_time_given_for_a_piece_is_not_shortened() -> None:
    telling = Telling(plan()).file("2026-11-30").request("2026-12-02", "2027-01-10")
    with pytest.raises(Refused, match="jusqu'au 10/01/2027"):
        telling.request("2026-12-03", "2026-12-15")
    telling.do(RequestPieces(pieces={"certificat": "illisible"}), "2026-12-03")
    assert str(telling.dossier.awaiting()[0].until) == "2027-01-10", "the thirty days of the law would end before"


def test_a_journal_of_before_folds_to_what_it_was() -> None:
    """Its requests replaced nothing: both are awaited, as its stored state says."""
    telling = Telling(plan()).file("2026-11-30").request("2026-12-02", "2026-12-20").request("2026-12-10", "2027-01-10")
    old = [replace(e, replaces=False) if isinstance(e, PiecesRequested) else e for e in telling.events]
    assert [request.keys for request in fold(plan(), old).requests] == [("certificat",), ("certificat",)]
