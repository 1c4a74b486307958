"""A version as people name it: `v1`, `published`, `written`, or the folder of a candidate."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from catalogue.form_diff import form_diff
from catalogue.loader import Catalogue
from domain.futures.plan_diff import Change, diff
from domain.plan import Plan

PUBLISHED, WRITTEN = "published", "written"


class UnknownName(LookupError):
    """Nothing is a version under that name; the message is French."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """A version and the form it is filed on (JSON Schema)."""

    plan: Plan
    form: Mapping[str, Any]


def named(within: Catalogue, slug: str, name: str) -> Named:
    """The version so named. Raises UnknownName, UnknownVersion, UnknownProcedure, CatalogueError."""
    folder = within.folder(slug)
    number = name.removeprefix("v")
    if name == PUBLISHED:
        plan = (within.published(slug) or (within.plan(slug),))[-1]
    elif name == WRITTEN:
        plan = within.plan(slug)
    elif number.isdecimal():
        plan = within.version(slug, int(number))
    elif (Path(name) / "procedure.toml").exists():
        folder = Path(name).resolve()
        plan = within.read(folder, slug)
    else:
        raise UnknownName(
            f"« {name} » n'est pas une version : écrivez v1, {PUBLISHED} (la dernière publiée), {WRITTEN} (le dossier "
            "tel qu'il est écrit) ou le chemin d'un dossier qui contient procedure.toml."
        )
    file = within.form_file(folder, slug, plan.form)
    return Named(plan=plan, form=json.loads(file.read_text(encoding="utf-8")))


def differences(before: Named, after: Named) -> tuple[Change, ...]:
    """What changes from one to the other: the plan's facts, then the form's fields."""
    return (*diff(before.plan, after.plan), *form_diff(before.form, after.form))
