"""Everything that is wrong with a procedure, in one go."""

from dataclasses import replace

from catalogue.cases import cases
from catalogue.checks import (
    answers,
    attestations,
    campaigns,
    computed_fields,
    eligibility,
    extensions,
    form_fields,
    form_files,
    guides,
    letters,
    links,
    plausibility,
    reach,
    recipients,
    rules_source,
    texts,
    unused,
    versions,
    way,
    worked_cases,
)
from catalogue.checks.subject import Check, Render, Subject
from catalogue.errors import CatalogueError, Fault
from catalogue.json_lines import line_of
from catalogue.loader import Catalogue
from catalogue.rules import rules
from domain.sentence import Sentence

RULES = "def amounts(given, values): …"

CHECKS: tuple[Check, ...] = (
    way.steps,
    way.waits,
    way.ends,
    way.outcomes,
    way.ranks,
    texts.references,
    texts.unfavourable,
    texts.retention,
    attestations.attestations,
    guides.guide,
    guides.unwritten,
    eligibility.eligibility,
    rules_source.rules_source,
    unused.letters,
    unused.parameters,
    versions.lock,
)
# These read the forms, and run only when every form can be read.
OF_FORMS: tuple[Check, ...] = (
    form_fields.forms,
    extensions.extensions,
    computed_fields.computed_fields,
    answers.answers,
    plausibility.plausible,
    recipients.recipients,
    links.forms_named,
    links.pointers,
    campaigns.campaigns,
    campaigns.open_data,
    links.worked_example,
    worked_cases.answers,
    worked_cases.cases,
    worked_cases.parameters,
    letters.letters,
    unused.forms,
    reach.too_many,
    reach.unreachable_steps,
    reach.unreachable_outcomes,
    reach.dead_ends,
)


def faults(slug: str, render: Render, within: Catalogue) -> tuple[Fault, ...]:
    """What is wrong with a procedure; nothing when it may be published. Raises UnknownProcedure."""
    within = Catalogue(within.procedures, within.forms)  # read anew: the author is writing
    try:
        plan, told = within.plan(slug), cases(slug, within)
        rules(slug, within)
    except CatalogueError as unreadable:
        return unreadable.faults
    except (SyntaxError, ImportError, NameError) as broken:
        line = getattr(broken, "lineno", None) or 0
        return (
            Fault(f"{slug}/rules.py", line, "", Sentence("le fichier ne se lit pas : {broken}.", broken=broken), RULES),
        )
    subject = Subject(slug=slug, within=within, plan=plan, cases=told, render=render)
    unreadable_forms = (*form_files.files(subject), *form_files.lock(subject))
    found = [fault for check in CHECKS for fault in check(subject)]
    if not unreadable_forms:
        found.extend(fault for check in OF_FORMS for fault in check(subject))
    return tuple(dict.fromkeys(_at_its_line(fault, subject) for fault in (*unreadable_forms, *found)))


def _at_its_line(fault: Fault, subject: Subject) -> Fault:
    """A fault in JSON with the line of its pointer: the checks only know where they are in the document."""
    folder, _, name = fault.file.rpartition("/")
    file = (subject.forms if folder.startswith("forms_schemas") else subject.folder) / name
    if fault.line or file.suffix != ".json" or not file.exists():
        return fault
    return replace(fault, line=line_of(file.read_text(encoding="utf-8", errors="replace"), fault.where))
