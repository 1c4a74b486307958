"""The PDF of a letter: accessible, archivable, the same bytes for the same act; what is written in it stays text."""

from __future__ import annotations

import io
import time
from datetime import UTC, datetime
from pathlib import Path

import pikepdf
import pytest
import typst
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from letters.blocks import blocks_of
from letters.faces import OWN
from letters.pdf import Letter, set_in_type
from letters.source import fill
from storage.documents.checks.previewing import PIECE, drawn
from tests.letters.extracted import extracted, faces_of
from tests.long import draws

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
    ("written", "face"),
    [
        ("李明", "NotoSansCJK"),
        ("さくら", "NotoSansCJK"),
        ("김민수", "NotoSansCJK"),
        ("12 rue de la 🏠", "NotoEmoji"),
        ("محمد", "NotoSansArabic"),
        ("עברית", "Libertinus"),
        ("देवी", "NotoSansDevanagari"),
        ("தமிழ்", "NotoSansTamil"),
        ("ქართული", "NotoSansGeorgian"),
        ("ไทย", "NotoSansThai"),
        ("Łukasz Đặng", "Libertinus"),
        ("\uf0b7 motif collé de Word", "Libertinus"),
    ],
)
def test_what_people_write_has_a_face(written: str, face: str) -> None:
    """In the address and in the text, in the plain and in the bold, and never by its sign."""
    source = f"# {written}\n\n**{written}** {written}"
    made = set_in_type(letter(source, name=written), AT)
    assert any(face in name for name in faces_of(made))
    assert made == set_in_type(letter(source.replace("\uf0b7", "•"), name=written.replace("\uf0b7", "•")), AT)
    assert "\ufffd" not in extracted(made)


@pytest.mark.parametrize(
    ("written", "sign"),
    [
        ("\x07", "\ufffd[U+0007]"),
        ("\ue000", "\ufffd[U+E000]"),
        ("\U0010ffff", "\ufffd[U+10FFFF]"),
        ("a\u0378b", "a\ufffd[U+0378]b"),
        ("\ud800", "\ufffd[U+D800]"),
        ("".join(map(chr, range(0xE100, 0xE180))), "\ufffd[U+E17F]"),
    ],
)
def test_what_no_face_has_is_printed_as_a_sign_with_its_code_point(written: str, sign: str) -> None:
    made = set_in_type(letter(f"Motif : {written}.", name=f"Anna {written}"), AT)
    assert extracted(made).count(sign) == 2


def test_a_mark_that_has_no_face_spares_the_letter_that_bears_it(monkeypatch: pytest.MonkeyPatch) -> None:
    _without_noto(monkeypatch)
    assert "existex\ufffd[U+20DD]existe" in extracted(set_in_type(letter("existe x\u20dd existe"), AT))


def test_a_machine_without_noto_makes_the_letter_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    _without_noto(monkeypatch)
    assert "\ufffd[U+674E]\ufffd[U+660E]Anna" in extracted(set_in_type(letter("李明 Anna"), AT))


@given(st.text(st.characters()), st.text(st.characters(exclude_categories=("L", "N", "Z"))))
@draws(25)
def test_a_letter_is_always_made(name: str, reasons: str) -> None:
    """Whatever the characters: controls, halves, what no version of Unicode has yet."""
    text = fill("Motifs : {{ motifs | paragraphes }}", {"motifs": f"a {reasons}"})
    assert set_in_type(letter(text, name=f"A {name}"), AT).startswith(b"%PDF")


@pytest.mark.parametrize("word", ["W" * 96, "x" * 400, "é" * 96, "https://exemple.fr/" + "a-b_c/" * 40, "1" * 96])
@pytest.mark.parametrize("source", ["{}", "- {}", "# {}", "> {}", "| a | b |\n|---|---|\n| {} | 2 |"])
def test_a_long_word_breaks_instead_of_leaving_the_page(word: str, source: str, tmp_path: Path) -> None:
    (tmp_path / PIECE).write_bytes(set_in_type(letter(source.format(word), name=word), AT))
    with Image.open(io.BytesIO(drawn(tmp_path, "application/pdf"))) as page:
        margin = page.convert("L").crop((int(page.width * 190 / 210), 0, page.width, page.height))
        assert min(margin.tobytes()) > 200


@pytest.mark.parametrize(
    "written",
    [
        " ".join(["y" * 30] * 650),
        "".join(map(chr, range(0x4E00, 0x9A00))),
        "".join(map(chr, range(0xE000, 0xF8FF))),
    ],
    ids=["long-words", "every-ideogram", "every-private-character"],
)
def test_what_somebody_writes_to_hold_the_machine_costs_a_moment(written: str) -> None:
    """A long paragraph of long words, characters by the thousand: a letter, and no minute."""
    began = time.process_time()
    assert set_in_type(letter(written), AT).startswith(b"%PDF")
    assert time.process_time() - began < 12


def _without_noto(monkeypatch: pytest.MonkeyPatch) -> None:
    only = typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=[])
    monkeypatch.setattr("letters.pdf.faces", lambda: only)
    monkeypatch.setattr("letters.pdf.families", lambda: (OWN,))


@pytest.mark.parametrize(
    "name", ['#import "x"', '#read("/etc/passwd")', "$ x $", "</div>", "\\ \u202e *a* _b_ `c` @d <e>"]
)
def test_what_looks_like_typst_is_printed_as_it_is(name: str) -> None:
    assert set_in_type(letter(text="Bonjour", name=name), AT).startswith(b"%PDF")
