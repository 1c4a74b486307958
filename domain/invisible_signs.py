"""What people type or paste, without the signs that nobody sees: zero-width blanks, marks of direction, soft hyphens.

They come with a copy from a PDF, a portal or a messenger, and make a right number wrong and an empty name full.
"""

import re
from typing import Any

# Format controls of Unicode that show nothing: soft hyphen, zero-width signs, marks and overrides of direction, word
# joiners, byte order mark, interlinear marks, tags. Variation selectors stay: they choose how a sign looks.
_RANGES = (
    (0xAD, 0xAD), (0x61C, 0x61C), (0x180E, 0x180E), (0x200B, 0x200F), (0x202A, 0x202E), (0x2060, 0x206F),
    (0xFEFF, 0xFEFF), (0xFFF9, 0xFFFB), (0xE0000, 0xE007F),
)  # fmt: skip
SIGNS = "".join(chr(code) for first, last in _RANGES for code in range(first, last + 1))
"""The invisible signs, to be stripped from the ends of a text where its middle must not change."""
# Drawn as nothing too, whatever their category: braille's empty cell, Hangul's fillers.
BLANKS = "".join(filter(str.isspace, map(chr, range(0x3001)))) + "\u2800\u115f\u1160\u3164\uffa0"
# Word's bullets are characters of its faces Symbol and Wingdings, which it keeps in the private area.
_BULLETS = re.compile("[\uf020-\uf0ff]")
# What a text processor puts between two lines, then what no text holds: other controls, halves of characters.
_LINE_ENDS = re.compile("\r\n?|[\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff]")
_INVISIBLE = re.compile(f"[{re.escape(SIGNS)}]")


def visible(text: str) -> str:
    """`text` without invisible signs, nor blanks around it: empty when there is nothing to see."""
    return text.strip() if text.isascii() else with_bullets(_INVISIBLE.sub("", text)).strip(BLANKS)


def with_bullets(text: str) -> str:
    """`text`, a bullet in place of each of Word's own."""
    return _BULLETS.sub("•", text)


def plain(text: str) -> str:
    """`text` without controls, its lines ended as everywhere: what a page reads of what was typed or pasted."""
    return _CONTROLS.sub("", _LINE_ENDS.sub("\n", text))


def cleaned(value: Any) -> Any:
    """`value` with each of its texts, at any depth, as it is seen; the names of its fields are left as they are."""
    match value:
        case str():
            return visible(value)
        case dict():
            return {name: cleaned(each) for name, each in value.items()}
        case list():
            return [cleaned(each) for each in value]
        case _:
            return value
