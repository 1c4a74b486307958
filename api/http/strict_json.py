"""JSON bodies read strictly (`domain/strict_json.py`), each fault with its own problem."""

from api.http import problem_types as types
from api.http.problem_types import ProblemType
from api.http.problems import FieldError, Problem, pointer
from domain.strict_json import BadJson, Code, strict_loads

LARGEST_INTEGER = 2**53
"""Beyond, readers that hold numbers as doubles would not agree (RFC 8259 §6)."""

TYPES: dict[Code, tuple[ProblemType, str]] = {
    "malformed": (types.JSON_MALFORMED, "Corrigez le JSON et renvoyez-le."),
    "encoding": (types.JSON_ENCODING, "Envoyez le corps en UTF-8, sans BOM."),
    "not-finite": (types.JSON_NOT_FINITE, "Omettez la valeur, ou donnez-la."),
    "out-of-range": (types.JSON_FLOAT, "Donnez un nombre qu'un double peut contenir."),
    "integer": (types.JSON_INTEGER, "Envoyez-le comme un texte."),
    "duplicate-key": (types.JSON_DUPLICATE_KEY, "On ne sait pas quelle valeur retenir : n'en gardez qu'une."),
    "too-deep": (types.JSON_TOO_DEEP, "Aucun formulaire n'en demande autant."),
    "nul": (types.JSON_NUL, "Retirez-le : il ne peut pas être conservé."),
    "control": (types.JSON_CONTROL, "Retirez-le : seuls les tabulations et les retours à la ligne sont du texte."),
    "surrogate": (types.JSON_SURROGATE, "Renvoyez le caractère entier."),
}


def loads(body: bytes) -> object:
    """Parse one JSON document, or raise the Problem that says why not."""
    try:
        value: object = strict_loads(body, largest=LARGEST_INTEGER)
    except BadJson as bad:
        kind, what_to_do = TYPES[bad.code]
        sentence = f"« {bad.field} » : {bad.sentence}" if bad.where else bad.sentence[:1].upper() + bad.sentence[1:]
        where = pointer(bad.where).encode("utf-8", "replace").decode()
        errors = (FieldError(where, bad.code, sentence),) if bad.where else ()
        raise Problem(kind, f"{sentence} {what_to_do}", errors) from bad
    return value
