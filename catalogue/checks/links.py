"""What names something elsewhere: forms, pages and fields of the form, values of a choice, the worked example."""

from collections.abc import Iterator, Mapping
from typing import Any

from catalogue.checks.subject import Subject
from catalogue.errors import CatalogueError, Fault
from catalogue.examples import example
from domain.sentence import N_, Sentence, Verbatim


def forms_named(subject: Subject) -> Iterator[Fault]:
    """Each form that a step or an outcome names is there."""
    for key, name in subject.named_forms.items():
        if not (subject.forms / f"{name}.json").exists():
            what = Sentence(
                "le formulaire « {key} » est nommé, et forms_schemas/{slug}/{name}.json n'existe pas.",
                key=key,
                slug=subject.slug,
                name=name,
            )
            yield subject.fault(_place(subject, key), what, N_("créez ce fichier, ou retirez « form »"))


def _place(subject: Subject, key: str) -> list[int | str]:
    for index, step in enumerate(subject.plan.steps):
        if getattr(step, "form", "") == key:
            return ["steps", index, "form"]
    for index, outcome in enumerate(subject.plan.outcomes):
        if outcome.form == key:
            return ["outcomes", index, "form"]
    return ["form"]


def pointers(subject: Subject) -> Iterator[Fault]:
    """The fields that queues show and that make a piece required are fields of the form."""
    schema = subject.form(f"v{subject.plan.form}").schema
    for index, shown in enumerate(subject.plan.queue_fields):
        at: list[int | str] = ["queue_fields", index]
        if field(schema, shown.pointer) is None:
            yield subject.fault([*at, "pointer"], _unknown(shown.pointer), _fields(schema))
        if not shown.reason.strip():
            what = N_("un champ montré en clair dans les files dit pourquoi c'est nécessaire.")
            yield subject.fault([*at, "reason"], what, 'reason = "Répartir les visites entre les équipes."')
    for index, piece in enumerate(subject.plan.pieces):
        for pointer, value in piece.required_when.items():
            place: list[int | str] = ["pieces", index, "required_when"]
            found = field(schema, pointer)
            if found is None:
                yield subject.fault(place, _unknown(pointer), _fields(schema))
            elif (known := choices(found)) and value not in known:
                what = Sentence(
                    "« {value} » n'est pas une réponse possible à {pointer} : la pièce ne serait jamais demandée.",
                    value=value,
                    pointer=pointer,
                )
                yield subject.fault(place, what, ", ".join(map(str, known)))


def _unknown(pointer: str) -> str:
    return Sentence("« {pointer} » n'est pas un champ du formulaire.", pointer=pointer)


def _fields(schema: Mapping[str, Any]) -> str:
    pages: Mapping[str, Any] = schema.get("properties", {})
    page = next(iter(pages), "page")
    inner: Mapping[str, Any] = pages.get(page, {})
    return f"/{page}/{next(iter(inner.get('properties', {})), 'champ')}"


def field(schema: Mapping[str, Any], pointer: str) -> Mapping[str, Any] | None:
    """The schema of the field at a pointer `/page/field`; None when there is none."""
    found: Any = schema
    for part in pointer.removeprefix("/").split("/"):
        found = found.get("properties", {}).get(part) if isinstance(found, Mapping) else None
    return found if isinstance(found, Mapping) and pointer.startswith("/") else None


def choices(schema: Mapping[str, Any]) -> list[Any]:
    """The answers that a closed question admits; nothing for an open one."""
    if "enum" in schema:
        return list(schema["enum"])
    if schema.get("type") == "boolean":
        return [True, False]
    return [each["const"] for each in schema.get("oneOf", ()) if "const" in each]


def worked_example(subject: Subject) -> Iterator[Fault]:
    """`example.json` is valid against each form, and gives the reasons of each refusal."""
    try:
        given = example(subject.slug, subject.within)
    except CatalogueError as unreadable:
        yield from unreadable.faults
        return
    for key, name in subject.named_forms.items():
        if key not in given:
            yield subject.fault(
                [], Sentence("il manque « {key} ».", key=key), f'"{key}": {{…}}', file="example.json", where=key
            )
        elif (subject.forms / f"{name}.json").exists():
            for error in subject.form(name).errors(given[key]):
                right: str = Sentence(
                    "une réponse que forms_schemas/{file}.json admet", file=Verbatim(f"{subject.slug}/{name}")
                )
                yield subject.fault([], error.message, right, file="example.json", where=f"{key}{error.pointer}")
    for outcome in subject.plan.outcomes:
        wanted = {"reasons_law", "reasons_fact"} - set(given.get(outcome.key, {}))
        if outcome.reasons_required and wanted:
            what = N_("un refus donne ses motifs en droit et en fait.")
            right = '"refus": {"reasons_law": "CASF L421-3", "reasons_fact": "…"}'
            yield subject.fault([], what, right, file="example.json", where=outcome.key)
