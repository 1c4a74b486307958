"""French sentences that pages say in other languages too: their text as it is translated, and what fills it in."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Self

Translate = Callable[[str], str]


def N_(text: str) -> str:  # noqa: N802 - the name by which Babel finds a text that is translated elsewhere
    """The text itself: only marks it, so that it is extracted for translators."""
    return text


class Sentence(str):
    """A French sentence, `text` with its places filled in; it reads, compares and travels as plain text.

    `text` is what translators see: `Sentence("{limit} au plus.", limit=4)` is `"4 au plus."`.
    """

    __slots__ = ("params", "text")

    text: str
    params: dict[str, Any]

    def __new__(cls, text: str, /, **params: Any) -> Self:
        made = super().__new__(cls, text.format(**params))
        made.text, made.params = text, params
        return made

    def __getnewargs_ex__(self) -> tuple[tuple[str], dict[str, Any]]:
        return (self.text,), self.params


def translated(sentence: str, translate: Translate) -> str:
    """A sentence in the language of `translate`, what fills it in kept; a plain text is its own text to translate."""
    if isinstance(sentence, Sentence):
        return translate(sentence.text).format(**sentence.params)
    return translate(sentence) if sentence else ""
