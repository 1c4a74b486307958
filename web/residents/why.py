"""Where each date of a dossier is explained: every line of the explanation has its anchor, every date its link."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from api.shown.journal import LineOut
from domain.calendar import civil

_PLAIN = re.compile(r"[^a-z0-9_-]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Explained:
    """One line of the explanation and the anchor by which it is reached."""

    anchor: str
    line: LineOut


@dataclass(frozen=True, slots=True, kw_only=True)
class Why:
    """The explanation of a dossier, read at `page`."""

    page: str
    lines: tuple[Explained, ...]

    @classmethod
    def of(cls, page: str, lines: Sequence[LineOut]) -> "Why":
        """Each line under an anchor of its own: what it is about, its key, and its rank among those alike."""
        alike: Counter[str] = Counter()
        made = []
        for line in lines:
            stem = anchor_of(line.about, line.key)
            alike[stem] += 1
            made.append(Explained(anchor=stem if alike[stem] == 1 else f"{stem}-{alike[stem]}", line=line))
        return cls(page=page, lines=tuple(made))

    def link(self, key: str, day: date | datetime | None = None) -> str:
        """The address of the line of this key on that day; failing that, of what explains that day; else the page."""
        found = next((one for one in self.lines if one.line.key == key and _same(one.line, day)), None)
        found = found or next((one for one in self.lines if _same(one.line, day)), None)
        return f"{self.page}#{found.anchor}" if found is not None else self.page


def anchor_of(about: str, key: str) -> str:
    """The anchor of the first line about this."""
    return _PLAIN.sub("-", f"{about}-{key}".lower())


def _same(line: LineOut, day: date | datetime | None) -> bool:
    return day is None or _civil(line.at) == _civil(day)


def _civil(day: date | datetime) -> date:
    return civil(day) if isinstance(day, datetime) else day
