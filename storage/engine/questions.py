"""What is asked of the database, and what is made of its answer: asked and answered by name, one round trip a batch."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, fields
from typing import Any, Generic, TypeVar

from storage.engine.pipeline import Statement

Answer = TypeVar("Answer")
Answer_co = TypeVar("Answer_co", covariant=True)
Rows = Sequence[Any]
"""Rows as they come: each value under the name of its column."""


@dataclass(frozen=True, slots=True)
class Question(Generic[Answer_co]):
    """SQL with %s, its parameters, and how its rows read. Two that ask the same thing are the same question."""

    sql: str
    given: Sequence[Any]
    read: Callable[[Rows], Answer_co] = field(compare=False, repr=False)

    @property
    def statement(self) -> Statement:
        """What is sent."""
        return self.sql, self.given


class Answers:
    """What came back of one round trip: each answer is found by its question."""

    def __init__(self, questions: Sequence[Question[Any]], rows: Sequence[Rows]) -> None:
        self._answered = tuple(zip(questions, rows, strict=True))

    def __getitem__(self, question: Question[Answer]) -> Answer:
        for asked, rows in self._answered:
            if asked == question:
                return question.read(rows)
        raise LookupError(f"not asked in this round trip: {question.sql}")


def names_of(shape: type[Any]) -> str:
    """The columns that make a `shape`: the names of its fields."""
    return ", ".join(each.name for each in fields(shape))


def asking(sql: str, *given: Any) -> Question[Rows]:
    """A question whose rows are read as they come."""
    return Question(sql, given, lambda rows: rows)


def value(sql: str, *given: Any) -> Question[Any]:
    """A question whose answer is the only column of its only row."""
    return Question(sql, given, lambda rows: rows[0][0])


def first(shape: Callable[..., Answer], sql: str, *given: Any) -> Question[Answer | None]:
    """A question whose first row makes a `shape`, its columns given by name; None without a row."""
    return Question(sql, given, lambda rows: shape(**rows[0]._asdict()) if rows else None)


def every(shape: Callable[..., Answer], sql: str, *given: Any) -> Question[list[Answer]]:
    """A question each row of which makes a `shape`, its columns given by name."""
    return Question(sql, given, lambda rows: [shape(**row._asdict()) for row in rows])
