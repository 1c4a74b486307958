"""Whatever people wrote, made printable: Word's bullets, what would hide or reorder, what no face can show."""

import re
import unicodedata
from collections.abc import Collection
from typing import Any

from domain.invisible_signs import with_bullets

# What changes the direction of what follows could make a letter read otherwise than it was signed.
_DIRECTIONS = re.compile("[\u202a-\u202e\u2066-\u2069]")
# Typst says in its diagnostic each text that it could not show, quoted as Rust quotes.
_NOT_SHOWN = re.compile(r'the (?:text|PDF contains the codepoint|codepoint) `"((?:[^"\\]|\\.)+)"`')
_ESCAPE = re.compile(r"\\(?:u\{([0-9a-f]+)\}|(.))", re.DOTALL)
_CONTROLS = {"n": "\n", "r": "\r", "t": "\t", "0": "\0"}
NOTHING = frozenset({"Cc", "Cn", "Co", "Cs"})
"""Controls, what Unicode has not assigned, private characters, halves: no face has them, and none is asked."""
ALWAYS_SHOWN = re.compile("[\n -~\u00a0-\u017f\u2010-\u2027\u202f-\u203a\u20ac\ufffd]")
"""What Typst's own face has, whatever this machine lacks."""


def printable(text: str) -> str:
    """The text composed, its bullets ours, nothing in it that hides what it says."""
    plain = with_bullets(_DIRECTIONS.sub("", unicodedata.normalize("NFC", text)))
    if plain.isascii() and plain.isprintable():
        return plain
    return "".join(sign(each) if unicodedata.category(each) in NOTHING and each != "\n" else each for each in plain)


def sign(character: str) -> str:
    """What stands for a character that cannot be shown: the replacement sign, and which one it was."""
    return f"\ufffd[U+{ord(character):04X}]"


def not_shown(diagnostic: str) -> set[str]:
    """The characters that Typst says it cannot show; a mark before the letter that bears it, which may be innocent."""
    said = {character for quoted in _NOT_SHOWN.findall(diagnostic) for character in _unquoted(quoted)}
    marks = {character for character in said if unicodedata.category(character).startswith("M")}
    return marks or {character for character in said if not ALWAYS_SHOWN.fullmatch(character)}


def unusual(value: Any) -> set[str]:
    """The characters of this data that only other faces may have."""
    match value:
        case str():
            return {each for each in set(value) if not ALWAYS_SHOWN.fullmatch(each)}
        case dict():
            return set().union(*map(unusual, value.values()))
        case list() | tuple():
            return set().union(*map(unusual, value))
        case _:
            return set()


def without(value: Any, hidden: Collection[str]) -> Any:
    """The same data, each of those characters replaced by its sign."""
    return everywhere(value, lambda text: "".join(sign(each) if each in hidden else each for each in text))


def bare(value: Any) -> Any:
    """The same data in the characters that every machine shows."""
    return everywhere(
        value, lambda text: "".join(each if ALWAYS_SHOWN.fullmatch(each) else sign(each) for each in text)
    )


def everywhere(value: Any, change: Any) -> Any:
    """The same data, each of its texts changed."""
    match value:
        case str():
            return change(value)
        case dict():
            return {key: everywhere(each, change) for key, each in value.items()}
        case list() | tuple():
            return [everywhere(each, change) for each in value]
        case _:
            return value


def _unquoted(quoted: str) -> str:
    def meant(escape: re.Match[str]) -> str:
        code, plain = escape.groups()
        return chr(int(code, 16)) if code else _CONTROLS.get(plain, plain)

    return _ESCAPE.sub(meant, quoted)
