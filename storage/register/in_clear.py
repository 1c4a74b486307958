"""What stands in clear beside a sealed dossier: its clock, its row in the queues, its search tokens.

Pure, over the territory of the département, which is read once.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from pydantic import TypeAdapter
from pydantic_core import to_json

from catalogue.territory import territory
from domain.calendar import Instant, civil
from domain.clock.terms import Reckoning
from domain.deadlines import awaited_at
from domain.dossier import Dossier
from domain.kernel import next_due
from domain.plan import Plan
from domain.pointers import at_pointer
from storage.engine.master_key import MasterKey
from storage.register.search_tokens import found_under

RECKONING: TypeAdapter[Reckoning] = TypeAdapter(Reckoning)
TOKENS = 64
TOKEN_LENGTH = 16
SHORT = 80


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where the request is dispatched from, as INSEE and SIREN codes; None when unknown, or when the form does not say.

    A commune of another département has no EPCI here.
    """

    commune: str | None = None
    epci: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class InClear:
    """The values of `clock` and `queue_row` that change with the dossier. Instants in UTC.

    `first_at` sorts queues: what happens by itself, or from when the office is awaited, whichever comes first.
    """

    step: str
    status: str
    closed: bool
    ledger: str
    due_at: Instant | None
    first_at: Instant | None
    due_kind: str | None
    due_article: str | None
    agent: UUID | None
    fields: str
    place: Place | None

    def clock(self) -> dict[str, Any]:
        """What `clock` says of it, by column."""
        said = ("step", "status", "closed", "ledger", "due_at", "due_kind", "due_article")
        return {name: getattr(self, name) for name in said}

    def queue(self) -> dict[str, Any]:
        """What `queue_row` says of it, by column; a plan pinned before plans had a place says nothing of one."""
        said = {"status": self.status, "closed": self.closed, "agent": self.agent, "fields": self.fields}
        placed = {} if self.place is None else {"commune": self.place.commune, "epci": self.place.epci}
        return {**said, **placed, "due_at": self.first_at or "infinity"}


def in_clear(dossier: Dossier) -> InClear:
    """What may stand in clear of that state."""
    due, awaited = next_due(dossier), awaited_at(dossier)
    plan = dossier.plan
    return InClear(
        step=next((step.kind for step in plan.steps if not step.done(dossier)), ""),
        status=dossier.status,
        closed=dossier.closed,
        ledger=RECKONING.dump_json(dossier.reckoning()).decode(),
        due_at=due.at if due else None,
        first_at=min(filter(None, (due.at if due else None, awaited)), default=None),
        due_kind=due.kind if due else None,
        due_article=due.article if due else None,
        agent=dossier.agent,
        fields=to_json(queue_fields(plan, dossier.form)).decode(),
        place=place_of(dossier),
    )


def place_of(dossier: Dossier) -> Place | None:
    """The place that the form gives, its EPCI on the day of the filing; None when the plan dispatches by no place."""
    if not dossier.plan.place or dossier.filed is None:
        return None
    commune = at_pointer(dossier.form, dossier.plan.place)
    if not isinstance(commune, str):
        return Place()
    return Place(commune=commune, epci=territory().epci_of(commune, civil(dossier.filed)))


def queue_fields(plan: Plan, form: Mapping[str, Any]) -> dict[str, Any]:
    """The form's values that the plan lets queues show, by pointer; only text, numbers and booleans."""
    values = {field.pointer: at_pointer(form, field.pointer) for field in plan.queue_fields}
    return {pointer: value for pointer, value in values.items() if isinstance(value, str | int | float | bool)}


def search_tokens(master: MasterKey, form: Mapping[str, Any]) -> list[bytes]:
    """The tokens by which search finds a dossier by the short texts of its form; its reference stands in the queues."""
    found: dict[str, None] = {}
    for text in _texts(form):
        if len(found) >= TOKENS:
            break
        found.update(dict.fromkeys(found_under(text)))
    return [token_of(master, one) for one in list(found)[:TOKENS]]


def token_of(master: MasterKey, stem: str) -> bytes:
    """The token of one stem: 16 bytes, the same for every dossier."""
    return master.fingerprint(stem, "search")[:TOKEN_LENGTH]


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        if len(value) <= SHORT:
            yield value
    elif isinstance(value, Mapping):
        for inner in value.values():
            yield from _texts(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from _texts(inner)
