"""Every letter that an event may ask for is there, names only what letters may name, and can be made."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

from jinja2 import TemplateError, meta
from jinja2.sandbox import ImmutableSandboxedEnvironment

from catalogue.cases import Case, planned
from catalogue.checks.full_cases import Asked, asked_for, least
from catalogue.checks.letter_words import wrong_words
from catalogue.checks.stories import Story, lines
from catalogue.checks.subject import Subject
from catalogue.errors import CatalogueError, Fault
from catalogue.examples import example
from catalogue.letter_sources import NoLetter, Source, context, letter, name_of
from catalogue.rules import rules
from domain.calendar import civil
from domain.dossier import Dossier
from domain.event import Event
from domain.futures.simulation import tell
from domain.sentence import N_, Sentence

FILTERS = ("jour", "euros", "paragraphes")


def letters(subject: Subject) -> Iterator[Fault]:
    """Each letter that the cases ask for, made with all that the forms admit and with the least that they admit."""
    try:
        given = example(subject.slug, subject.within)
    except CatalogueError:
        return  # the check of the example tells it
    found: dict[str, Fault] = {}
    asking: dict[str, tuple[Case, Dossier]] = {}
    for content in (given, least(subject, given)):
        for case in subject.cases:
            for asked in asked_for(subject, case, content):
                name, fault = _made(subject, asked)
                asking.setdefault(name, (case, asked.dossier))
                if fault is not None:
                    found.setdefault(f"{name}{fault.what}", fault)
    for fault in (*found.values(), *_unknown_tags(subject)):
        yield replace(fault, story=_leading(subject, asking, Path(fault.file).stem))


def _leading(subject: Subject, asking: Mapping[str, tuple[Case, Dossier]], name: str) -> Story:
    """The story of the first case that asks for that letter, up to the event that does."""
    if name not in asking:
        return ()
    case, dossier = asking[name]
    told = tell(subject.plan, planned(subject.plan, case)).lines
    until = [line for line in told if line.seq <= dossier.seq]
    return lines(until, Sentence("la lettre « {name} » est due et n'est pas faite.", name=name))


def _made(subject: Subject, asked: Asked) -> tuple[str, Fault | None]:
    kind, dossier, event, written = asked
    name = name_of(subject.plan, kind, event)
    file = f"{subject.slug}/letters/{name}.md"
    try:
        source = letter(subject.slug, name, subject.within)
    except NoLetter as absent:
        return name, Fault(
            file,
            1,
            "",
            Sentence("{absent} Elle est due à « {kind} ».", absent=absent, kind=event.kind),
            "# Titre puis le texte",
        )
    amounts, forms = amounts_told(subject, event), subject.within.forms
    told = context(dossier, event, "GUI-2026-0001", "Anna Le Goff", amounts, written=written, forms=forms)
    try:
        blocks = subject.render(source.text, told)
    except Exception as unmade:  # noqa: BLE001 (the engine is the caller's: whatever it says, the letter cannot be made)
        what = Sentence("la lettre ne peut pas être faite après « {kind} » : {unmade}.", kind=event.kind, unmade=unmade)
        return name, Fault(file, 1, "", what, "{% if contenu.conditions is defined %}…{% endif %}")
    wrong = next(wrong_words(source.title, blocks), None)
    return name, Fault(file, 1, "", wrong, "{% if contenu.conditions %}…{% endif %}") if wrong else None


def amounts_told(subject: Subject, event: Event) -> dict[str, Decimal]:
    """The amounts that the letter of an event names: the provisional aid's, when silence gives it."""
    known = rules(subject.slug, subject.within)
    wanted = known is not None and event.kind == "silence_took_effect" and subject.plan.clock.silence == "provisional"
    return dict(known.provisional(civil(event.effective)).values) if known is not None and wanted else {}


def _unknown_tags(subject: Subject) -> Iterator[Fault]:
    environment = ImmutableSandboxedEnvironment()
    environment.filters.update(dict.fromkeys(FILTERS, str))
    known = set(context(*_any_event(subject), "", "")) if subject.cases else set()
    for file in sorted((subject.folder / "letters").glob("*.md")):
        name = f"{subject.slug}/letters/{file.name}"
        source: Source = letter(subject.slug, file.stem, subject.within)
        try:
            named = meta.find_undeclared_variables(environment.parse(source.text))
        except TemplateError as bad:
            yield Fault(
                name,
                getattr(bad, "lineno", 0) + 2,
                "",
                Sentence("la lettre ne se lit pas : {bad}.", bad=bad),
                "{{ reference }}",
            )
            continue
        for word in sorted(named - known) if known else ():
            what = Sentence(
                "« {word} » n'est pas une balise des lettres. Balises : {known}.",
                word=word,
                known=", ".join(sorted(known)),
            )
            yield Fault(name, _line(source.text, word), word, what, "{{ reference }}")
        if not source.title:
            yield Fault(name, 1, "", N_("la première ligne d'une lettre est son titre."), "# Décision")


def _any_event(subject: Subject) -> tuple[Dossier, Event]:
    filing = planned(subject.plan, subject.cases[0])[:1]
    told = tell(subject.plan, filing, filing[0].at)
    return told.dossier, told.events[0]


def _line(text: str, word: str) -> int:
    lines = text.splitlines()
    return next((index + 3 for index, line in enumerate(lines) if word in line), 0)
