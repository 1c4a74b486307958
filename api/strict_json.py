"""Reading JSON without the liberties parsers take: what a database or another reader would refuse is refused here.

Refused, each with its own problem: bytes that are not UTF-8, NaN and infinities, numbers no double holds, integers
beyond ±2^53 (RFC 8259 §6), repeated keys, more than 32 levels, U+0000 (PostgreSQL's text refuses it), lone surrogates.
"""

from __future__ import annotations

import json
import math
import re
from collections import Counter
from typing import Any

from api import problem_types as types
from api.problems import FieldError, Problem, pointer

DEPTH = 32
LARGEST_INTEGER = 2**53

# Strings are skipped whole; possessive quantifiers keep the scan linear whatever the input.
_STRUCTURE = re.compile(rb'"(?:[^"\\]|\\.)*+(?:"|\\?\Z)|[\[\]{}]', re.DOTALL)
_SUSPECT_ESCAPE = re.compile(r"\\u(?:0000|[dD][89a-fA-F])")


def loads(body: bytes) -> object:
    """Parse one JSON document, or raise the Problem that says why not."""
    refuse_depth(body)
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError as error:
        raise Problem(
            types.JSON_ENCODING, f"L'octet {error.start} n'est pas de l'UTF-8. Envoyez le corps en UTF-8, sans BOM."
        ) from error
    if "\x00" in text:
        raise _nul(())
    try:
        value = json.loads(
            text, object_pairs_hook=_object, parse_constant=_constant, parse_int=_integer, parse_float=_float
        )
    except json.JSONDecodeError as error:
        raise Problem(
            types.JSON_MALFORMED,
            f"Erreur de syntaxe à la ligne {error.lineno}, colonne {error.colno}. Corrigez le JSON et renvoyez-le.",
        ) from error
    if _SUSPECT_ESCAPE.search(text):
        _refuse_characters(value, ())
    return value


def refuse_depth(body: bytes) -> None:
    """Count the nesting without parsing, so that no parser recurses into a hostile body."""
    depth = 0
    for match in _STRUCTURE.finditer(body):
        opened = match.group()
        if opened in b"[{":
            depth += 1
            if depth > DEPTH:
                raise Problem(
                    types.JSON_TOO_DEEP, f"Plus de {DEPTH} niveaux d'imbrication. Aucun formulaire n'en demande autant."
                )
        elif opened in b"]}":
            depth -= 1


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    value = dict(pairs)
    if len(value) != len(pairs):
        repeated = Counter(key for key, _ in pairs).most_common(1)[0][0]
        shown = repeated.encode("utf-8", "replace").decode()[:80]
        raise Problem(
            types.JSON_DUPLICATE_KEY,
            f"La clé « {shown} » apparaît deux fois dans le même objet : on ne sait pas quelle valeur retenir.",
        )
    return value


def _constant(name: str) -> object:
    raise Problem(types.JSON_NOT_FINITE, f"{name} n'est pas un nombre JSON (RFC 8259). Omettez la valeur ou donnez-la.")


def _integer(digits: str) -> int:
    if len(digits) > 17 or abs(int(digits)) > LARGEST_INTEGER:
        raise Problem(
            types.JSON_INTEGER,
            f"L'entier {digits[:20]}{'…' if len(digits) > 20 else ''} dépasse 2^53. Envoyez-le comme un texte.",
        )
    return int(digits)


def _float(digits: str) -> float:
    value = float(digits)
    if math.isinf(value):
        raise Problem(types.JSON_FLOAT, f"Le nombre {digits[:20]} dépasse ce qu'un double peut contenir.")
    return value


def _refuse_characters(value: object, where: tuple[str | int, ...]) -> None:
    if isinstance(value, str):
        if "\x00" in value:
            raise _nul(where)
        if any("\ud800" <= character <= "\udfff" for character in value):
            raise Problem(
                types.JSON_SURROGATE,
                "Un texte contient la moitié d'un caractère (surrogate isolé). Renvoyez le caractère entier.",
                (FieldError(_shown(where), "lone_surrogate", "Caractère incomplet."),),
            )
    elif isinstance(value, list):
        for index, item in enumerate(value):
            _refuse_characters(item, (*where, index))
    elif isinstance(value, dict):
        for key, item in value.items():
            _refuse_characters(key, where)
            _refuse_characters(item, (*where, key))


def _nul(where: tuple[str | int, ...]) -> Problem:
    return Problem(
        types.JSON_NUL,
        "Un texte contient le caractère nul (U+0000), qui ne peut pas être conservé. Retirez-le.",
        (FieldError(_shown(where), "nul_character", "Caractère nul."),),
    )


def _shown(where: tuple[str | int, ...]) -> str:
    return pointer(where).encode("utf-8", "replace").decode()
