"""Reads `procedures/<slug>/procedure.toml`, and says which published version a filing pins on a day."""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Literal

from catalogue.departement import ROOT, departement
from catalogue.errors import CatalogueError, Fault, NotInForce, UnknownProcedure, UnknownVersion
from catalogue.extensions import place_of
from catalogue.toml_files import Strict, read_toml
from catalogue.versions import EDITED, FOLDER, versions
from domain.calendar import Delay
from domain.clock.terms import Clock
from domain.plan import (
    AnyStep,
    Appeal,
    Audience,
    Contests,
    OpenData,
    Outcome,
    Piece,
    Plan,
    QueueField,
    Rank,
    Recipient,
    Retention,
)
from domain.sentence import Sentence

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
    in_force_from: date | None = None
    campaign: bool = False
    rank_by: str = ""
    amount_by: str = ""
    open_data: OpenData | None = None
    recipients: tuple[Recipient, ...] = ()


def content_sha256(folder: Path) -> str:
    """The hash of every file of a folder, in the order of names, but of those that stand aside."""
    digest = hashlib.sha256()
    for file in sorted(path for path in folder.rglob("*") if path.is_file() and not _aside(path)):
        digest.update(f"{file.relative_to(folder).as_posix()}\0".encode())
        digest.update(hashlib.sha256(file.read_bytes()).digest())
    return digest.hexdigest()


def _aside(file: Path) -> bool:
    return "__pycache__" in file.parts or file.parent.name == FOLDER or file.name in ASIDE


ASIDE = frozenset({"example.json", "guide.md", "amounts.toml", "eligibility.toml", "search.toml"})
"""What explains and shows a procedure: it decides nothing, and past versions have none of their own."""


class Catalogue:
    """The procedures of a folder and their forms; each is read once, when it is asked for."""

    def __init__(self, procedures: Path = PROCEDURES, forms: Path = FORMS) -> None:
        self.procedures = procedures
        self.forms = forms
        self._plans: dict[str, Plan] = {}
        self._published: dict[str, tuple[Plan, ...]] = {}
        self._as_of: dict[str, int] = {}

    def slugs(self) -> tuple[str, ...]:
        """The procedures, by name."""
        return tuple(sorted(file.parent.name for file in self.procedures.glob("*/procedure.toml")))

    def has(self, slug: str) -> bool:
        """Whether that procedure has its folder here: one that was dropped lives on in the plans of its dossiers."""
        return slug in self.slugs()

    def folder(self, slug: str) -> Path:
        """The folder of a procedure. Raises UnknownProcedure."""
        if not self.has(slug):
            raise UnknownProcedure(slug, self.slugs())
        return self.procedures / slug

    def plan(self, slug: str) -> Plan:
        """The plan as its folder writes it, published or not yet. Raises UnknownProcedure, CatalogueError."""
        if slug not in self._plans:
            self._plans[slug] = self.read(self.folder(slug), slug)
        return self._plans[slug]

    def published(self, slug: str) -> tuple[Plan, ...]:
        """The published versions, oldest first. Raises UnknownProcedure, CatalogueError for a file that was edited.

        A version published by another process is seen at the next call, with the folder as it is by then.
        """
        changed = _changed_at(self.procedures / slug / FOLDER)
        if self._as_of.get(slug, changed) != changed:
            self._plans.pop(slug, None)
            self._published.pop(slug, None)
        if slug not in self._published:
            self._published[slug] = tuple(self._kept(slug))
        # Only what is a procedure is remembered, whatever names people ask for.
        self._as_of[slug] = changed
        return self._published[slug]

    def version(self, slug: str, number: int) -> Plan:
        """One published version. Raises UnknownVersion, UnknownProcedure, CatalogueError."""
        known = {plan.version: plan for plan in self.published(slug)}
        if number not in known:
            raise UnknownVersion(slug, number, tuple(known))
        return known[number]

    def at(self, slug: str, on: date) -> Plan:
        """The plan that a filing of that day pins: the last version published and in force on it.

        A procedure that has published nothing yet is offered as its folder writes it. Raises NotInForce before the
        first day of the first version, UnknownProcedure, CatalogueError.
        """
        every = self.published(slug) or (self.plan(slug),)
        reached = [plan for plan in every if plan.in_force_from is None or plan.in_force_from <= on]
        if not reached:
            raise NotInForce(slug, min(plan.in_force_from for plan in every if plan.in_force_from))
        return reached[-1]

    def _kept(self, slug: str) -> Iterator[Plan]:
        for kept in versions(self.folder(slug)):
            if not kept.intact:
                raise CatalogueError((Fault(f"{slug}/{FOLDER}/{kept.path.name}", 0, "", EDITED),))
            if kept.plan.version == self.plan(slug).version:
                # Its letters, whom they go to, its values and the service's telephone are those of today: only its
                # facts are locked.
                now = self.plan(slug)
                office, content = now.office, now.content_sha256
                plan = replace(kept.plan, office=office, content_sha256=content, place=now.place)
                yield replace(plan, recipients=now.recipients)
            else:
                yield kept.plan

    def read(self, folder: Path, slug: str) -> Plan:
        """The plan that a folder writes for a procedure, the catalogue's own folder or not. Raises CatalogueError."""
        said = read_toml(folder / "procedure.toml", ProcedureFile)
        office = departement().office(said.office)
        if office is None:
            known = ", ".join(each.key for each in departement().offices)
            fault = Fault(
                f"{slug}/procedure.toml",
                0,
                "office",
                Sentence("le service « {office} » n'existe pas.", office=said.office),
                known,
            )
            raise CatalogueError((fault,))
        form = self.form_file(folder, slug, said.form)
        if not form.exists():
            raise CatalogueError(
                (Fault(f"{slug}/procedure.toml", 0, "form", Sentence("le formulaire {name} manque.", name=form.name)),)
            )
        fields = {name: getattr(said, name) for name in ProcedureFile.model_fields if name != "office"}
        return Plan(
            procedure=slug,
            office=office,
            form_sha256=hashlib.sha256(form.read_bytes()).hexdigest(),
            content_sha256=content_sha256(folder),
            place=_place(form),
            **fields,
        )

    def form_file(self, folder: Path, slug: str, number: int) -> Path:
        """The main form of that version: beside the folder when it is a candidate's own, else the catalogue's."""
        beside = folder.parent.parent / FORMS.name / slug / f"v{number}.json"
        return beside if folder.parent != self.procedures and beside.exists() else self.forms / slug / beside.name


def _changed_at(folder: Path) -> int:
    """When a file was last added to this folder, in nanoseconds; 0 when there is none, or none may bear that name."""
    try:
        return folder.stat().st_mtime_ns
    except (OSError, ValueError):
        return 0


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
