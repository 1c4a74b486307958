"""What is pinned when a dossier is filed: form, clock, steps, pieces, outcomes, each with its text.

A plan is stored with its dossier for as long as it lives, so it only ever gains fields with defaults.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache, lru_cache, reduce
from operator import or_
from typing import Annotated, Any, ClassVar, Literal

from pydantic import Discriminator, GetPydanticSchema, TypeAdapter

from domain.calendar import Delay
from domain.clock.terms import Clock
from domain.index import defined
from domain.pointers import at_pointer

Audience = Literal["resident", "mediator", "system"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """What a plan knows of each of its steps; how it acts upon a dossier is in `domain/step.py`, above both."""

    label: ClassVar[str] = ""
    general_text: ClassVar[str] = ""
    follows_grant: ClassVar[bool] = False
    """Whether it comes once the person has been granted what they asked for."""
    reference: tuple[str, ...] = ()
    confidence: str = ""

    @property
    def kind(self) -> str:
        """The name by which a plan knows it: each class has its own, as a field."""
        raise NotImplementedError

    @property
    def acts(self) -> frozenset[str]:
        """The acts that it decides, by their names."""
        raise NotImplementedError

    @property
    def form(self) -> str:
        """The form that it asks to be filled in; empty where it asks none."""
        return ""

    @property
    def optional(self) -> bool:
        """Whether examination may do without it while nobody asked for it."""
        return False

    @property
    def article(self) -> str:
        """The texts behind the step, as one string: the plan's, or the general one."""
        return ", ".join(self.reference) or self.general_text

    def done(self, dossier: Any) -> bool:
        """Whether the next step may begin, `dossier` being a `Dossier`."""
        raise NotImplementedError


AnyStep = Annotated[
    Step,
    GetPydanticSchema(
        lambda _, handler: handler.generate_schema(Annotated[reduce(or_, defined(Step)), Discriminator("kind")])
    ),
]
"""A step of any kind, told from others by its `kind`: every file of steps is read when a plan first is, not before."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A document the person gives. CRPA L114-5: only what a text requires may be asked for.

    `indispensable` (CRPA L114-5-1): without it, examination cannot go on. `required_when` maps JSON pointers into
    the form to the value that makes the piece required; it is empty when `required` alone decides.
    """

    key: str
    title: str
    description: str = ""
    required: bool = False
    required_when: Mapping[str, Any] = field(default_factory=dict)
    indispensable: bool = False
    identity: bool = False
    reference: tuple[str, ...] = ()
    confidence: str = ""

    def required_for(self, form: Mapping[str, Any]) -> bool:
        """Whether this piece is required of the person who wrote `form`."""
        if not self.required_when:
            return self.required
        return all(at_pointer(form, pointer) == value for pointer, value in self.required_when.items())


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """A way to decide.

    `form` names the schema of its content, `letter` its template; `computed` says that rules give its amounts;
    `needs` lists the kinds of steps that must be done first (every earlier one when None).
    """

    key: str
    title: str
    favourable: bool
    reasons_required: bool = False
    form: str = ""
    letter: str = ""
    computed: bool = False
    needs: tuple[str, ...] | None = None
    reference: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Appeal:
    """A way to contest: before whom, within which delay, under which text."""

    kind: str
    title: str
    before: str
    within: Delay
    mandatory_first: bool = False
    reference: tuple[str, ...] = ()
    confidence: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    """Whom to call: printed in the acknowledgement (CRPA R112-11-1)."""

    key: str
    name: str
    address: str = ""
    email: str = ""
    phone: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rank:
    """Which of two dues at the same instant comes first, and why."""

    due: str
    rank: int
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class QueueField:
    """A form value that queues may show in clear, and why that is necessary."""

    pointer: str
    title: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Retention:
    """How long a closed dossier is kept. Only a named reason may purge it."""

    keep: Delay | None = None
    reference: str = ""
    confidence: str = "U"


@dataclass(frozen=True, slots=True, kw_only=True)
class Contests:
    """This procedure attacks a decision, by the appeal of that `kind` in the plan attacked.

    `reference` points to the form's answer that names the decision's dossier; what is not one of ours is only text.
    """

    kind: str
    reference: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenData:
    """What is published of a grant: for each column of `table`, where it is read (`/form/…`, `/decision/…`).

    `until` points to the last day on which it is paid, where it is foreseen (`/convention/…`).
    """

    table: Literal["subventions"]
    columns: Mapping[str, str]
    until: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipient:
    """To whom letters go, as the form says it: pointers to their name and to their address.

    `name` lists the parts of a name, `address` where it may stand: of each, the first pointer that is answered counts.
    `jointly` lists those of whom asks with them (the other member of a couple), who is written to in the same letter.
    `at` is what stands above the address (an organisation, an establishment); `quality` says for whom a
    representative is written to. `when` maps pointers to the answers for which this one counts: then it takes the
    place of those before (`instead`), or gets a copy. The first of a plan is always the person, without condition.
    """

    name: tuple[tuple[str, ...], ...]
    address: tuple[str, ...] = ()
    at: str = ""
    quality: str = ""
    jointly: tuple[tuple[str, ...], ...] = ()
    when: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    instead: bool = False
    reference: tuple[str, ...] = ()

    def counts_for(self, form: Mapping[str, Any]) -> bool:
        """Whether what the person answered makes this one count."""
        return all(at_pointer(form, pointer) in known for pointer, known in self.when.items())


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """A procedure as it was published on the day of filing.

    `in_force_from` is the first civil day on which a filing pins this version; None for one that has no beginning.
    """

    procedure: str
    version: int
    form: int
    title: str
    authority: str
    office: Office
    who: tuple[Audience, ...]
    clock: Clock
    steps: tuple[AnyStep, ...]
    pieces: tuple[Piece, ...] = ()
    outcomes: tuple[Outcome, ...] = ()
    appeals: tuple[Appeal, ...] = ()
    ranks: tuple[Rank, ...] = ()
    queue_fields: tuple[QueueField, ...] = ()
    retention: Retention = field(default_factory=Retention)
    extension: Delay | None = None
    attestation: Literal["automatic", "on_request", ""] = ""
    contests: Contests | None = None
    form_sha256: str = ""
    content_sha256: str = ""
    place: str = ""
    """The pointer of the form's commune by which dossiers are dispatched; empty when the form asks for none."""
    in_force_from: date | None = None
    campaign: bool = False
    """Filed only while one of its campaigns is open."""
    rank_by: str = ""
    """The pointer, in the findings of the assessment, of the score that ranks the requests of a campaign."""
    amount_by: str = ""
    """The pointer, in the findings, of the amount that the budget of a campaign is compared with."""
    open_data: OpenData | None = None
    recipients: tuple[Recipient, ...] = ()

    def piece(self, key: str) -> Piece | None:
        """The piece of that key, if the plan knows it."""
        return next((piece for piece in self.pieces if piece.key == key), None)

    def outcome(self, key: str) -> Outcome | None:
        """The outcome of that key, if the plan knows it."""
        return next((outcome for outcome in self.outcomes if outcome.key == key), None)

    def step_of(self, kind: str) -> Step | None:
        """The step of that kind, if the plan has one."""
        return next((step for step in self.steps if step.kind == kind), None)


@cache
def plans() -> TypeAdapter[Plan]:
    """What reads a plan from its JSON and writes it."""
    return TypeAdapter(Plan)


@lru_cache(maxsize=256)
def plan_in(body: str) -> Plan:
    """The plan whose JSON that is. Raises ValueError when it is none."""
    return plans().validate_json(body)
