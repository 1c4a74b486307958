"""A text that says nothing: no sign, blanks only, or signs that nobody sees (U+200B, U+FEFF…)."""

from collections.abc import Mapping
from dataclasses import fields

from domain.command import Command
from domain.invisible_signs import visible
from domain.refusals import Refused

TYPED = frozenset(
    {"reason", "reasons", "reasons_law", "reasons_fact", "text", "evidence", "initially", "to", "pieces"}
    | {"error", "instead", "request"}
)
"""The fields of commands that somebody writes to be read; `pieces` maps each piece to its reason."""


def is_blank(text: str) -> bool:
    """Whether nobody could read anything there."""
    return not visible(text)


def refuse_blank(command: Command) -> None:
    """What may be left empty is left empty, never filled with blanks: a letter would print them. Raises Refused."""
    for field in fields(command):
        if field.name in TYPED and any(text and is_blank(text) for text in _texts(getattr(command, field.name))):
            raise Refused(
                "evidence_missing" if field.name == "evidence" else "reasons_missing",
                "Un texte ne contient que des espaces : il ne dit rien.",
                what_to_do="Écrivez-le, ou laissez-le vide s'il est facultatif.",
            )


def _texts(value: object) -> tuple[str, ...]:
    if isinstance(value, str):
        return (value,)
    return tuple(one for one in value.values() if isinstance(one, str)) if isinstance(value, Mapping) else ()
