"""Who acts on a dossier, as the journal names them."""

from dataclasses import dataclass
from typing import Literal
from uuid import UUID

ActorKind = Literal["resident", "agent", "mediator", "system", "administrator", "worker"]
Kinds = frozenset[ActorKind]

RESIDENT: Kinds = frozenset({"resident"})
PERSONS: Kinds = frozenset({"resident", "mediator"})
AGENTS: Kinds = frozenset({"agent"})
SYSTEMS: Kinds = frozenset({"system"})
THE_WORKER: Kinds = frozenset({"worker"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """A person or a machine that acts; a mediator always acts under a mandate.

    `name` is written inside the encrypted part of the journal only.
    """

    kind: ActorKind
    id: UUID | None = None
    mandate: UUID | None = None
    name: str = ""


WORKER = Actor(kind="worker", name="Guichet")
