"""A text that says nothing: no sign, blanks only, or signs that nobody sees (U+200B, U+FEFF…)."""

from collections.abc import Mapping
from functools import cache
from typing import Any

from domain.act_fields import fields_of
from domain.command import Command
from domain.invisible_signs import visible
from domain.refusals import Refused

WRITTEN = frozenset({"short", "long", "pieces"})
"""The kinds of what somebody writes to be read; `pieces` maps each piece to its reason."""


def is_blank(text: str) -> bool:
    """Whether nobody could read anything there."""
    return not visible(text)


def refuse_blank(command: Command) -> None:
    """What may be left empty is left empty, never filled with blanks: a letter would print them. Raises Refused."""
    kind: Any = type(command)  # mypy takes the hash of instances for that of the class
    for name in _written(kind):
        if any(text and is_blank(text) for text in _texts(getattr(command, name))):
            raise Refused(
                "evidence_missing" if name == "evidence" else "reasons_missing",
                "Un texte ne contient que des espaces : il ne dit rien.",
                what_to_do="Écrivez-le, ou laissez-le vide s'il est facultatif.",
            )


@cache
def _written(kind: type[Command]) -> tuple[str, ...]:
    asked = fields_of(kind, "agent", frozenset(), late=True)
    return tuple(each.name for each in asked if each.kind in WRITTEN)


def _texts(value: object) -> tuple[str, ...]:
    if isinstance(value, str):
        return (value,)
    return tuple(one for one in value.values() if isinstance(one, str)) if isinstance(value, Mapping) else ()
