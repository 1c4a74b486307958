"""JSON read without the liberties of Python's parser (RFC 8259, RFC 7493)."""

from __future__ import annotations

import json
import re
from typing import Any

DEPTH = 32
_DIGITS = 17
# Strings are skipped whole; possessive quantifiers keep the scan linear whatever the input.
_STRUCTURE = re.compile(rb'"(?:[^"\\]|\\.)*+(?:"|\\?\Z)|[\[\]{}]', re.DOTALL)


class BadJson(ValueError):
    """A document that is not strict JSON: the field at fault when known, and a French sentence."""

    def __init__(self, field: str, sentence: str) -> None:
        super().__init__(sentence)
        self.field = field
        self.sentence = sentence


def strict_loads(document: bytes) -> Any:
    """Parse one document; refuses NaN, repeated keys, more than 32 levels, U+0000 and half characters.

    Raises BadJson.
    """
    _refuse_depth(document)
    try:
        text = document.decode("utf-8")
        value = json.loads(text, object_pairs_hook=_object, parse_constant=_constant, parse_int=_integer)
    except UnicodeDecodeError as error:
        raise BadJson("entrée standard", f"l'octet {error.start} n'est pas de l'UTF-8.") from error
    except json.JSONDecodeError as error:
        raise BadJson(
            "entrée standard", f"ce n'est pas du JSON (ligne {error.lineno}, colonne {error.colno})."
        ) from error
    _refuse_characters(value, "entrée standard")
    return value


def shown(value: object) -> str:
    """A value as a sentence may quote it: JSON, one line, 60 characters at most."""
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 60 else f"{text[:59]}…"


def _refuse_depth(document: bytes) -> None:
    depth = 0
    for match in _STRUCTURE.finditer(document):
        sign = match.group()
        if sign in b"[{":
            depth += 1
        elif sign in b"]}":
            depth -= 1
        if depth > DEPTH:
            raise BadJson("entrée standard", f"plus de {DEPTH} niveaux d'imbrication.")


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    value: dict[str, Any] = {}
    for key, item in pairs:
        _refuse_characters(key, "entrée standard")
        if key in value:
            raise BadJson(key[:60], "ce champ est donné deux fois dans le même objet.")
        value[key] = item
    return value


def _constant(name: str) -> Any:
    raise BadJson("entrée standard", f"{name} n'est pas un nombre JSON.")


def _integer(digits: str) -> int:
    if len(digits) > _DIGITS:
        raise BadJson("entrée standard", f"le nombre {digits[:20]}… est trop grand.")
    return int(digits)


def _refuse_characters(value: Any, field: str) -> None:
    if isinstance(value, str):
        if "\x00" in value or any("\ud800" <= character <= "\udfff" for character in value):
            raise BadJson(field, "un texte contient le caractère nul ou la moitié d'un caractère.")
    elif isinstance(value, list):
        for item in value:
            _refuse_characters(item, field)
    elif isinstance(value, dict):
        for key, item in value.items():
            _refuse_characters(item, key[:60])
