"""A letter set in type: PDF/UA-1 (accessible) and PDF/A-2a (archivable) in one file, the same bytes each time."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from functools import cache
from importlib.resources import files

import typst

from letters.blocks import Block, Unrenderable


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """What is printed: who writes, from which office (lines), to whom (lines), under which reference, and the text."""

    title: str
    authority: str
    office: tuple[str, ...]
    recipient: tuple[str, ...]
    reference: str
    place_and_date: str
    blocks: list[Block]


@cache
def _template() -> bytes:
    return files("letters").joinpath("letter.typ").read_bytes()


def set_in_type(letter: Letter, at: datetime) -> bytes:
    """The PDF of `letter`, dated `at` (aware): blocking, some ten milliseconds. Raises Unrenderable."""
    data = {key.replace("_", "-"): value for key, value in asdict(letter).items()}
    try:
        return typst.compile(
            _template(),
            sys_inputs={"letter": json.dumps(data, ensure_ascii=False)},
            ignore_system_fonts=True,
            format="pdf",
            pdf_standards=["ua-1", "a-2a"],
            timestamp=int(at.astimezone(UTC).timestamp()),
        )
    except typst.TypstError as error:
        raise Unrenderable(f"The letter « {letter.title} » could not be set in type: {error.message}") from error
