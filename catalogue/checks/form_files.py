"""A form as a file: JSON, valid against the metaschema of 2020-12, whole in itself, unchanged once published."""

import json
from collections.abc import Iterator
from pathlib import Path

import jsonschema_rs
from jsonschema import Draft202012Validator
from jsonschema.exceptions import SchemaError
from referencing import Registry
from referencing.exceptions import Unresolvable
from referencing.jsonschema import DRAFT202012

from catalogue.checks.subject import Subject
from catalogue.errors import Fault
from catalogue.form_hashes import changed, missing
from catalogue.schemas import Schema, subschemas
from domain.sentence import N_, Listed, Sentence

DIALECT = "https://json-schema.org/draft/2020-12/schema"


def files(subject: Subject) -> Iterator[Fault]:
    """Each file of the folder is a schema that needs nothing from elsewhere."""
    for path in sorted(subject.forms.glob("*.json")):
        name = f"forms_schemas/{subject.slug}/{path.name}"
        try:
            schema = json.loads(path.read_text(encoding="utf-8"))
        except json.JSONDecodeError as bad:
            yield Fault(
                name, bad.lineno, "", Sentence("ce n'est pas du JSON ({msg}).", msg=bad.msg), '{"type": "object"}'
            )
            continue
        except UnicodeDecodeError:
            yield Fault(name, 0, "", N_("le fichier n'est pas écrit en UTF-8."), "iconv -t UTF-8")
            continue
        yield from _schema(name, schema)


def _schema(name: str, schema: object) -> Iterator[Fault]:
    if not isinstance(schema, dict) or schema.get("$schema") != DIALECT:
        what = N_("un formulaire dit dans quelle version de JSON Schema il est écrit.")
        yield Fault(name, 0, "$schema", what, f'"$schema": "{DIALECT}"')
        return
    try:
        # The second takes a hundred milliseconds for a long form, and says it in words: for those that are wrong.
        if not jsonschema_rs.meta.is_valid(schema):
            Draft202012Validator.check_schema(schema)
    except SchemaError as bad:
        where = "/".join(str(part) for part in bad.absolute_path)
        yield Fault(
            name,
            0,
            where,
            Sentence("ce n'est pas un schéma JSON valide : {message}.", message=bad.message),
            '"maxLength": 120',
        )
        return
    yield from _references(name, schema)


def _references(name: str, schema: Schema) -> Iterator[Fault]:
    """No reference leaves the file: nothing is ever fetched, neither here nor where people's answers are read."""
    # No `retrieve` is given: this registry knows the file and nothing else.
    nothing_else: Registry[Schema] = Registry()
    registry = nothing_else.with_resource("", DRAFT202012.create_resource(schema))
    for pointer, each in subschemas(schema):
        for keyword in ("$ref", "$dynamicRef"):
            if (target := each.get(keyword)) is None:
                continue
            if not str(target).startswith("#/$defs/"):
                what = Sentence(
                    "« {target} » mène hors du fichier : un formulaire ne va rien chercher ailleurs.", target=target
                )
                yield Fault(name, 0, pointer, what, '"$ref": "#/$defs/adresse"')
            elif not _resolves(registry, str(target)):
                yield Fault(
                    name,
                    0,
                    pointer,
                    Sentence("« {target} » ne mène à rien.", target=target),
                    '"$defs": {"adresse": {…}}',
                )


def _resolves(registry: Registry[Schema], target: str) -> bool:
    try:
        registry.resolver().lookup(target)
    except Unresolvable:
        return False
    return True


def lock(subject: Subject) -> Iterator[Fault]:
    """A published form never changes: drafts and dossiers were written with it."""
    for path in sorted(subject.forms.glob("*.json")):
        if changed(subject.within.forms, path):
            yield Fault(f"forms_schemas/{subject.slug}/{path.name}", 0, "", *edited(path))
    for gone in (path for path in missing(subject.within.forms) if path.startswith(f"{subject.slug}/")):
        what = N_("ce formulaire est publié et il manque : des brouillons et des dossiers ont été écrits avec lui.")
        yield Fault(f"forms_schemas/{gone}", 0, "", what, f"git checkout -- forms_schemas/{gone}")


def edited(path: Path) -> tuple[str, str]:
    """What an edited form teaches: the next version is another file."""
    stem, _, version = path.stem.rpartition("v")
    following = f"{stem}v{int(version) + 1}" if version.isdigit() else f"{path.stem}-2"
    what = N_(
        "ce formulaire est publié et son contenu a changé : des brouillons et des dossiers ont été écrits avec lui."
    )
    copy = N_("Rendez-lui son contenu (git checkout), copiez-le sous le nom {name} et changez la copie.")
    mend = Sentence(copy, name=f"{following}.json")
    if not stem and version.isdigit():
        copy = N_(
            "Rendez-lui son contenu (git checkout), copiez-le sous le nom {name} et changez la copie ; "
            "puis écrivez form = {form}."
        )
        mend = Sentence(copy, name=f"{following}.json", form=int(version) + 1)
    return Listed((what, mend), " "), f"cp {path.name} {following}.json"
