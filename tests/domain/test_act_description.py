"""An act as it is said: dates in Paris, names as in the API, nothing unknown and nothing guessed."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from domain.act_description import Misdescribed, command_of, instant
from domain.commands import COMMANDS, WHO
from domain.steps.pieces import ProvidePiece, RequestPieces
from tests.domain.telling import DOCUMENT


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-11-30", datetime(2026, 11, 30, 11, tzinfo=UTC)),
        ("2027-06-01", datetime(2027, 6, 1, 10, tzinfo=UTC)),
        ("2026-11-30T16:00", datetime(2026, 11, 30, 15, tzinfo=UTC)),
        ("2026-11-30t16:00z", datetime(2026, 11, 30, 16, tzinfo=UTC)),
        ("2026-11-30T16:00:00.5+02:00", datetime(2026, 11, 30, 14, 0, 0, 500_000, tzinfo=UTC)),
    ],
)
def test_a_date_alone_is_noon_in_paris(text: str, expected: datetime) -> None:
    """And a time without an offset is Paris time."""
    assert instant(text) == expected


@pytest.mark.parametrize(
    "text", ["", "demain", "20261130", "2026-W48-1", "2026-02-30", "2026-11-30T25:00", "0001-01-01T00:00", "9999-12-31"]
)
def test_anything_else_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(ValueError, match="2027-03-01"):
        instant(text)


def test_every_act_that_somebody_may_do_has_a_name_here() -> None:
    """The same names as in `domain/act_rights.py`."""
    assert COMMANDS.keys() == WHO.keys()


def test_what_json_writes_as_texts_is_read() -> None:
    """Identifiers, lists, dates."""
    assert command_of("provide_piece", {"piece": "rib", "documents": [str(DOCUMENT)]}) == ProvidePiece(
        piece="rib", documents=(DOCUMENT,)
    )
    asked = command_of("request_pieces", {"pieces": {"rib": "Illisible."}, "until": "2027-01-05"})
    assert isinstance(asked, RequestPieces)
    assert str(asked.until) == "2027-01-05"


@pytest.mark.parametrize(
    ("act", "data", "field", "said"),
    [
        ("decider", {}, "act", "vouliez-vous dire « decide »"),
        ("zzz", {}, "act", "les actes sont"),
        ("decide", {"issue": "oui"}, "data.issue", "il admet : channel"),
        ("decide", {"outcome": "oui", "kind": "settle"}, "data.kind", "n'a pas ce champ"),
        ("decide", {"outcome": 3}, "data.outcome", "il faut un texte"),
        ("decide", {}, "data.outcome", "obligatoire"),
        ("answer_proposal", {"answer": "perhaps"}, "data.answer", "'accepted', 'changes' ou 'refused'"),
        ("request_pieces", {"pieces": {}, "until": 20270105}, "data.until", "il faut une date"),
        ("request_pieces", {"pieces": {}, "until": "9999-12-31"}, "data.until", "l'année"),
        ("notify", {"effective": "hier"}, "data.effective", "n'est ni une date"),
        ("provide_piece", {"piece": "rib", "documents": ["rib.pdf"]}, "data.documents[0]", "identifiant"),
    ],
)
def test_what_cannot_be_an_act_says_where_and_why(act: str, data: dict[str, Any], field: str, said: str) -> None:
    with pytest.raises(Misdescribed, match=said) as bad:
        command_of(act, data)

    assert bad.value.field == field
    assert bad.value.within("then", 2).field == f"then[2].{field}"
