"""What has happened to a dossier. The journal is a list of these; the state is their fold.

Every event has `effective`, its legal instant (UTC): the clock uses it; `article` names its text, where there is one.
Each is told whole in the file of its step, or of its own, which `domain/index.py` names.
"""

from collections.abc import Mapping
from functools import reduce
from operator import or_
from typing import Annotated, Any

from pydantic import Discriminator

from domain.event import Event
from domain.index import defined, name_of

KINDS: Mapping[str, type[Event]] = {name_of(event): event for event in defined(Event)}
"""Every event by its name."""
AnyEvent: Any = Annotated[reduce(or_, KINDS.values()), Discriminator("kind")]
