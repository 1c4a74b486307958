"""What a paper left blank, in a letter: said to be so, where a form that was filled in online always has an answer."""

from collections.abc import Callable, Mapping
from typing import Any

from jinja2 import Undefined

LEFT_BLANK = "(non précisé)"


class LeftBlank(Undefined):
    """A question without an answer: it prints as such, « if » and « for » find nothing in it, what is under it too."""

    __slots__ = ()

    def __str__(self) -> str:
        return LEFT_BLANK

    def __getattr__(self, name: str) -> "LeftBlank":
        if name.startswith("__"):
            raise AttributeError(name)
        return self

    def __getitem__(self, _: object) -> "LeftBlank":  # type: ignore[override]
        return self


class Answers(dict[str, Any]):
    """The answers of a form that is not whole; what it does not have is left blank."""

    def __missing__(self, name: str) -> LeftBlank:
        return LeftBlank(name=name)


def with_blanks(said: Any) -> Any:
    """The same answers, at every depth."""
    if isinstance(said, Mapping):
        return Answers({name: with_blanks(value) for name, value in said.items()})
    return [with_blanks(each) for each in said] if isinstance(said, list | tuple) else said


def or_blank(filtered: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """A filter that leaves what was left blank as it is."""
    return lambda value: value if isinstance(value, LeftBlank) else filtered(value)
