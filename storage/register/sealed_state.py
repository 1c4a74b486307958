"""A dossier's state as it is stored: JSON without its plan (pinned apart), sealed under the dossier's key."""

from uuid import UUID

from pydantic_core import from_json

from domain.dossier import Dossier
from domain.plan import Plan
from domain.serial import DOSSIER
from storage.engine.keys import DossierKey


def plain(state: Dossier) -> bytes:
    """The JSON of a state."""
    return DOSSIER.dump_json(state, exclude={"plan"})


def seal_state(key: DossierKey, dossier: UUID, state: Dossier) -> bytes:
    """Seal a state; it opens only as that version of that dossier."""
    return key.seal(plain(state), _context(dossier, state.seq))


def open_state(key: DossierKey, dossier: UUID, version: int, plan: Plan, sealed: bytes) -> Dossier:
    """Open a state. Raises Unreadable."""
    content = from_json(key.open(sealed, _context(dossier, version)))
    return DOSSIER.validate_python({**content, "plan": plan})


def _context(dossier: UUID, version: int) -> str:
    return f"dossier|{dossier}|{version}"
