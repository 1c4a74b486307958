"""What somebody wrote in an act, and for whom: each text of an event says it beside its field (`Shows`)."""

from collections.abc import Iterator
from dataclasses import dataclass

from domain.before_notification import held_back
from domain.derivation import Viewer
from domain.dossier import Dossier
from domain.event import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """A text that somebody wrote, and what it is."""

    label: str
    text: str


def written(event: Event, dossier: Dossier, viewer: Viewer) -> tuple[Written, ...]:
    """The texts of that event that this audience is shown; none while its decision has not reached the person."""
    if held_back(event, dossier, viewer):
        return ()
    return tuple(_written(event, dossier, viewer))


def _written(event: Event, dossier: Dossier, viewer: Viewer) -> Iterator[Written]:
    for shows, text in event.texts(dossier.plan):
        if not shows.elsewhere and text.strip() and (shows.readers == "everybody" or viewer == "agent"):
            yield Written(label=shows.label, text=text)
