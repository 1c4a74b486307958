"""The PDF of a letter: accessible, archivable, the same bytes for the same act; what is written in it stays text."""

from __future__ import annotations

import io
from datetime import UTC, datetime

import pikepdf
import pytest

from letters.blocks import blocks_of
from letters.pdf import Letter, set_in_type

AT = datetime(2026, 11, 24, tzinfo=UTC)
SOURCE = (
    "# Titre\n\nUn **mot** et *un autre*.\n\n- a\n- b\n\n1. un\n\n| A | B |\n|---|---|\n| 1 | 2 |\n\n> cité\n\n---\n"
)


def letter(text: str = SOURCE, name: str = "Anna") -> Letter:
    """A letter with everything that a letter may hold."""
    return Letter(
        title="Accusé de réception",
        authority="Le président",
        office=("Service", "32 boulevard Dupleix"),
        recipient=(name,),
        reference="D-2026-1",
        place_and_date="Le 24 novembre 2026",
        blocks=blocks_of(text),
    )


def test_it_claims_pdf_ua_and_pdf_a_and_is_tagged_in_french() -> None:
    with pikepdf.open(io.BytesIO(set_in_type(letter(), AT))) as pdf:
        with pdf.open_metadata() as said:
            assert said["pdfuaid:part"] == "1"
            assert (said["pdfaid:part"], said["pdfaid:conformance"]) == ("2", "A")
            assert said["dc:title"] == "Accusé de réception"
        assert pdf.Root.MarkInfo.Marked
        assert str(pdf.Root.Lang).startswith("fr")
        assert "/StructTreeRoot" in pdf.Root


def test_the_same_letter_of_the_same_day_is_the_same_bytes() -> None:
    assert set_in_type(letter(), AT) == set_in_type(letter(), AT)


@pytest.mark.parametrize(
    "name", ['#import "x"', '#read("/etc/passwd")', "$ x $", "</div>", "\\ \u202e *a* _b_ `c` @d <e>"]
)
def test_what_looks_like_typst_is_printed_as_it_is(name: str) -> None:
    assert set_in_type(letter(text="Bonjour", name=name), AT).startswith(b"%PDF")
