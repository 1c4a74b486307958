"""What was read of a posted page, question by question, and what it is read with."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Self

from catalogue.forms import FieldError
from catalogue.schemas import Schema
from web.forms.communes import Communes
from web.forms.inputs import Inputs

MISSING: Any = object()
UNLIKELY = "unlikely"
"""The code of a day that can be and seldom is."""


@dataclass(frozen=True, slots=True)
class Posting:
    """What was posted, the form that it answers, the communes of the day."""

    inputs: Inputs
    root: Schema
    communes: Communes


@dataclass(frozen=True, slots=True)
class Place:
    """Where a question is in what was posted, and where its answer goes: blocks taken away shift those that follow."""

    source: str
    target: str
    depth: int = 0

    def within(self, name: str | int, target: str | int | None = None) -> "Place":
        """The place of a question of this group, or of a block."""
        to = name if target is None else target
        return Place(_dotted(self.source, name), _dotted(self.target, to), self.depth + 1)

    def unreadable(self, code: str, sentence: str, typed: Mapping[str, str]) -> "Answer":
        """No answer here: why, and what was typed."""
        pointer = "/" + self.target.replace(".", "/")
        return Answer(errors=(FieldError(pointer=pointer, code=code, message=sentence),), typed=typed)


def _dotted(holder: str, name: str | int) -> str:
    return f"{holder}.{name}" if holder else str(name)


@dataclass(frozen=True, slots=True)
class Answer:
    """What was read of a question or of a group: its value, what is wrong, what was typed, what has just opened.

    `confirmed` names the days that the person maintains, however odd.
    """

    value: Any = MISSING
    errors: tuple[FieldError, ...] = ()
    typed: Mapping[str, str] = field(default_factory=dict)
    opened: tuple[str, ...] = ()
    confirmed: tuple[str, ...] = ()

    @classmethod
    def together(cls, parts: Iterable[Self], *, value: Any) -> Self:
        """What was read of several questions, under the value of their group."""
        every = list(parts)
        return cls(
            value,
            errors=tuple(error for each in every for error in each.errors),
            typed={name: text for each in every for name, text in each.typed.items()},
            opened=tuple(name for each in every for name in each.opened),
            confirmed=tuple(name for each in every for name in each.confirmed),
        )

    @property
    def says_something(self) -> bool:
        """Whether anything was answered, or typed."""
        return bool(self.errors) or not _empty(self.value)


def _empty(value: Any) -> bool:
    if isinstance(value, Mapping):
        return all(map(_empty, value.values()))
    return all(map(_empty, value)) if isinstance(value, list) else value is MISSING
