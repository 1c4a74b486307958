"""What a check looks at: one procedure, read, with its cases; and how a fault is told at its line."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from catalogue.cases import Case
from catalogue.checks.ways import Ways, explore
from catalogue.errors import CatalogueError, Fault
from catalogue.examples import example, forms_of
from catalogue.forms import Form
from catalogue.loader import Catalogue
from catalogue.toml_lines import line_of
from domain.plan import Plan

# The Markdown source of a letter and the context of its tags → its blocks; raises when the letter cannot be made.
Render = Callable[[str, Mapping[str, Any]], Sequence[Mapping[str, Any]]]


@dataclass(frozen=True, kw_only=True)
class Subject:
    """One procedure of a catalogue; `render` makes a letter (its real engine is in the letters' room)."""

    slug: str
    within: Catalogue
    plan: Plan
    cases: tuple[Case, ...]
    render: Render

    @property
    def folder(self) -> Path:
        """The procedure's folder."""
        return self.within.folder(self.slug)

    @property
    def forms(self) -> Path:
        """The folder of its forms."""
        return self.within.forms / self.slug

    @property
    def named_forms(self) -> dict[str, str]:
        """The forms of the plan as it is written: their key, the name of their file."""
        return forms_of(self.plan, self.within.forms)

    def form(self, name: str) -> Form:
        """A form as it is now on the disk. Raises FileNotFoundError, ValueError."""
        return Form(json.loads((self.forms / f"{name}.json").read_text(encoding="utf-8")))

    @cached_property
    def ways(self) -> Ways:
        """Every way through the plan, with the contents of the example, or without any when it cannot be read."""
        try:
            return explore(self.plan, example(self.slug, self.within))
        except CatalogueError:
            return explore(self.plan, {})

    def fault(
        self,
        at: Sequence[int | str],
        what: str,
        example: str = "",
        *,
        file: str = "procedure.toml",
        where: str = "",
        story: tuple[str, ...] = (),
    ) -> Fault:
        """A fault in a TOML file of the procedure, at the line of the key that `at` leads to."""
        path = self.folder / file
        line = _line(path.read_text(encoding="utf-8"), at) if at and path.exists() else 0
        return Fault(f"{self.slug}/{file}", line, where or _said(at), what, example, story)


Check = Callable[[Subject], Iterator[Fault]]


def _line(text: str, at: Sequence[int | str]) -> int:
    """Of the key; else of the first table of that name; else of the file, where it must be added."""
    return line_of(text, at) or line_of(text, [at[0], 0]) or 1


def _said(at: Sequence[int | str]) -> str:
    return "".join(f"[{part + 1}]" if isinstance(part, int) else f".{part}" for part in at).lstrip(".")
