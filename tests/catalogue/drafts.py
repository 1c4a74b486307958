"""A procedure being written, in a catalogue of its own, and what `check` says of it."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

from catalogue.checks.everything import faults
from catalogue.departement import ROOT
from catalogue.errors import Fault
from catalogue.loader import Catalogue
from letters.rehearsal import rehearsed

VERSIONED = re.compile(r"form = \d+\nversion = \d+\nin_force_from = .*\n")


class Draft:
    """A copy of a shipped procedure (`like`), to be broken one thing at a time."""

    def __init__(self, folder: Path, like: str) -> None:
        self.slug = like
        self.catalogue = Catalogue(folder / "procedures", folder / "forms_schemas")
        shutil.copytree(
            ROOT / "procedures" / like, self.catalogue.procedures / like, ignore=shutil.ignore_patterns("published")
        )
        shutil.copytree(ROOT / "forms_schemas" / like, self.catalogue.forms / like)
        self._begin_at_one()

    def _begin_at_one(self) -> None:
        """What is shipped becomes the first version of this author, as it reads today."""
        forms, toml = self.catalogue.forms / self.slug, self.catalogue.procedures / self.slug / "procedure.toml"
        newest = sorted(forms.glob("*.json"), key=lambda file: int(file.stem.rpartition("v")[2]))
        for file in newest:
            file.replace(forms / f"{file.stem.rpartition('v')[0]}v1.json")
        text = toml.read_text(encoding="utf-8")
        toml.write_text(VERSIONED.sub("form = 1\n", text, count=1), encoding="utf-8")

    def file(self, name: str) -> Path:
        """A file by its name: a form when it is `v1.json` or `….v1.json`."""
        form = name.endswith("v1.json")
        return (self.catalogue.forms if form else self.catalogue.procedures) / self.slug / name

    def edit(self, name: str, old: str, new: str) -> None:
        """Replace the first `old` of a file, which must be there."""
        text = self.file(name).read_text(encoding="utf-8")
        assert old in text, f"{name} does not say {old!r}"
        self.file(name).write_text(text.replace(old, new, 1), encoding="utf-8")

    def faults(self) -> tuple[Fault, ...]:
        """What `check` says."""
        return faults(self.slug, rehearsed, self.catalogue)

    def said(self) -> str:
        """What `check` says, as it prints it."""
        return "\n".join(fault.sentence for fault in self.faults())


Edit = Callable[[Draft], Any]
