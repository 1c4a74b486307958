"""French words reduced to what search compares: no accents, no case, no plural or feminine mark."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

_WORD = re.compile(r"[a-z0-9]{2,}")
_STOP = frozenset(
    [
        "au",
        "aux",
        "avec",
        "ce",
        "ces",
        "dans",
        "de",
        "des",
        "du",
        "elle",
        "en",
        "et",
        "eux",
        "il",
        "je",
        "la",
        "le",
        "les",
        "leur",
        "lui",
        "ma",
        "mais",
        "me",
        "mes",
        "moi",
        "mon",
        "ne",
        "nos",
        "notre",
        "nous",
        "on",
        "ou",
        "par",
        "pas",
        "pour",
        "qu",
        "que",
        "qui",
        "sa",
        "se",
        "ses",
        "son",
        "sur",
        "ta",
        "te",
        "tes",
        "toi",
        "ton",
        "tu",
        "un",
        "une",
        "vos",
        "votre",
        "vous",
        "oui",
        "non",
    ]
)
# What is left has four letters at least; the longest ending goes.
_STEM = re.compile(
    r"([a-z]{4,}?)(?:issements?|ements?|atrices?|ateurs?|ations?|euses?|ives?|eurs?|ites?|ees?|ifs?|aux|es|er|e|s|x)?"
)


def stems(text: str) -> Iterator[str]:
    """The stems of a text, in order, without its small words: « Assistantes maternelles » → assistant, maternell."""
    plain = text.lower()
    if not plain.isascii():
        plain = unicodedata.normalize("NFKD", plain.replace("œ", "oe").replace("æ", "ae"))
        plain = "".join(letter for letter in plain if not unicodedata.combining(letter))
    for word in _WORD.findall(plain):
        if word not in _STOP:
            found = _STEM.fullmatch(word)
            yield found[1] if found else word
