"""French sentences that can be said in other languages: the text that translators see, and what fills it in.

Each reads, compares, sorts and is stored as plain French text. The domain knows no other language: the catalogues say
the rest (`catalogue/languages.py`), place by place.
"""

from collections.abc import Callable, Iterable
from typing import Any, Self

Translate = Callable[[str], str]
"""Says any of these in the reader's language (`Words.say`)."""


def N_(text: str) -> str:  # noqa: N802 - the name by which Babel finds a text that is translated elsewhere
    """The text itself: only marks it, so that it is extracted for translators."""
    return text


class Sentence(str):
    """`text` with its places filled in: `Sentence("{limit} au plus.", limit=4)` is `"4 au plus."`.

    What fills a place is a number, a day (`domain/days_in_words.py`), another of these, or a text of the catalogues.
    """

    __slots__ = ("params", "text")

    text: str
    params: dict[str, Any]

    def __new__(cls, text: str, /, **params: Any) -> Self:
        made = super().__new__(cls, text.format(**params))
        made.text, made.params = text, params
        return made

    def __getnewargs_ex__(self) -> tuple[tuple[str, ...], dict[str, Any]]:
        return (self.text,), self.params


class Counted(Sentence):
    """What is said of one and of many: `Counted("{count} jour", "{count} jours", count=2)`. Zero is one, in French."""

    __slots__ = ("one",)

    one: str

    def __new__(cls, one: str, many: str, /, *, count: int) -> Self:
        made = super().__new__(cls, one if count < 2 else many, count=count)
        # Catalogues know both by the singular.
        made.one, made.text = one, many
        return made

    def __getnewargs_ex__(self) -> tuple[tuple[str, ...], dict[str, Any]]:
        return (self.one, self.text), self.params


class Listed(str):
    """Several of these, one after the other: `identité, avis d'imposition`.

    `separator` stands between them, and `french` for the whole where French says it otherwise.
    """

    __slots__ = ("parts", "separator")

    parts: tuple[str, ...]
    separator: str

    def __new__(cls, parts: Iterable[str], separator: str = ", ", french: str | None = None) -> Self:
        those = tuple(parts)
        made = super().__new__(cls, separator.join(those) if french is None else french)
        made.parts, made.separator = those, separator
        return made

    def __getnewargs_ex__(self) -> tuple[tuple[tuple[str, ...], str, str], dict[str, Any]]:
        return (self.parts, self.separator, str(self)), {}


class Verbatim(str):
    """Somebody's own words, a name, the citation of a text: the same in every language."""

    __slots__ = ()
