"""What an act's page proposes, taken from the request itself: its pieces, its documents, its parts, the versions."""

from collections.abc import Mapping
from dataclasses import dataclass

from api.documents.answers import DocumentOut
from api.shown.pieces import PieceOut
from catalogue.forms import Form, form_named
from catalogue.loader import catalogue
from domain.act_fields import Field
from domain.calendar import Instant
from domain.correction import CORRECTED, CorrectDate, correctable
from domain.dossier import Dossier
from domain.kernel import decide
from domain.plan import Outcome
from domain.refusals import Refused
from domain.steps.completeness_events import piece_title
from domain.steps.decision import Decide
from domain.steps.payment import Payment, part_title
from web.agents.act_fields import Act
from web.agents.dossier_view import DossierView
from web.residents.sending import STATES

MOST_VERSIONS = 50
WRITTEN = "…"


@dataclass(frozen=True, slots=True, kw_only=True)
class Choices:
    """The values that each field proposes, with their words; `form` is the one that the act's content follows."""

    one: DossierView
    act: Act
    outcome: Outcome | None
    documents: tuple[DocumentOut, ...]
    form: Form | None

    def of(self, field: Field) -> Mapping[str, str]:
        """Values and their words; empty for a field that is typed."""
        plan = self.one.dossier.plan
        match field.name, field.kind:
            case "of" | "piece" | "part", _ if self.act.doing.command is CorrectDate:
                return _correctable(self.one.dossier, field.name)
            case "version", _:
                return _versions(plan.procedure)
            case "piece", _:
                return {piece.key: piece.title for piece in self.one.shown.pieces}
            case "part", _:
                step = plan.step_of("payment")
                return {part.key: part.title for part in step.parts} if isinstance(step, Payment) else {}
            case _, "documents":
                say = self.one.here.words.gettext
                kept = (one for one in self.documents if one.readable)
                return {str(one.id): f"{one.name or one.id} ({say(STATES[one.status])})" for one in kept}
            case _, "flag":
                return field.says.choices
            case _, "choice":
                never = self.act.doing.command.never(plan)
                return {value: field.says.choices[value] for value in field.choices if value not in never}
            case _:
                return {}

    def asked(self, field: Field) -> bool:
        """Whether the field is drawn: an optional key of which there is none is not."""
        return field.kind != "key" or field.required or bool(self.of(field))

    @property
    def outcomes(self) -> tuple[tuple[Outcome, Refused | None], ...]:
        """Each way to decide, with why it cannot be signed now; what only lateness forbids is left to its page."""
        dossier, at = self.one.dossier, self.one.seen.at
        return tuple((each, _forbidden(dossier, each, at)) for each in dossier.plan.outcomes)

    @property
    def pieces(self) -> tuple[PieceOut, ...]:
        """The pieces of the plan, those that are missing first."""
        return tuple(sorted(self.one.shown.pieces, key=lambda piece: not piece.missing))


def _forbidden(dossier: Dossier, outcome: Outcome, at: Instant) -> Refused | None:
    """Why the kernel would refuse to sign that outcome, whatever is written in it."""
    try:
        decide(dossier, Decide(outcome=outcome.key, reasons_law=WRITTEN, reasons_fact=WRITTEN), at)
    except Refused as refused:
        return refused
    return None


def outcome_asked(dossier: Dossier, key: str) -> Outcome | None:
    """The outcome that the address names."""
    return dossier.plan.outcome(key) if key else None


def form_of_act(dossier: Dossier, act: Act, outcome: Outcome | None) -> Form | None:
    """The form that the content of the act follows; None when nothing is to be written."""
    if not act.content:
        return None
    name = outcome.form if outcome else ""
    if act.name != "decide":
        owner = next((step for step in dossier.plan.steps if act.name in step.acts), None)
        name = str(getattr(owner, "form", ""))
    return form_named(dossier.plan, name) if name else None


def prefilled(one: DossierView, act: Act) -> Mapping[str, object]:
    """What the form shows before anything is typed: what was last written on it."""
    if act.name == "assess":
        return one.shown.findings
    if act.name == "propose" and one.shown.proposal is not None:
        return one.shown.proposal.content
    return {}


def _correctable(dossier: Dossier, name: str) -> Mapping[str, str]:
    """The dates that may be corrected, or the pieces or parts of which there are several."""
    plan, dates = dossier.plan, correctable(dossier)
    match name:
        case "of":
            found = {of for of, _ in dates}
            return {of: label for of, label in CORRECTED.items() if of in found}
        case "piece":
            return {key: piece_title(plan, key) for of, key in dates if of == "piece"}
        case _:
            return {key: part_title(plan, key) for of, key in dates if of == "payment"}


def _versions(procedure: str) -> Mapping[str, str]:
    plans = catalogue().published(procedure)[-MOST_VERSIONS:]
    return {str(plan.version): f"v{plan.version}" for plan in plans}
