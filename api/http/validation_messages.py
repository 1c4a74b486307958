"""What pydantic refuses, said in French, with a JSON pointer to where."""

from collections.abc import Mapping
from typing import Any

from api.http.problems import FieldError, pointer
from domain.sentence import Sentence, Verbatim

MESSAGES = {
    "missing": "Ce champ est obligatoire.",
    "extra_forbidden": "Ce champ n'existe pas ici. Retirez-le.",
    "string_type": "Un texte est attendu.",
    "string_too_short": "Trop court : au moins {min_length} en nombre de caractères.",
    "string_too_long": "Au plus {max_length} caractères.",
    "string_pattern_mismatch": "La forme attendue est {pattern}.",
    "bool_type": "Vrai ou faux est attendu (true ou false).",
    "bool_parsing": "Vrai ou faux est attendu (true ou false).",
    "int_type": "Un nombre entier est attendu.",
    "int_parsing": "Un nombre entier est attendu.",
    "int_from_float": "Un nombre entier est attendu.",
    "float_type": "Un nombre est attendu.",
    "float_parsing": "Un nombre est attendu.",
    "decimal_parsing": "Un montant est attendu, par exemple « 900.00 ».",
    "decimal_type": "Un montant est attendu, par exemple « 900.00 ».",
    "greater_than": "Une valeur supérieure à {gt} est attendue.",
    "greater_than_equal": "Une valeur d'au moins {ge} est attendue.",
    "less_than": "Une valeur inférieure à {lt} est attendue.",
    "less_than_equal": "Une valeur d'au plus {le} est attendue.",
    "uuid_parsing": "Un identifiant (UUID) est attendu.",
    "uuid_type": "Un identifiant (UUID) est attendu.",
    "date_type": "Une date est attendue, par exemple « 2026-11-23 ».",
    "date_parsing": "Une date est attendue, par exemple « 2026-11-23 ».",
    "date_from_datetime_parsing": "Une date est attendue, par exemple « 2026-11-23 ».",
    "date_from_datetime_inexact": "Une date sans heure est attendue.",
    "datetime_type": "Une date et une heure sont attendues, par exemple « 2026-11-23T10:00:00+01:00 ».",
    "datetime_parsing": "Une date et une heure sont attendues, par exemple « 2026-11-23T10:00:00+01:00 ».",
    "datetime_from_date_parsing": "Une date et une heure sont attendues, par exemple « 2026-11-23T10:00:00+01:00 ».",
    "timezone_aware": "L'heure doit porter son fuseau, par exemple « +01:00 ».",
    "list_type": "Une liste est attendue.",
    "too_short": "Trop peu d'éléments : au moins {min_length}.",
    "too_long": "Au plus {max_length} éléments.",
    "dict_type": "Un objet est attendu.",
    "model_type": "Un objet est attendu.",
    "model_attributes_type": "Un objet JSON est attendu.",
    "literal_error": "Valeurs admises : {expected}.",
    "enum": "Valeurs admises : {expected}.",
    "union_tag_not_found": "Le champ {discriminator} est obligatoire.",
    "union_tag_invalid": "Valeurs admises : {expected_tags}.",
    "none_required": "Aucune valeur n'est attendue ici (null).",
}


ANOTHER = "Cette valeur n'est pas admise."
ADDRESS = "Une adresse électronique est attendue, par exemple « anna@exemple.fr »."


def field_error(error: Mapping[str, Any]) -> FieldError:
    """One pydantic error as the API says it; an unlisted kind keeps its code and a general sentence."""
    code = str(error["type"])
    return FieldError(_pointer(tuple(error["loc"])), code, _message(code, error))


def _message(code: str, error: Mapping[str, Any]) -> str:
    context = error.get("ctx", {})
    if code == "value_error" and "reason" in context:
        return ADDRESS  # pydantic's own check of an e-mail address, which speaks English
    if code == "value_error":
        why = context.get("error")
        return why.args[0] if isinstance(why, ValueError) and why.args else ANOTHER
    said = {name: Verbatim(str(value).replace("' or '", "' ou '")) for name, value in context.items()}
    try:
        return Sentence(MESSAGES.get(code, ANOTHER), **said)
    except KeyError:
        return ANOTHER


def _pointer(location: tuple[str | int, ...]) -> str:
    where, *rest = location or ("body",)
    return pointer(rest) if where == "body" else f"#{where}{pointer(rest)}"
