"""JSON read without the liberties of Python's parser (RFC 8259, RFC 7493)."""

from __future__ import annotations

import json
import math
import re
from typing import Any

DEPTH = 32
DOCUMENT = "entrée standard"
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
        value = json.loads(text, object_pairs_hook=_object, parse_int=_integer)
    except UnicodeDecodeError as error:
        raise BadJson(DOCUMENT, f"l'octet {error.start} n'est pas de l'UTF-8.") from error
    except json.JSONDecodeError as error:
        raise BadJson(DOCUMENT, f"ce n'est pas du JSON (ligne {error.lineno}, colonne {error.colno}).") from error
    _refuse_oddities(value, "")
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
            raise BadJson(DOCUMENT, f"plus de {DEPTH} niveaux d'imbrication.")


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    value: dict[str, Any] = {}
    for key, item in pairs:
        _refuse_oddities(key, "")
        if key in value:
            raise BadJson(key[:60], "ce champ est donné deux fois dans le même objet.")
        value[key] = item
    return value


def _integer(digits: str) -> int | float:
    return int(digits) if len(digits) <= _DIGITS else float(digits)


def _refuse_oddities(value: Any, place: str) -> None:
    if isinstance(value, str):
        if "\x00" in value or any("\ud800" <= character <= "\udfff" for character in value):
            raise BadJson(place or DOCUMENT, "un texte contient le caractère nul ou la moitié d'un caractère.")
    elif isinstance(value, float):
        if not math.isfinite(value):
            raise BadJson(place or DOCUMENT, "NaN, l'infini ou un nombre démesuré n'est pas un nombre JSON.")
    elif isinstance(value, list):
        for index, item in enumerate(value):
            _refuse_oddities(item, f"{place}[{index}]")
    elif isinstance(value, dict):
        for key, item in value.items():
            _refuse_oddities(item, f"{place}.{key[:60]}" if place else key[:60])
