"""What is wrong with an answer, as a page says it: the form's own sentence, or one that speaks of what is on screen."""

from __future__ import annotations

from catalogue.forms import FieldError
from catalogue.schemas import Schema
from domain.worded import N_, Sentence, Translate
from web.forms.kinds import Kind
from web.forms.leaves import (
    INCOMPLETE_BIRTH,
    INCOMPLETE_DATE,
    NO_COMMUNE,
    NO_COMMUNE_ELSEWHERE,
    NO_SUCH_DAY,
    NOT_PROPOSED,
)
from web.forms.typed import MONEY
from web.forms.written import written

CHOOSE = N_("Choisissez une réponse.")
TICK = N_("Cochez cette case pour continuer.")
TICK_SOME = N_("Cochez davantage de réponses : au moins {limit}.")
ADD_SOME = N_("Il en faut au moins {limit} : appuyez sur « Ajouter ».")
COMMUNE_MISSING = N_("Écrivez le nom ou le code postal de la commune.")
MONEY_MISSING = N_("Écrivez un montant en euros ; 0 s'il n'y a rien.")
WITH_EXAMPLE = N_("Cette réponse n'a pas la forme attendue. Par exemple : {example}.")
MISSING: dict[Kind, str] = {
    "choice": CHOOSE, "checkboxes": TICK_SOME, "consent": TICK, "date": INCOMPLETE_DATE, "commune": COMMUNE_MISSING,
    "money": MONEY_MISSING,
}  # fmt: skip


def message(error: FieldError, kind: Kind, field: Schema, translate: Translate) -> str:
    """The sentence beside the question, in the reader's language."""
    return translate(_sentence(error, kind, field))


def _sentence(error: FieldError, kind: Kind, field: Schema) -> str:
    match error.code, kind:
        case ("required", _) if kind in MISSING:
            return Sentence(MISSING[kind], limit=1) if kind == "checkboxes" else _missing(kind, field)
        case "const" | "type", "consent":
            return TICK
        case "minItems", "checkboxes":
            return Sentence(TICK_SOME, limit=field.get("minItems", 1))
        case "minItems", "blocks":
            return Sentence(ADD_SOME, limit=field.get("minItems", 1))
        case "oneOf" | "enum" | "type", "choice":
            return NOT_PROPOSED
        case "format", "date":
            return NO_SUCH_DAY
        case "format", "money":
            return MONEY
        case "format", "commune":
            return NO_COMMUNE_ELSEWHERE if field["format"] == "commune" else NO_COMMUNE
        case "pattern", _ if field.get("examples"):
            return Sentence(WITH_EXAMPLE, example=written(field, field["examples"][0]))
        case _:
            return error.message


def _missing(kind: Kind, field: Schema) -> str:
    return INCOMPLETE_BIRTH if field.get("format") == "birth" else MISSING[kind]
