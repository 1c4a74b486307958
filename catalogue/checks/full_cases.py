"""The cases with contents: what a case leaves out is taken from the example, and amounts from the rules."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from functools import reduce
from typing import Any

from catalogue.cases import Case, planned
from catalogue.checks.subject import Subject
from catalogue.contents import imputed_advance
from catalogue.errors import CatalogueError
from catalogue.examples import Example
from catalogue.minimal import minimal
from catalogue.rules import rules
from domain.amounts import InvalidFacts, NotEntitled, NoValueYet
from domain.calendar import civil
from domain.commands import Assess, Command, Decide, File, Propose
from domain.dossier import Dossier
from domain.effects import effects_of
from domain.events import Event
from domain.evolve import evolve
from domain.said import instant
from domain.simulation import Planned, tell


def least(subject: Subject, given: Example) -> Example:
    """The example with nothing that its forms do not require."""
    forms = {key: name for key, name in subject.named_forms.items() if (subject.forms / f"{name}.json").exists()}
    small = {key: minimal(subject.form(name), given[key]) for key, name in forms.items() if key in given}
    return dict(given) | small


def asked_for(subject: Subject, case: Case, given: Example) -> Iterator[tuple[str, Dossier, Event]]:
    """The letters of a case: the effect's kind, the dossier once the event happened, the event."""
    try:
        acts = full_acts(subject, case, given)
    except CatalogueError:
        return  # the check of the cases tells it
    last = max((instant(expected.on) for expected in case.expect), default=None)
    dossier = Dossier(plan=subject.plan)
    for event in tell(subject.plan, acts, last).events:
        dossier = reduce(evolve, (event,), dossier)
        for effect in effects_of(dossier, event):
            if effect.kind.startswith("letter:"):
                yield effect.kind.removeprefix("letter:"), dossier, event


def full_acts(subject: Subject, case: Case, given: Example) -> list[Planned]:
    """The acts of a case, each with the contents of the example and the amounts of that day. Raises CatalogueError."""
    acts: list[Planned] = []
    for act in sorted(planned(subject.plan, case), key=lambda each: each.at):
        before = tell(subject.plan, acts, act.at).dossier
        acts.append(Planned(at=act.at, command=_filled(subject, before, act, given)))
    return acts


def _filled(subject: Subject, before: Dossier, act: Planned, given: Example) -> Command:
    plan, command, on = subject.plan, act.command, civil(act.at)
    match command:
        case File():
            form = _merged(given.get("form", {}), command.form)
            return _replaced(command, form=subject.form(f"v{plan.form}").completed(form))
        case Assess():
            step = plan.step_of("assessment")
            return _replaced(command, findings={**given.get(getattr(step, "form", ""), {}), **command.findings})
        case Propose():
            step = plan.step_of("proposal")
            content = {**given.get(getattr(step, "form", ""), {}), **command.content}
            return _replaced(command, content=content | _amounts(subject, before, content, on))
        case Decide():
            outcome = plan.outcome(command.outcome)
            content = {**given.get(outcome.form if outcome else "", {}), **command.content}
            if outcome is not None and outcome.computed and before.proposal is not None:
                content |= _amounts(subject, before, before.proposal.content, on, decided=True)
            return _replaced(command, content=content)
        case _:
            return command


def _replaced(command: Command, **values: Any) -> Command:
    fields = {name: getattr(command, name) for name in type(command).__dataclass_fields__}
    return type(command)(**fields | values)


def _merged(example_form: Mapping[str, Any], form: Mapping[str, Any]) -> dict[str, Any]:
    return {page: {**example_form.get(page, {}), **form.get(page, {})} for page in {**example_form, **form}}


def _amounts(
    subject: Subject, before: Dossier, content: Mapping[str, Any], on: date, *, decided: bool = False
) -> dict[str, str]:
    known = rules(subject.slug, subject.within)
    if known is None:
        return {}
    try:
        amounts = known.amounts(known.facts_of(before.form, before.findings, content), on)
    except (InvalidFacts, NotEntitled, NoValueYet):
        return {}  # no such proposal could be sent: the case speaks of something else
    told = {name: str(value) for name, value in amounts.values.items()}
    return told | (imputed_advance(known, before, amounts, on) if decided else {})
