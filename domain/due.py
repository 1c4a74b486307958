"""What happens by itself, when, and under which text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from domain.calendar import Instant

if TYPE_CHECKING:
    from domain.happened import Events

# Two dues at the same instant: what the resident's side makes happen is heard before the administration's silence.
DEFAULT_RANKS = {
    "acknowledgement_due": 5,
    "notice_deemed": 10,
    "proposal_silence": 20,
    "opinion_deemed": 25,
    "pieces_lapse": 30,
    "silence": 40,
    "revocation_lapses": 50,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """At `at` (UTC), if nobody acts, `events` happen, under `article`.

    `cause` is the journal entry that it follows from; 0: the clock's, or that of the present status.
    """

    kind: str
    at: Instant
    events: Events
    article: str
    cause: int = 0
