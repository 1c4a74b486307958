"""Reads `procedures/<slug>/procedure.toml` into the plan that a filing pins."""

from __future__ import annotations

import hashlib
import json
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Literal

from catalogue.annotated import place_of
from catalogue.departement import ROOT, departement
from catalogue.errors import CatalogueError, Fault, UnknownProcedure
from catalogue.toml_files import Strict, read_toml
from domain.calendar import Delay
from domain.clock import Clock
from domain.plan import AnyStep, Appeal, Audience, Contests, Outcome, Piece, Plan, QueueField, Rank, Retention

PROCEDURES = ROOT / "procedures"
FORMS = ROOT / "forms_schemas"


class ProcedureFile(Strict):
    """What `procedure.toml` says; `office` names one of the département's."""

    title: str
    authority: str
    office: str
    who: tuple[Audience, ...]
    form: int
    version: int = 1
    clock: Clock
    steps: tuple[AnyStep, ...]
    pieces: tuple[Piece, ...] = ()
    outcomes: tuple[Outcome, ...] = ()
    appeals: tuple[Appeal, ...] = ()
    ranks: tuple[Rank, ...] = ()
    queue_fields: tuple[QueueField, ...] = ()
    retention: Retention = Retention()
    extension: Delay | None = None
    attestation: Literal["automatic", "on_request", ""] = ""
    contests: Contests | None = None


def content_sha256(folder: Path) -> str:
    """The hash of every file of a folder, in the order of names; example and guide change no act."""
    digest = hashlib.sha256()
    for file in sorted(path for path in folder.rglob("*") if path.is_file() and not _aside(path)):
        digest.update(f"{file.relative_to(folder).as_posix()}\0".encode())
        digest.update(hashlib.sha256(file.read_bytes()).digest())
    return digest.hexdigest()


def _aside(file: Path) -> bool:
    return "__pycache__" in file.parts or file.name in {"example.json", "guide.md"}


class Catalogue:
    """The procedures of a folder and their forms; each is read once, when it is asked for."""

    def __init__(self, procedures: Path = PROCEDURES, forms: Path = FORMS) -> None:
        self.procedures = procedures
        self.forms = forms
        self._plans: dict[str, Plan] = {}

    def slugs(self) -> tuple[str, ...]:
        """The procedures, by name."""
        return tuple(sorted(file.parent.name for file in self.procedures.glob("*/procedure.toml")))

    def folder(self, slug: str) -> Path:
        """The folder of a procedure. Raises UnknownProcedure."""
        if slug not in self.slugs():
            raise UnknownProcedure(slug, self.slugs())
        return self.procedures / slug

    def plan(self, slug: str) -> Plan:
        """The plan that a filing of today pins. Raises UnknownProcedure, CatalogueError."""
        if slug not in self._plans:
            self._plans[slug] = self._read(slug)
        return self._plans[slug]

    def at(self, slug: str, on: date) -> Plan:
        """The plan in force on a day; only the present version is published yet."""
        del on
        return self.plan(slug)

    def _read(self, slug: str) -> Plan:
        folder = self.folder(slug)
        said = read_toml(folder / "procedure.toml", ProcedureFile)
        office = departement().office(said.office)
        if office is None:
            known = ", ".join(each.key for each in departement().offices)
            fault = Fault(f"{slug}/procedure.toml", 0, "office", f"le service « {said.office} » n'existe pas.", known)
            raise CatalogueError((fault,))
        form = self.forms / slug / f"v{said.form}.json"
        if not form.exists():
            raise CatalogueError((Fault(f"{slug}/procedure.toml", 0, "form", f"le formulaire {form.name} manque."),))
        fields = {name: getattr(said, name) for name in ProcedureFile.model_fields if name != "office"}
        return Plan(
            procedure=slug,
            office=office,
            form_sha256=hashlib.sha256(form.read_bytes()).hexdigest(),
            content_sha256=content_sha256(folder),
            place=_place(form),
            **fields,
        )


def _place(form: Path) -> str:
    try:
        schema = json.loads(form.read_text(encoding="utf-8"))
    except ValueError:
        return ""  # no form that can be read: the check of forms tells it
    return place_of(schema) if isinstance(schema, dict) else ""


@lru_cache(maxsize=1)
def catalogue() -> Catalogue:
    """The catalogue of this installation."""
    return Catalogue()
