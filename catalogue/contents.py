"""What an agent writes in an assessment, a proposal or a decision: held to its form, completed with its amounts.

The edges call it before `record`: what it returns goes into `Assess.findings`, `Propose.content` and `used`,
`Decide.content` and `used`. Amounts are decimal strings; nobody may write them by hand.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from catalogue.forms import FieldError, form_named
from catalogue.rules import Rules, rules
from domain.amounts import Amounts, InvalidFacts, NotEntitled, NoValueYet
from domain.calendar import civil
from domain.dossier import Dossier
from domain.plan import Plan
from domain.refusals import Refused
from domain.steps.proposal import Proposal

Content = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Contents:
    """What to record: the content with its amounts, and the hashes of the rules and parameters that gave them."""

    content: Content
    used: Mapping[str, str] = field(default_factory=dict)


class Incorrect(ValueError):
    """What was written does not follow its form; `errors` says where (pointers into it) and why."""

    def __init__(self, errors: tuple[FieldError, ...]) -> None:
        super().__init__("; ".join(f"{error.pointer} : {error.message}" for error in errors))
        self.errors = errors


def findings(plan: Plan, written: Content) -> Content:
    """The findings of an assessment, as its form wants them. Raises Incorrect."""
    step = plan.step_of("assessment")
    return _held(plan, step.form if step is not None else "", written)


def proposal(dossier: Dossier, written: Content, on: date) -> Contents:
    """A proposal and its amounts on the day `on`. Raises Incorrect, Refused (no right to it, a fact missing)."""
    plan = dossier.plan
    step = plan.step_of("proposal")
    if not isinstance(step, Proposal):
        return Contents(content=_held(plan, "", written))
    content = _held(plan, step.form, written)
    if not step.computed:
        return Contents(content=content)
    computing = _computing(plan)
    return _with(content, computing, _amounts(computing, dossier, content, on))


def decision(dossier: Dossier, outcome: str, written: Content, on: date) -> Contents:
    """A decision and its amounts on the day `on`, the advance already paid imputed on them.

    Raises Incorrect, Refused. An unknown outcome is left to the kernel, which names those that are known.
    """
    plan = dossier.plan
    chosen = plan.outcome(outcome)
    if chosen is None:
        return Contents(content=written)
    content = _held(plan, chosen.form, written)
    accepted = dossier.proposal.content if dossier.proposal is not None else None
    if not chosen.computed or accepted is None:
        return Contents(content=content)
    computing = _computing(plan)
    amounts = _amounts(computing, dossier, accepted, on)
    whole = _with(content, computing, amounts)
    return Contents(content={**whole.content, **imputed_advance(computing, dossier, amounts, on)}, used=whole.used)


def _held(plan: Plan, name: str, written: Content) -> Content:
    """`written`, when the form of that name takes it; without a form, nothing may be written."""
    if not name:
        if written:
            first = next(iter(written))
            raise Incorrect((FieldError(pointer=f"/{first}", code="additionalProperties", message=UNASKED),))
        return {}
    held = form_named(plan, name)
    if errors := held.errors(dict(written)):
        raise Incorrect(errors)
    return held.completed(dict(written))


UNASKED = "Rien n'est à écrire ici : cette démarche n'a pas de formulaire pour cet acte."


def _computing(plan: Plan) -> Rules:
    computing = rules(plan.procedure)
    if computing is None:
        raise LookupError(f"{plan.procedure} is said to be computed, and has no rules.py")
    return computing


def _amounts(computing: Rules, dossier: Dossier, content: Content, on: date) -> Amounts:
    facts = computing.facts_of(dossier.form, dossier.findings, content)
    return _asked(lambda: computing.amounts(facts, on))


def _asked(compute: Callable[[], Amounts]) -> Amounts:
    """Amounts, or why there are none as a refusal that says what to do."""
    try:
        return compute()
    except NotEntitled as none:
        what = "Modifiez la proposition, ou prenez une décision de refus motivée."
        raise Refused("rule_refused", none.reason, article=none.article, what_to_do=what) from none
    except InvalidFacts as missing:
        what = "Complétez l'évaluation, puis recommencez."
        raise Refused("facts_missing", f"Le montant ne peut pas être calculé. {missing}", what_to_do=what) from missing
    except NoValueYet as early:
        said = f"Le montant ne peut pas être calculé. {early} Rien n'est extrapolé."
        raise Refused("before_first_text", said) from early


def _with(content: Content, computing: Rules, amounts: Amounts) -> Contents:
    return Contents(content={**content, **_strings(amounts.values)}, used=computing.hashes)


def imputed_advance(computing: Rules, dossier: Dossier, amounts: Amounts, on: date) -> dict[str, str]:
    """What was paid while silence gave a provisional aid, and what the decision makes of it (CASF R232-29)."""
    silence = dossier.silence
    if silence is None or silence.effect != "provisional":
        return {}
    since = civil(silence.since)
    paid = _asked(lambda: computing.advance(since, on)).values["advance"]
    imputed = computing.imputation(amounts.values["contribution"], paid).values
    return _strings(
        {"avance": paid, "avance_imputee": imputed["imputed"], "avance_a_reporter": imputed["carried_over"]}
    )


def _strings(amounts: Mapping[str, Decimal]) -> dict[str, str]:
    return {name: str(value) for name, value in amounts.items()}
