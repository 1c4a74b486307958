"""The acts that agents do, each with what it asks (`domain/act_fields.py`), drawn and read alike.

An act has its page, its fields and their words by its command alone.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from starlette.datastructures import FormData

from api.agents.acts import ACTS
from api.agents.acts import Act as Doing
from domain.act_fields import Field
from web.site.asked import read

PREFIX = "acte_"
"""Before the name of each input: the forms of steps have names of their own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """An act, as its page asks it."""

    doing: Doing

    @property
    def name(self) -> str:
        """As in the API."""
        return self.doing.name

    @property
    def fields(self) -> tuple[Field, ...]:
        """What it asks."""
        return self.doing.fields

    @property
    def plain(self) -> tuple[Field, ...]:
        """The fields asked one by one: neither what dates a late fact, nor what follows a form."""
        return tuple(one for one in self.fields if not one.dates and one.kind != "content")

    @property
    def late(self) -> tuple[Field, ...]:
        """The fields that date a fact after it happened."""
        return tuple(one for one in self.fields if one.dates)

    @property
    def dated(self) -> bool:
        """Whether it never goes without a date of its own."""
        return any(one.required for one in self.late)

    @property
    def content(self) -> str:
        """The name of the field that follows a form; empty without one."""
        return next((one.name for one in self.fields if one.kind == "content"), "")

    def label(self, name: str) -> str:
        """What a field asks; its own name when it says nothing."""
        return next((one.says.label for one in self.fields if one.name == name), "") or name

    def read(self, form: FormData) -> dict[str, Any]:
        """What was posted, without what was left empty and without the content of its form."""
        found = {one.name: read(one, form, input_of(one)) for one in (*self.plain, *self.late)}
        return {name: value for name, value in found.items() if value is not None}


EVERY: Mapping[str, Act] = {name: Act(doing=doing) for name, doing in ACTS.items()}
"""Every act that agents do on a dossier, by its name."""


def input_of(field: Field) -> str:
    """The name and the id of its input."""
    return PREFIX + field.name
