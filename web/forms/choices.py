"""The answers that a question proposes, from its schema alone."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from catalogue.schemas import Schema
from domain.sentence import N_

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

    def among(self, values: list[Any]) -> bool:
        """Whether it is one of these values; 1 is not true."""
        return any(type(self.value) is type(one) and self.value == one for one in values)


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
