"""What agents wrote, shown to the person: the proposal and the decision, their form's answers, then their amounts."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from catalogue.amount_names import amount_names
from catalogue.forms import form_named
from domain.plan import Plan
from domain.steps.proposal import Proposal
from web.forms.checking import checked
from web.forms.rows import Row
from web.residents.reading_back import shown_rows
from web.site.page import Here


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """The rows of the form, then the amounts, each with its name as a sentence of the catalogues."""

    rows: tuple[Row, ...] = ()
    amounts: tuple[tuple[str, str], ...] = ()


def proposed(here: Here, plan: Plan, content: Mapping[str, Any]) -> Written:
    """What a proposal says."""
    step = plan.step_of("proposal")
    return _written(here, plan, step.form if isinstance(step, Proposal) else "", content)


def provisional(here: Here, plan: Plan, amounts: Mapping[str, Any]) -> Written:
    """How much silence gave, while nothing is decided."""
    return _written(here, plan, "", amounts)


def decided(here: Here, plan: Plan, outcome: str, content: Mapping[str, Any]) -> Written:
    """What a decision says."""
    chosen = plan.outcome(outcome)
    return _written(here, plan, chosen.form if chosen is not None else "", content)


def _written(here: Here, plan: Plan, name: str, content: Mapping[str, Any]) -> Written:
    rows: tuple[Row, ...] = ()
    if name:
        form = form_named(plan, name)
        asked = {key: value for key, value in content.items() if key in form.schema.get("properties", {})}
        rows = tuple(row for row in checked(form, asked, **shown_rows(here)) if row.lines)
    names = amount_names(plan.procedure)
    amounts = tuple((title, here.words.euros(content[key])) for key, title in names.items() if key in content)
    return Written(rows=rows, amounts=amounts)
