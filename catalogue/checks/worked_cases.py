"""What a lawyer wrote by hand: cases that the kernel tells alike, values by date that somebody has looked at."""

import tomllib
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

from catalogue import amount_names
from catalogue.amount_cases import AmountCase, disagreement
from catalogue.amount_names import FILE
from catalogue.cases import amount_cases, disagreements, story
from catalogue.checks.stories import lines
from catalogue.checks.subject import Subject
from catalogue.errors import CatalogueError, Fault
from catalogue.examples import answered, example
from catalogue.rules import DatedValue, Rules, rules
from domain.act_description import instant
from domain.calendar import civil
from domain.days_in_words import day_in_figures, day_in_words
from domain.sentence import N_, Sentence, Verbatim

ENOUGH = 8
SHOWN = frozenset({"amounts", "provisional"})
"""The rules whose amounts pages show."""


def cases(subject: Subject) -> Iterator[Fault]:
    """Eight cases at least, each expecting something, each as the kernel tells it."""
    if len(subject.cases) < ENOUGH:
        what = Sentence(
            "il y a {count} cas ; il en faut {enough} au moins, à la main, pour croire à la démarche.",
            count=len(subject.cases),
            enough=ENOUGH,
        )
        right = '[[cases]] puis name = "silence", filed = "2026-11-30"'
        yield subject.fault(["cases", 0], what, right, file="cases.toml", where="cases")
    for index, case in enumerate(subject.cases):
        if not case.expect:
            what = Sentence("le cas « {name} » n'attend rien : il ne prouve rien.", name=case.name)
            example = 'expect = [{ on = "2027-03-01", status = "refused" }]'
            yield subject.fault(["cases", index], what, example, file="cases.toml")
        if any(case.name == other.name for other in subject.cases[:index]):
            what = Sentence("deux cas s'appellent « {name} ».", name=case.name)
            yield subject.fault(["cases", index, "name"], what, 'name = "silence-annee-bissextile"', file="cases.toml")
        try:
            wrong = disagreements(subject.plan, case)
        except CatalogueError as unreadable:
            for fault in unreadable.faults:
                right = 'act = "decide", un des actes de l\'API, et ses données'
                yield subject.fault(["cases", index], fault.what, right, file="cases.toml", where=fault.where)
            continue
        for each in wrong:
            what = Sentence(
                "« {name} » attend {expected} au {on} ; le noyau donne {given}.",
                name=case.name,
                expected=each.expected,
                on=each.on,
                given=each.given,
            )
            example = f"guichet simulate {subject.slug} --case {case.name}"
            told = lines(
                story(subject.plan, case, instant(each.on)).lines, Sentence("le noyau donne {given}.", given=each.given)
            )
            yield subject.fault(["cases", index], what, example, file="cases.toml", story=told)


def answers(subject: Subject) -> Iterator[Fault]:
    """What a case answers is what the form as it is written admits, on the day of the filing."""
    try:
        given = example(subject.slug, subject.within).get("form", {})
    except CatalogueError:
        return  # told where the example is read
    form = subject.form(subject.named_forms["form"])
    for index, case in enumerate(subject.cases):
        for error in form.errors(answered(given, case.form), civil(instant(case.filed))) if case.form else ():
            what = Sentence("le cas « {name} » : {told}", name=Verbatim(case.name), told=error.message)
            file = Verbatim(f"{subject.slug}/{subject.named_forms['form']}")
            right = Sentence("une réponse que forms_schemas/{file}.json admet", file=file)
            yield subject.fault(["cases", index, "form"], what, right, file="cases.toml", where=f"form{error.pointer}")


def parameters(subject: Subject) -> Iterator[Fault]:
    """Values by date: each with its text, looked at in time, tried on both sides of its day."""
    if not (subject.folder / "rules.py").exists():
        return
    known = rules(subject.slug, subject.within)
    if known is None:
        return
    if known.file.review_by < civil(datetime.now(UTC)):
        what = Sentence("les valeurs devaient être revues avant le {day}.", day=day_in_figures(known.file.review_by))
        example = N_("vérifiez chaque valeur au Journal officiel, puis reportez review_by")
        yield subject.fault(["review_by"], what, example, file="parameters.toml")
    worked = amount_cases(subject.slug, subject.within)
    for name, parameter in known.file.parameters.items():
        for value in parameter.values:
            yield from _value(subject, name, value)
        yield from _both_sides(subject, name, sorted(value.start for value in parameter.values), worked)
    yield from _amounts(subject, known, worked)
    yield from _names(subject, worked)


def _value(subject: Subject, name: str, value: DatedValue) -> Iterator[Fault]:
    if not value.reference.strip() or value.confidence not in {"A", "B", "C", "U"}:
        what = Sentence(
            "la valeur de « {name} » au {day} ne dit pas son texte, ou à quel point elle est sûre.",
            name=name,
            day=day_in_figures(value.start),
        )
        example = 'reference = "CASF R232-10", confidence = "A"'
        yield subject.fault(["parameters", name, "values"], what, example, file="parameters.toml")


def _both_sides(subject: Subject, name: str, starts: list[date], worked: tuple[AmountCase, ...]) -> Iterator[Fault]:
    for index, start in enumerate(starts):
        before = starts[index - 1] if index else date.min
        after = starts[index + 1] if index + 1 < len(starts) else date.max
        sides = (
            (N_("aucun montant n'est essayé avant le {day}, où « {name} » change."), start - timedelta(days=1),
             any(before <= case.on < start for case in worked)),
            (N_("aucun montant n'est essayé à partir du {day}, où « {name} » change."), start,
             any(start <= case.on < after for case in worked)),
        )  # fmt: skip
        for untried, day, tried in sides:
            if not tried:
                what = Sentence(untried, day=day_in_figures(start), name=Verbatim(name))
                example = f"[[amounts]] puis on = {start.isoformat()}, facts = {{ … }}, expect = {{ … }}"
                told = (
                    Sentence("{day} — le service : un montant est calculé.", day=day_in_words(day)),
                    Sentence("→ « {name} » y compte, aucun cas ne le dit.", name=name),
                )
                yield subject.fault(["amounts", 0], what, example, file="cases.toml", where=name, story=told)


def _amounts(subject: Subject, known: Rules, worked: tuple[AmountCase, ...]) -> Iterator[Fault]:
    for index, case in enumerate(worked):
        if (wrong := disagreement(known, case)) is not None:
            what = Sentence("le montant « {name} » : {wrong}.", name=case.name, wrong=wrong)
            example = f"guichet rules {subject.slug} --json, avec ces faits"
            yield subject.fault(["amounts", index], what, example, file="cases.toml")


def _names(subject: Subject, worked: tuple[AmountCase, ...]) -> Iterator[Fault]:
    """Pages name every amount of a decision or of a provisional aid that the rules compute, and no other."""
    try:
        names = amount_names.read(subject.folder)
    except tomllib.TOMLDecodeError as broken:
        yield subject.fault(
            [], Sentence("ce fichier ne se lit pas : {broken}.", broken=broken), 'total = "Total, par mois"', file=FILE
        )
        return
    computed = {name for case in worked if case.rule in SHOWN for name in case.expect}
    for name in sorted(computed - names.keys()):
        what = Sentence("le montant « {name} » n'a pas de nom : les pages ne sauraient comment l'appeler.", name=name)
        yield subject.fault([name], what, f'{name} = "Ce que paie la personne, par mois"', file=FILE)
    for name in sorted(names.keys() - computed):
        what = Sentence("aucun montant essayé dans cases.toml ne s'appelle « {name} ».", name=name)
        yield subject.fault([name], what, ", ".join(sorted(computed)), file=FILE)
