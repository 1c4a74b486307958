"""What a decision says reaches the person by its notification, not before (CRPA L221-8)."""

from __future__ import annotations

from domain.derivation import Viewer
from domain.dossier import Dossier
from domain.events import Decided, Event
from domain.worded import Sentence

WAITING = Sentence("Une décision est signée. Elle vous sera notifiée.")
ARTICLE = "CRPA L221-8"


def decision_reached(dossier: Dossier) -> bool:
    """Whether the decision has reached the person: notified, or its notice opened or deemed opened."""
    decision = dossier.decision
    if decision is None:
        return False
    notice = dossier.notice_of(decision.seq)
    return decision.notified is not None or (notice is not None and not notice.pending)


def held_back(event: Event, dossier: Dossier, viewer: Viewer) -> bool:
    """Whether this audience may only know that something is signed."""
    return viewer != "agent" and isinstance(event, Decided) and not decision_reached(dossier)


def article_for(event: Event, dossier: Dossier, viewer: Viewer) -> str:
    """The article of an event; a decision's own would tell which one it is."""
    return ARTICLE if held_back(event, dossier, viewer) else event.article
