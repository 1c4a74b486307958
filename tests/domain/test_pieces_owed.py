"""Only what a text requires keeps a file incomplete, and each piece counts from the day it arrived."""

from __future__ import annotations

from domain.commands import Correct, ProvidePiece
from domain.plan import Piece
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
    assert _born(telling) == "2027-03-06"
    assert telling.dossier.status == "filed"


def test_an_optional_piece_asked_with_a_required_one_does_not_hold_the_clock() -> None:
    """The annulled delay runs anew once the required piece is there; the photo may still come, without effect."""
    telling = Telling(plan()).file("2026-11-30").request("2026-12-02", "2027-01-10", "certificat", "photo")
    telling.provide("2026-12-05")
    assert _born(telling) == "2027-03-06"
    assert telling.dossier.missing() == ("photo",)

    telling.provide("2026-12-20", "photo")
    assert _born(telling) == "2027-03-06"
    assert telling.kinds().count("pieces_provided") == 2


def test_under_rejection_the_stop_ends_with_the_required_piece() -> None:
    """Four days asked for, four days more."""
    telling = Telling(plan("rejection", start="filed", months=2)).file("2026-11-23")
    telling.request("2026-12-01", "2026-12-31", "certificat", "photo").provide("2026-12-05")

    assert _born(telling) == "2027-01-28"


def test_a_piece_that_was_there_before_it_was_asked_for_annuls_nothing() -> None:
    """Received by post on the 2nd, asked for on the 5th, written down on the 6th: the request was needless."""
    telling = Telling(plan()).file("2026-11-30").request("2026-12-05", "2027-01-10")
    telling.do(_paper("certificat", "2026-12-02"), "2026-12-06")

    assert _born(telling) == "2027-03-01"
    assert [interval.running for interval in telling.dossier.reckoning().ledger] == [True]


def test_the_last_piece_to_arrive_completes_the_file_whatever_is_written_down_last() -> None:
    """The certificate came on the 15th; the permit, of the 3rd, was written down on the 18th."""
    permit = Piece(key="permis", title="Permis", required=True, reference=("T2",))
    telling = Telling(plan(pieces=(*PIECES, permit))).file("2026-11-30", complete=False)
    telling.provide("2026-12-15").do(_paper("permis", "2026-12-03"), "2026-12-18")

    assert telling.dossier.complete == when("2026-12-15")
    assert _born(telling) == "2027-03-16"


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
    assert _born(telling) == "2027-03-05"


def test_an_incomplete_filing_is_asked_for_its_pieces_in_its_receipt() -> None:
    """CRPA R112-11-4, L114-5 al. 3: under rejection the delay stops until they come, at the latest when told."""
    telling = Telling(plan("rejection", start="filed", months=2)).file("2026-11-23", complete=False)
    assert telling.kinds()[-1] == "pieces_requested"
    assert _born(telling) == "2027-02-23"

    telling.provide("2026-12-03")
    assert _born(telling) == "2027-02-03"


def test_under_acceptance_an_incomplete_filing_needs_no_request() -> None:
    """CRPA L114-5 al. 2: its delay has not begun."""
    assert "pieces_requested" not in Telling(plan()).file("2026-11-30", complete=False).kinds()
