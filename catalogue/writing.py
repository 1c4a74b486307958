"""What an imagined act writes: the least that its form admits, taken from the example, and the amounts of that day."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from catalogue import contents
from catalogue.contents import Incorrect
from catalogue.errors import CatalogueError, UnknownProcedure
from catalogue.examples import example
from catalogue.forms import form, form_named
from catalogue.minimal import minimal
from domain.act_description import Misdescribed, fields_of
from domain.calendar import Instant, civil
from domain.command import Command
from domain.dossier import Dossier
from domain.plan import Plan
from domain.steps.assessment import Assess
from domain.steps.decision import Decide
from domain.steps.pieces import Correct
from domain.steps.proposal import Propose

WRITTEN = ("findings", "content")
"""The fields of the acts whose contents follow a form."""


class FromTheCatalogue:
    """The `domain.futures.fork.Writing` of the published procedures."""

    def least(self, dossier: Dossier, act: str, data: Mapping[str, Any]) -> Mapping[str, Any]:
        """The contents of the example, without any field that their form does not require; {} where there is none."""
        named = next((name for name in WRITTEN if name in fields_of(act)), None)
        written = _least_of(dossier.plan, _form_of(dossier.plan, act, data)) if named else None
        return {named: written} if named and written and not data.get(named) else {}

    def finished(self, dossier: Dossier, command: Command, at: Instant) -> Command:
        """The command, held to its form and with its amounts. Raises Misdescribed, Refused."""
        try:
            return _finished(dossier, command, at)
        except Incorrect as incorrect:
            # What was written and is not expected, before what is expected and was not written.
            first = min(incorrect.errors, key=lambda error: error.code != "additionalProperties")
            field = "form" if isinstance(command, Correct) else next(n for n in WRITTEN if n in fields_of(command.kind))
            where = ("data", field, *(part for part in first.pointer.split("/") if part))
            raise Misdescribed(where, first.message) from incorrect


def _finished(dossier: Dossier, command: Command, at: Instant) -> Command:
    plan, on = dossier.plan, civil(at)
    match command:
        case Assess():
            return replace(command, findings=contents.findings(plan, command.findings))
        case Propose():
            written = contents.proposal(dossier, command.content, on)
            return replace(command, content=written.content, used=written.used)
        case Decide():
            written = contents.decision(dossier, command.outcome, command.content, on)
            return replace(command, content=written.content, used=written.used)
        case Correct() if command.form != dossier.form:
            if errors := form(plan.procedure, f"v{plan.form}").errors(dict(command.form)):
                raise Incorrect(errors)
    return command


def _form_of(plan: Plan, act: str, data: Mapping[str, Any]) -> str:
    """The name of the form that the contents of that act follow; empty when there is none."""
    if act == "decide":
        outcome = plan.outcome(str(data.get("outcome", "")))
        return outcome.form if outcome is not None else ""
    owner = next((step for step in plan.steps if act in step.acts), None)
    return str(getattr(owner, "form", ""))


def _least_of(plan: Plan, name: str) -> Mapping[str, Any]:
    if not name:
        return {}
    try:
        written = example(plan.procedure).get(name, {})
    except (UnknownProcedure, CatalogueError):
        return {}
    return dict(minimal(form_named(plan, name), written))
