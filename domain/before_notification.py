"""What a decision says reaches the person by its notification, not before (CRPA L221-8)."""

from domain.derivation import Viewer
from domain.dossier import Dossier
from domain.event import Event
from domain.rectification import DecisionRectified
from domain.revocation_events import DecisionRevoked
from domain.sentence import Sentence
from domain.steps.decision_events import Decided

WAITING = Sentence("Une décision est signée. Elle vous sera notifiée.")
ARTICLE = "CRPA L221-8"


def decision_reached(dossier: Dossier) -> bool:
    """Whether the decision has reached the person: notified, or its notice opened or deemed opened."""
    decision = dossier.decision
    if decision is None:
        return False
    notice = dossier.notice_of(decision.seq)
    return decision.notified is not None or (notice is not None and not notice.pending)


def revocation_reached(dossier: Dossier) -> bool:
    """Whether the withdrawal of a decision has reached the person."""
    return dossier.revocation is not None and not dossier.untold_revocation()


def held_back(event: Event, dossier: Dossier, viewer: Viewer) -> bool:
    """Whether this audience may only know that something is signed."""
    if viewer == "agent":
        return False
    match event:
        case DecisionRevoked():
            made = dossier.revocation
            return made is not None and made.signed == event.effective and made.notified is None
        case Decided() if any(event.effective == never.signed for never in dossier.cancelled):
            return True
        case Decided() | DecisionRectified():
            # One that was withdrawn had reached the person before.
            return dossier.decision is not None and not decision_reached(dossier)
        case _:
            return False


def article_for(event: Event, dossier: Dossier, viewer: Viewer) -> str:
    """The article of an event; a decision's own would tell which one it is."""
    return ARTICLE if held_back(event, dossier, viewer) else event.article
