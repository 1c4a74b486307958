"""`example.json`: what a person and the service write in one dossier of a procedure, valid against each of its forms.

`form` is the request; then, under its form's name, what each step and each outcome asks (`evaluation`, `plan`,
`accord`…); a refusal gives `reasons_law` and `reasons_fact` under its outcome's key. Tests, letters and the
demonstration use it; it decides nothing.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from catalogue.errors import CatalogueError, Fault
from catalogue.forms import FORMS, file_of
from catalogue.loader import Catalogue, catalogue
from domain.plan import Plan
from domain.sentence import N_
from domain.strict_json import BadJson, strict_loads

Example = Mapping[str, Any]


def example(slug: str, within: Catalogue | None = None) -> Example:
    """The example of a procedure. Raises UnknownProcedure, CatalogueError."""
    file = (within or catalogue()).folder(slug) / "example.json"
    where = f"{slug}/example.json"
    if not file.exists():
        raise CatalogueError(
            (Fault(where, 0, "", N_("le fichier n'existe pas."), '{"form": {"page": {"champ": "…"}}}'),)
        )
    try:
        read = strict_loads(file.read_bytes())
    except BadJson as bad:
        raise CatalogueError((Fault(where, 0, bad.field, bad.sentence),)) from bad
    if not isinstance(read, dict) or not all(isinstance(each, dict) for each in read.values()):
        raise CatalogueError((Fault(where, 0, "", N_("il faut un objet, dont chaque valeur est un objet.")),))
    return read


def forms_of(plan: Plan, root: Path = FORMS) -> dict[str, str]:
    """The forms of a plan: the key in `example.json` → the file's name in `forms_schemas/<slug>/`, without `.json`."""
    named = [step.form for step in plan.steps]
    named += [outcome.form for outcome in plan.outcomes]
    return {"form": f"v{plan.form}"} | {name: file_of(name, plan.form, root / plan.procedure) for name in named if name}


def answered(form: Mapping[str, Any], own: Mapping[str, Any]) -> dict[str, Any]:
    """The form of the example with what a case answers otherwise, page by page."""
    return {page: {**form.get(page, {}), **own.get(page, {})} for page in {**form, **own}}
