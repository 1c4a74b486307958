"""Texts as people read them: what is not sure says so."""

from __future__ import annotations

from collections.abc import Sequence

UNSURE = frozenset({"C", "U"})
"""A third party's word, or nobody's: configuration, never stated as law."""
TO_CONFIRM = "à confirmer"


def cited(texts: Sequence[str], confidence: str) -> str:
    """« CASF L421-3, Cerfa 13394, à confirmer »; empty without a text."""
    return ", ".join((*texts, TO_CONFIRM) if texts and confidence in UNSURE else texts)


def cited_each(texts: Sequence[str], confidence: str) -> tuple[str, ...]:
    """The same, text by text, for who lists them: « Cerfa 13394 (à confirmer) »."""
    return tuple(f"{text} ({TO_CONFIRM})" if confidence in UNSURE else text for text in texts)
