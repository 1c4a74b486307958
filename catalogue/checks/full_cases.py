"""The cases with contents: what a case leaves out is taken from the example, and amounts from the rules."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from itertools import accumulate
from typing import Any, NamedTuple

from catalogue.cases import Case, planned
from catalogue.checks.subject import Subject
from catalogue.contents import imputed_advance
from catalogue.errors import CatalogueError
from catalogue.examples import Example, answered
from catalogue.forms import Form
from catalogue.minimal import minimal
from catalogue.rules import rules
from domain.act_description import instant
from domain.amounts import InvalidFacts, NotEntitled, NoValueYet
from domain.calendar import Instant, civil
from domain.command import Command
from domain.dossier import Dossier
from domain.effects import effects_of
from domain.event import Event
from domain.evolve import evolve
from domain.filing import File
from domain.futures.simulation import Basis, Planned, Teller, tell
from domain.steps.assessment import Assess
from domain.steps.decision import Decide
from domain.steps.proposal import Propose


def least(subject: Subject, given: Example) -> Example:
    """The example with nothing that its forms do not require, of people without a first name where they may be."""
    forms = {key: name for key, name in subject.named_forms.items() if (subject.forms / f"{name}.json").exists()}
    small = {key: _least(subject.form(name), given[key]) for key, name in forms.items() if key in given}
    return dict(given) | small


def _least(form: Form, written: Any) -> Any:
    smallest = minimal(form, written)
    unnamed = _without_first_names(smallest)
    return smallest if form.errors(unnamed) else unnamed


def _without_first_names(value: Any) -> Any:
    if isinstance(value, list):
        return [_without_first_names(each) for each in value]
    if not isinstance(value, dict):
        return value
    kept = {name: _without_first_names(each) for name, each in value.items() if name not in {"prenom", "prenoms"}}
    return kept if len(kept) == len(value) else {**kept, "sans_prenom": True}


class Asked(NamedTuple):
    """A letter of a case: the effect's kind, the dossier once the whole act is done, the event, when it was entered."""

    kind: str
    dossier: Dossier
    event: Event
    written: Instant


def asked_for(subject: Subject, case: Case, given: Example) -> Iterator[Asked]:
    """The letters of a case, each as the worker would write it."""
    try:
        acts = full_acts(subject, case, given)
    except CatalogueError:
        return  # the check of the cases tells it
    last = max((instant(expected.on) for expected in case.expect), default=None)
    writer = _Writer(Dossier(plan=subject.plan))
    for act in acts:
        if last is None or act.at <= last:
            writer.apply(act.command, act.at)
    writer.wait(last)
    yield from writer.asked


class _Writer(Teller):
    """Tells a case and keeps the letters that it asks for."""

    def __init__(self, dossier: Dossier) -> None:
        super().__init__(dossier)
        self.asked: list[Asked] = []
        self._entered: Instant | None = None

    def apply(self, command: Command, at: Instant, minimal: str = "") -> None:
        """One act, entered at `at`: its letters are written once it is done."""
        self.settle(at)
        self._entered = at
        super().apply(command, at, minimal)
        self._entered = None

    def note(self, events: Sequence[Event], *, basis: Basis = "imagined", who: str = "", minimal: str = "") -> None:
        """What the law makes happen by itself is written as of each of its events."""
        states = list(accumulate(events, evolve, initial=self.dossier))[1:]
        super().note(events, basis=basis, who=who, minimal=minimal)
        for event, after in zip(events, states, strict=True):
            for effect in effects_of(after, event):
                if effect.kind.startswith("letter:"):
                    whole = after if self._entered is None else self.dossier
                    kind = effect.kind.removeprefix("letter:")
                    self.asked.append(Asked(kind, whole, event, self._entered or event.effective))


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
            form = answered(given.get("form", {}), command.form)
            return replace(command, form=subject.form(f"v{plan.form}").completed(form))
        case Assess():
            step = plan.step_of("assessment")
            return replace(command, findings={**given.get(getattr(step, "form", ""), {}), **command.findings})
        case Propose():
            step = plan.step_of("proposal")
            content = {**given.get(getattr(step, "form", ""), {}), **command.content}
            return replace(command, content=content | _amounts(subject, before, content, on))
        case Decide():
            outcome = plan.outcome(command.outcome)
            content = {**given.get(outcome.form if outcome else "", {}), **command.content}
            if outcome is not None and outcome.computed and before.proposal is not None:
                content |= _amounts(subject, before, before.proposal.content, on, decided=True)
            return replace(command, content=content)
        case _:
            return command


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
