"""What of a sentence stays in French when it is said in another language."""

from __future__ import annotations

import re

from catalogue.languages import CODES, FRENCH, Words, words
from domain.sentence import Verbatim

OTHERS = [code for code in CODES if code != FRENCH]
_PROSE = re.compile(
    r"\b(le|la|les|un|une|des|du|de|est|sont|n'est|pas|ne|que|qui|dans|sur|pour|et|ou|avec|sans|elle|il)\s",
    re.IGNORECASE,
)


def left_in_french(said: str, language: Words) -> list[str]:
    """What of it has no words in that language; names, citations and somebody's own words have none anywhere."""
    left: list[str] = []

    def french(text: str) -> str:
        if not isinstance(text, Verbatim):
            left.append(str(text))
        return str(text)

    language.say(said, french=french)
    return left


def prose_left(said: str, *aside: str) -> list[str]:
    """French prose that stays in any language: a key, a pointer, a number are none; `aside` is known to be code."""
    return [
        f"{code}: {one}"
        for code in OTHERS
        for one in left_in_french(said, words(code))
        if one not in aside and _PROSE.search(f"{one} ")
    ]
