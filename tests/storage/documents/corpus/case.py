"""One file of the corpus."""

from collections.abc import Callable
from dataclasses import dataclass

from storage.documents.checks.refusals import Reason


@dataclass(frozen=True, slots=True)
class Case:
    """What is sent (`name`, `declared` media type, bytes made when asked) and the verdict: None is accepted."""

    about: str
    name: str
    make: Callable[[], bytes]
    verdict: Reason | None = None
    declared: str = ""
    flags: frozenset[str] = frozenset()

    def __str__(self) -> str:
        return self.about
