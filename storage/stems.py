"""French words reduced to what search compares: no accents, no case, no plural or feminine mark."""

from __future__ import annotations

import re
import unicodedata

_WORD = re.compile(r"[a-z0-9]+")
_STOP = frozenset(
    "a au aux avec ce ces dans de des du elle en et eux il je la le les leur lui ma mais me mes moi mon ne nos notre"
    " nous on ou par pas pour qu que qui sa se ses son sur ta te tes toi ton tu un une vos votre vous oui non".split()
)
_SHORTEST = 2
_KEPT = 4
_ENDINGS = ("issements", "issement", "ements", "ement", "atrices", "ateurs", "ations", "atrice", "ateur", "ation",
            "euses", "ives", "euse", "eurs", "ites", "ees", "ive", "eur", "ifs", "ite", "aux", "ee", "es", "if",
            "er", "e", "s", "x")  # fmt: skip


def stems(text: str) -> tuple[str, ...]:
    """The stems of a text, in order, without its small words: « Assistantes maternelles » → assistant, maternell."""
    plain = unicodedata.normalize("NFKD", text.lower().replace("œ", "oe").replace("æ", "ae"))
    plain = "".join(letter for letter in plain if not unicodedata.combining(letter))
    words = (word for word in _WORD.findall(plain) if len(word) >= _SHORTEST and word not in _STOP)
    return tuple(_stem(word) for word in words)


def _stem(word: str) -> str:
    if any(letter.isdigit() for letter in word):
        return word
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _KEPT:
            return word.removesuffix(ending)
    return word
