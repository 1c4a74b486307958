"""The cases with contents: what a case leaves out is taken from the example, and amounts from the rules."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import reduce
from typing import Any

from catalogue.cases import Case, instant, planned
from catalogue.checks.subject import Subject
from catalogue.errors import CatalogueError
from catalogue.examples import Example, forms_of
from catalogue.minimal import minimal
from catalogue.rules import rules
from domain.amounts import InvalidFacts, NotEntitled, NoValueYet
from domain.calendar import civil
from domain.commands import Assess, Command, Decide, File, Propose
from domain.dossier import Dossier
from domain.effects import effects_of
from domain.events import Event
from domain.evolve import evolve
from domain.simulation import Planned, tell


def least(subject: Subject, given: Example) -> Example:
    """The example with nothing that its forms do not require."""
    forms = {key: name for key, name in forms_of(subject.plan).items() if (subject.forms / f"{name}.json").exists()}
    small = {key: minimal(subject.form(name), given[key]) for key, name in forms.items() if key in given}
    return dict(given) | small


def asked_for(subject: Subject, case: Case, given: Example) -> Iterator[tuple[str, Dossier, Event]]:
    """The letters of a case: the effect's kind, the dossier once the event happened, the event."""
    try:
        acts = [_full(subject, act, given) for act in planned(subject.plan, case)]
    except CatalogueError:
        return  # the check of the cases tells it
    last = max((instant(expected.on) for expected in case.expect), default=None)
    dossier = Dossier(plan=subject.plan)
    for event in tell(subject.plan, acts, last).events:
        dossier = reduce(evolve, (event,), dossier)
        for effect in effects_of(dossier, event):
            if effect.kind.startswith("letter:"):
                yield effect.kind.removeprefix("letter:"), dossier, event


def _full(subject: Subject, act: Planned, given: Example) -> Planned:
    return Planned(at=act.at, command=filled(subject, act.command, given, act))


def filled(subject: Subject, command: Command, given: Example, act: Planned) -> Command:
    """A command of a case with the contents that the example gives it, and the amounts that the rules give."""
    plan = subject.plan
    match command:
        case File():
            return _replaced(command, form=_merged(given.get("form", {}), command.form))
        case Assess():
            step = plan.step_of("assessment")
            return _replaced(command, findings={**given.get(getattr(step, "form", ""), {}), **command.findings})
        case Propose():
            step = plan.step_of("proposal")
            content = {**given.get(getattr(step, "form", ""), {}), **command.content}
            return _replaced(command, content=content | _amounts(subject, given, content, act))
        case Decide():
            outcome = plan.outcome(command.outcome)
            content = {**given.get(outcome.form if outcome else "", {}), **command.content}
            if outcome is not None and outcome.computed:
                content |= _amounts(subject, given, given.get("plan", {}), act)
            return _replaced(command, content=content)
        case _:
            return command


def _replaced(command: Command, **values: Any) -> Command:
    fields = {name: getattr(command, name) for name in type(command).__dataclass_fields__}
    return type(command)(**fields | values)


def _merged(example_form: Mapping[str, Any], form: Mapping[str, Any]) -> dict[str, Any]:
    return {page: {**example_form.get(page, {}), **form.get(page, {})} for page in {**example_form, **form}}


def _amounts(subject: Subject, given: Example, content: Mapping[str, Any], act: Planned) -> dict[str, str]:
    known = rules(subject.slug, subject.within)
    step = subject.plan.step_of("assessment")
    if known is None:
        return {}
    facts = known.facts_of(given.get("form", {}), given.get(getattr(step, "form", ""), {}), content)
    try:
        return {name: str(value) for name, value in known.amounts(facts, civil(act.at)).values.items()}
    except (InvalidFacts, NotEntitled, NoValueYet):
        return {}
