"""JSON read without the liberties of Python's parser: what a database or another reader would refuse is refused here.

RFC 8259 and 7493 (I-JSON): UTF-8, no NaN nor infinity, no repeated key, no U+0000 (PostgreSQL's text refuses it),
no control but tabs and line ends, no half character; 32 levels at most.
"""

import json
import math
import re
from collections import Counter
from typing import Any, Literal

Code = Literal[
    "malformed",
    "encoding",
    "not-finite",
    "out-of-range",
    "integer",
    "duplicate-key",
    "too-deep",
    "nul",
    "control",
    "surrogate",
]  # fmt: skip
Where = tuple[str | int, ...]

DEPTH = 32
DOCUMENT = "entrée standard"
_DIGITS = 17
# Strings are skipped whole; possessive quantifiers keep the scan linear whatever the input.
_STRUCTURE = re.compile(rb'"(?:[^"\\]|\\.)*+(?:"|\\?\Z)|[\[\]{}]', re.DOTALL)
# Without any of these, no value can be odd: most documents are spared the walk. Apart, each begins by so few characters
# that it is looked for four times as fast as all in one expression.
_SUSPECTS = tuple(
    re.compile(each)
    for each in (
        "NaN",
        "Infinity",
        r"\\(?:[bf]|u(?:00[01789]|[dD][89a-fA-F]))",
        r"[0-9](?:[eE]\+?[0-9]{3}|[0-9]{15})",
        r"[\x7f-\x9f]",
    )
)
# Line ends and tabs are text; the other controls are nothing that a person wrote, nor that a letter can print.
_CONTROLS = re.compile(r"[\x01-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")


class BadJson(ValueError):
    """A document that is not strict JSON: a code, where (when known), and a French sentence."""

    def __init__(self, code: Code, where: Where, sentence: str) -> None:
        super().__init__(sentence)
        self.code = code
        self.where = where
        self.sentence = sentence

    @property
    def field(self) -> str:
        """The place as a person writes it: `events[0].on`; the document itself when there is none."""
        steps = (f"[{one}]" if isinstance(one, int) else f".{_whole(one)[:60]}" for one in self.where)
        return "".join(steps).removeprefix(".") or DOCUMENT


class _Constant(float):
    """NaN or an infinity, as its name was written."""


class _LongInteger(float):
    """An integer too long to be one: only its size matters, and it is refused or judged too large."""


def strict_loads(document: bytes, *, largest: int | None = None) -> Any:
    """Parse one document; with `largest`, integers beyond ±`largest` are refused too. Raises BadJson."""
    _refuse_depth(document)
    try:
        text = document.decode("utf-8")
    except UnicodeDecodeError as error:
        raise BadJson("encoding", (), f"l'octet {error.start} n'est pas de l'UTF-8.") from error
    if "\x00" in text:
        raise _nul(())
    try:
        value = json.loads(text, object_pairs_hook=_object, parse_constant=_Constant, parse_int=_integer)
    except json.JSONDecodeError as error:
        place = f"(ligne {error.lineno}, colonne {error.colno})"
        raise BadJson("malformed", (), f"ce n'est pas du JSON {place}.") from error
    if any(suspect.search(text) for suspect in _SUSPECTS):
        _refuse_oddities(value, (), largest)
    return value


def shown(value: object) -> str:
    """A value as a sentence may quote it: JSON, one line, 60 characters at most."""
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 60 else f"{text[:59]}…"


def _refuse_depth(document: bytes) -> None:
    """Count the nesting without parsing, so that no parser recurses into a hostile document."""
    if document.count(b"[") + document.count(b"{") <= DEPTH:
        return  # it opens too little to be deep, as most do
    depth = 0
    for match in _STRUCTURE.finditer(document):
        sign = match.group()
        if sign in b"[{":
            depth += 1
        elif sign in b"]}":
            depth -= 1
        if depth > DEPTH:
            raise BadJson("too-deep", (), f"plus de {DEPTH} niveaux d'imbrication.")


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    value = dict(pairs)
    if len(value) != len(pairs):
        repeated = Counter(key for key, _ in pairs).most_common(1)[0][0]
        raise BadJson("duplicate-key", (repeated,), "ce champ est donné deux fois dans le même objet.")
    return value


def _integer(digits: str) -> int | float:
    return int(digits) if len(digits) <= _DIGITS else _LongInteger(digits)


def _refuse_oddities(value: Any, where: Where, largest: int | None) -> None:
    match value:
        case str():
            _refuse_characters(value, where)
        case float():
            _refuse_number(value, where, largest)
        case int():
            if largest is not None and abs(value) > largest:
                raise _too_large(where)
        case list():
            for index, item in enumerate(value):
                _refuse_oddities(item, (*where, index), largest)
        case dict():
            for key, item in value.items():
                _refuse_characters(key, where)
                _refuse_oddities(item, (*where, key), largest)


def _refuse_characters(text: str, where: Where) -> None:
    if "\x00" in text:
        raise _nul(where)
    if (control := _CONTROLS.search(text)) is not None:
        code = f"U+{ord(control[0]):04X}"
        raise BadJson("control", where, f"un texte contient un caractère de commande ({code}).")
    if any("\ud800" <= character <= "\udfff" for character in text):
        raise BadJson("surrogate", where, "un texte contient la moitié d'un caractère.")


def _refuse_number(value: float, where: Where, largest: int | None) -> None:
    if isinstance(value, _Constant):
        raise BadJson("not-finite", where, "NaN et l'infini ne sont pas des nombres JSON.")
    if isinstance(value, _LongInteger) and largest is not None:
        raise _too_large(where)
    if not math.isfinite(value):
        raise BadJson("out-of-range", where, "ce nombre est démesuré.")


def _nul(where: Where) -> BadJson:
    return BadJson("nul", where, "un texte contient le caractère nul.")


def _too_large(where: Where) -> BadJson:
    return BadJson("integer", where, "ce nombre entier dépasse 2^53.")


def _whole(text: str) -> str:
    return text.encode("utf-8", "replace").decode()
