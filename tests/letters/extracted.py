"""The text of a PDF of ours, as a reader extracts it: each glyph said by its face's own table."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator

import pikepdf

Table = dict[int, str]
_ONE = re.compile(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>")
_MANY = re.compile(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>")
_PART = re.compile(rb"begin(bfchar|bfrange)(.*?)end\1", re.DOTALL)


def extracted(pdf: bytes) -> str:
    """Its text without any blank, which a PDF has only by the place of its glyphs: compare with `packed`."""
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        return packed("".join(piece for page in opened.pages for piece in _pieces(page)))


def packed(text: str) -> str:
    """Without blanks, nor places where a word may break."""
    return "".join(text.replace("\u200b", "").split())


def faces_of(pdf: bytes) -> set[str]:
    """The names of the faces embedded in it."""
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        return {
            str(each["/BaseFont"])
            for each in opened.objects
            if isinstance(each, pikepdf.Dictionary) and "/BaseFont" in each
        }


def _pieces(page: pikepdf.Page) -> Iterator[str]:
    fonts = {str(name): _table(font) for name, font in page.resources.get("/Font", {}).items()}
    table: Table = {}
    spans: list[bool] = []
    for instruction in pikepdf.parse_content_stream(page):
        operands, operator = instruction.operands, instruction.operator
        match str(operator):
            case "BDC" | "BMC":
                spoken = _spoken(operands)
                if spoken and not any(spans):
                    yield spoken
                spans.append(bool(spoken))
            case "EMC":
                spans.pop()
            case "Tf":
                table = fonts[str(operands[0])]
            case "Tj" | "TJ" if not any(spans):
                yield _read(operands[0] if str(operator) == "TJ" else [operands[0]], table)


def _spoken(operands: Iterable[object]) -> str:
    """What a span says to be read instead of its glyphs."""
    said = (each for each in operands if isinstance(each, pikepdf.Dictionary) and "/ActualText" in each)
    return next((str(each["/ActualText"]) for each in said), "")


def _read(shown: Iterable[object], table: Table) -> str:
    glyphs = b"".join(bytes(each) for each in shown if isinstance(each, pikepdf.String))
    return "".join(table.get(int.from_bytes(glyphs[at : at + 2], "big"), "") for at in range(0, len(glyphs), 2))


def _table(font: pikepdf.Object) -> Table:
    found: Table = {}
    for kind, body in _PART.findall(font["/ToUnicode"].read_bytes()):
        if kind == b"bfchar":
            found |= {int(glyph, 16): _text(text) for glyph, text in _ONE.findall(body)}
        else:
            for first, last, text in _MANY.findall(body):
                start = int(first, 16)
                found |= {start + i: chr(ord(_text(text)) + i) for i in range(int(last, 16) - start + 1)}
    return found


def _text(written: bytes) -> str:
    return bytes.fromhex(written.decode()).decode("utf-16-be")
