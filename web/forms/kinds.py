"""How a question is answered: its kind and its choices, from its schema alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from catalogue.schemas import Schema, resolved
from domain.worded import N_

Kind = Literal[
    "group", "blocks", "checkboxes", "lines", "consent", "choice", "date", "money", "integer", "commune", "document",
    "computed", "text",
]  # fmt: skip
OF_FORMAT: Mapping[str, Kind] = {
    "date": "date",
    "birth": "date",
    "money": "money",
    "document": "document",
    "commune": "commune",
    "departement-commune": "commune",
}
YES, NO = N_("Oui"), N_("Non")


@dataclass(frozen=True, slots=True)
class Choice:
    """One of the answers proposed: its value, and its French title."""

    value: Any
    title: str

    @property
    def posted(self) -> str:
        """How it travels in a posted form."""
        return str(self.value).lower() if isinstance(self.value, bool) else str(self.value)


def kind_of(field: Schema, root: Schema) -> Kind:
    """The kind of a question whose `$ref` is read."""
    if field.get("readOnly"):
        return "computed"
    if "const" in field:
        return "consent"
    if choices_of(field):
        return "choice"
    match field.get("type"):
        case "object":
            return "group"
        case "array":
            return _list_kind(resolved(field.get("items", {}), root))
        case "integer":
            return "integer"
        case _:
            return OF_FORMAT.get(str(field.get("format")), "text")


def _list_kind(items: Schema) -> Kind:
    if items.get("type") == "object" or "properties" in items:
        return "blocks"
    return "checkboxes" if choices_of(items) else "lines"


def choices_of(field: Schema) -> tuple[Choice, ...]:
    """The answers proposed, in their order, as conditions narrow them; none for an open question."""
    titled = [each for each in field.get("oneOf", ()) if isinstance(each, Mapping) and "const" in each]
    known = tuple(Choice(each["const"], str(each.get("title", each["const"]))) for each in titled)
    if "enum" in field:
        admitted: list[Any] = field["enum"]
        return tuple(each for each in known if each.value in admitted) if known else tuple(
            Choice(value, str(value)) for value in admitted
        )  # fmt: skip
    if not known and field.get("type") == "boolean" and "const" not in field:
        return (Choice(True, YES), Choice(False, NO))
    return known
