"""What is written and serves nothing: a definition, a condition, a form, a letter, a value that nobody ever meets.

A question of the request always serves: the agent who examines it reads every answer. So a question is unused only when
no answer ever opens it.
"""

import ast
from collections.abc import Iterator, Mapping
from typing import Any

from catalogue.checks.links import choices
from catalogue.checks.subject import Subject
from catalogue.errors import Fault
from catalogue.form_hashes import published
from catalogue.letter_sources import SHARED
from catalogue.rules import rules
from catalogue.schemas import Schema, resolved, subschemas
from domain.sentence import N_, Sentence


def forms(subject: Subject) -> Iterator[Fault]:
    """Definitions referred to, conditions that some answer fulfils, files that a step or an outcome names."""
    named = {*subject.named_forms.values()}
    for path in sorted(subject.forms.glob("*.json")):
        name, schema = f"forms_schemas/{subject.slug}/{path.name}", subject.form(path.stem).schema
        # A form that an earlier version named stays: dossiers were written with it.
        kept = f"{subject.slug}/{path.name}" in published(subject.within.forms)
        if path.stem not in named and not kept and not (path.stem[:1] == "v" and path.stem[1:].isdigit()):
            what = N_("aucune étape ni aucune issue ne nomme ce formulaire : personne ne le remplirait.")
            yield Fault(name, 1, "", what, f'form = "{path.stem.split(".")[0]}" dans procedure.toml')
        yield from _definitions(name, schema)
        for place, each in subschemas(schema):
            yield from _conditions(name, place.rstrip("/"), each, schema)


def _definitions(name: str, schema: Schema) -> Iterator[Fault]:
    used = {str(each.get("$ref", "")) for _, each in subschemas(schema)}
    for key in sorted(schema.get("$defs", {})):
        if f"#/$defs/{key}" not in used:
            what = Sentence("la définition « {key} » ne sert à aucun champ.", key=key)
            yield Fault(name, 0, f"/$defs/{key}", what, f'{{"$ref": "#/$defs/{key}", "title": "…"}}')


def _conditions(name: str, place: str, holder: Schema, root: Schema) -> Iterator[Fault]:
    """Each `if` beside the properties it speaks of, or in the `allOf` there."""
    asked = holder.get("properties", {})
    every = [(place, holder), *((f"{place}/allOf/{rank}", one) for rank, one in enumerate(holder.get("allOf", ())))]
    for at, each in every if asked else ():
        for field, wanted in _wanted(each.get("if", {}), asked):
            known = choices(resolved(asked[field], root))
            if known and not set(map(repr, wanted)) & set(map(repr, known)):
                said = ", ".join(map(str, wanted))
                what = Sentence(
                    "aucune réponse à « {field} » ne vaut « {said} » : cette condition n'ouvre jamais rien.",
                    field=field,
                    said=said,
                )
                yield Fault(name, 0, f"{at}/if", what, f'"{field}": {{"const": "{known[0]}"}}')
        opened = {**each.get("then", {}).get("properties", {}), **each.get("else", {}).get("properties", {})}
        for field in sorted(opened.keys() - asked.keys()):
            what = Sentence(
                "« {field} » n'est pas une question de cet objet : aucune réponse ne l'ouvre, elle serait refusée.",
                field=field,
            )
            right = f'"properties": {{"{field}": {{"type": "string", "title": "…"}}}} à côté des autres questions'
            yield Fault(name, 0, f"{at}/then/properties/{field}", what, right)


def _wanted(condition: Any, asked: Mapping[str, Any]) -> Iterator[tuple[str, list[Any]]]:
    """The fields that a condition reads, and the answers that fulfil it."""
    for field, one in condition.get("properties", {}).items() if isinstance(condition, Mapping) else ():
        if field in asked and isinstance(one, Mapping) and {"const", "enum"} & one.keys():
            yield field, [one["const"]] if "const" in one else list(one["enum"])


def letters(subject: Subject) -> Iterator[Fault]:
    """Each letter of the folder is one that an outcome or a step names, or that every procedure has."""
    asked = {file.stem for file in SHARED.glob("*.md")} | {outcome.letter for outcome in subject.plan.outcomes}
    asked |= {getattr(step, "letter", "") for step in subject.plan.steps}
    for file in sorted((subject.folder / "letters").glob("*.md")):
        if file.stem not in asked:
            what = N_("aucun événement ne demande cette lettre : elle ne partirait jamais.")
            right = f'letter = "{file.stem}" dans l\'issue qui la demande'
            yield Fault(f"{subject.slug}/letters/{file.name}", 1, "", what, right)


def parameters(subject: Subject) -> Iterator[Fault]:
    """Each value by date is read by `rules.py`."""
    source = subject.folder / "rules.py"
    known = rules(subject.slug, subject.within) if source.exists() else None
    if known is None:
        return
    whole, begun = _texts(ast.parse(source.read_text(encoding="utf-8")))
    for name in known.file.parameters:
        if name not in whole and not any(name.startswith(start) for start in begun):
            what = Sentence("rules.py ne lit jamais « {name} » : la valeur ne compte dans aucun montant.", name=name)
            yield subject.fault(["parameters", name], what, f'values["{name}"]', file="parameters.toml")


def _texts(tree: ast.AST) -> tuple[set[str], set[str]]:
    """The texts of the source, and those that begin a composed one (`f"ceiling_gir_{gir}"`)."""
    nodes = list(ast.walk(tree))
    whole = {node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str)}
    composed = (node.values[0] for node in nodes if isinstance(node, ast.JoinedStr) and node.values)
    return whole, {part.value for part in composed if isinstance(part, ast.Constant) and isinstance(part.value, str)}
