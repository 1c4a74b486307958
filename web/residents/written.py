"""What agents wrote, shown to the person: the proposal and the decision, their form's answers, then their amounts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from api.offered import form_named
from catalogue.sentences import N_
from domain.plan import Plan
from domain.steps.proposal import Proposal
from web.forms.checking import Row, checked
from web.here import Here
from web.rendering import euros
from web.residents.reading_back import shown_rows

AMOUNTS: Mapping[str, str] = {
    "participation": N_("Ce que vous payez, par mois"),
    "contribution": N_("Ce que le département paie, par mois"),
    "ceiling": N_("Plafond du plan, par mois"),
    "imputed": N_("Avance déjà versée, déduite"),
    "to_pay": N_("Reste à verser"),
    "carried_over": N_("Avance reportée sur la suite"),
}
"""The amounts that rules compute, by name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """The rows of the form, then the amounts, each with its name as a sentence of the catalogues."""

    rows: tuple[Row, ...] = ()
    amounts: tuple[tuple[str, str], ...] = ()


def proposed(here: Here, plan: Plan, content: Mapping[str, Any]) -> Written:
    """What a proposal says."""
    step = plan.step_of("proposal")
    return _written(here, plan, step.form if isinstance(step, Proposal) else "", content)


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
    amounts = tuple((title, euros(here.words, content[key])) for key, title in AMOUNTS.items() if key in content)
    return Written(rows=rows, amounts=amounts)
