"""Texts as people read them: what is not sure says so."""

import re
from collections.abc import Sequence

UNSURE = frozenset({"C", "U"})
"""A third party's word, or nobody's: configuration, never stated as law."""
TO_CONFIRM = "à confirmer"
# The mark alone between brackets, with a word before it (« ressort à confirmer »), or after what it is about.
_MARKS = re.compile(
    rf"\s*\((?:[^(),]* )?(?:{TO_CONFIRM}|à renseigner)\)|,\s*(?:{TO_CONFIRM}|à renseigner)(?=\s*[,.)]|$)"
)


def cited(texts: Sequence[str], confidence: str) -> str:
    """« CASF L421-3, Cerfa 13394, à confirmer »; empty without a text."""
    return ", ".join((*texts, TO_CONFIRM) if texts and confidence in UNSURE else texts)


def cited_each(texts: Sequence[str], confidence: str) -> tuple[str, ...]:
    """The same, text by text, for who lists them: « Cerfa 13394 (à confirmer) »."""
    return tuple(f"{text} ({TO_CONFIRM})" if confidence in UNSURE else text for text in texts)


def unmarked(text: str) -> str:
    """The same for the person whom a letter is for: doubts are for who keeps the procedure."""
    return _MARKS.sub("", text)


def to_call(phone: str) -> str:
    """The number that a person may be told to call: none while it is to be confirmed."""
    return "" if TO_CONFIRM in phone else phone
