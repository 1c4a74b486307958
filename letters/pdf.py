"""A letter set in type: PDF/UA-1 (accessible) and PDF/A-2a (archivable) in one file, the same bytes each time."""

import json
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from functools import cache
from importlib.resources import files
from typing import Any

import typst

from letters.blocks import Block, Unrenderable
from letters.faces import faces, families
from letters.writable import bare, everywhere, not_shown, printable, unusual, without

ROUNDS = 4
"""Tries with what Typst could not show replaced: it says them all at once, but for a mark and the letter under it."""
MOST = 2_000
"""More characters than any text needs, each to be looked for in every face: then they are printed as signs."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """What is printed: who writes, from which office (lines), to whom (lines), under which reference, and the text.

    `copies`: the lines of each person to whom a copy is sent, named at the end of the letter.
    `tried`: read before it is signed, and marked so on each page.
    """

    title: str
    authority: str
    office: tuple[str, ...]
    recipient: tuple[str, ...]
    reference: str
    place_and_date: str
    blocks: list[Block]
    copies: tuple[tuple[str, ...], ...] = ()
    tried: bool = False


@cache
def _template() -> bytes:
    return files("letters").joinpath("letter.typ").read_bytes()


def set_in_type(letter: Letter, at: datetime) -> bytes:
    """The PDF of `letter`, dated `at` (aware): blocking, some ten milliseconds. Raises Unrenderable.

    What no face of this machine can show is printed as a sign with its code point: a letter is always made.
    """
    data = everywhere({key.replace("_", "-"): value for key, value in asdict(letter).items()}, printable)
    if len(unusual(data)) > MOST:
        data = bare(data)
    for _ in range(ROUNDS):
        try:
            return _compiled(data, at)
        except typst.TypstError as error:
            hidden = not_shown(error.diagnostic)
            if not hidden:
                break
            data = without(data, hidden)
    try:
        return _compiled(bare(data), at)
    except typst.TypstError as error:
        raise Unrenderable(f"The letter « {letter.title} » could not be set in type: {error.message}") from error


def _compiled(data: dict[str, Any], at: datetime) -> bytes:
    return typst.compile(
        _template(),
        sys_inputs={"letter": json.dumps({**data, "faces": families()}, ensure_ascii=False)},
        font_paths=faces(),
        ignore_system_fonts=True,
        format="pdf",
        pdf_standards=["ua-1", "a-2a"],
        timestamp=int(at.astimezone(UTC).timestamp()),
    )
