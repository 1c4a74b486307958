"""What lengthens a delay by an act: a prolongation that a text allows, a suspension until an original is seen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from domain.calendar import Delay
from domain.happened import Happened


@dataclass(frozen=True, slots=True, kw_only=True)
class Extended(Happened):
    """The delay was prolonged, with reasons, where a text allows it."""

    by: Delay
    reasons: str
    kind: Literal["extended"] = "extended"


@dataclass(frozen=True, slots=True, kw_only=True)
class Suspended(Happened):
    """The procedure was suspended until an original is produced (CRPA R113-6)."""

    reasons: str
    kind: Literal["suspended"] = "suspended"


@dataclass(frozen=True, slots=True, kw_only=True)
class Resumed(Happened):
    """The suspended procedure resumed."""

    kind: Literal["resumed"] = "resumed"
