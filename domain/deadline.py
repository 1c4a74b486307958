"""A last day that a text gives the office: told by the step that it is about, read by queues and by the explanation."""

from dataclasses import dataclass
from datetime import date

from domain.calendar import A_DAY, Instant, midnight


@dataclass(frozen=True, slots=True, kw_only=True)
class Deadline:
    """The office's `last` day for something, by which text, from which entry (`cause`); `kept` once it is done."""

    what: str
    last: date
    article: str
    cause: int
    kept: bool

    @property
    def at(self) -> Instant:
        """From when the office is late."""
        return midnight(self.last + A_DAY)
