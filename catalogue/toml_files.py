"""Reads a TOML file against a pydantic model: every fault has its line, its reason and a right example."""

import json
import re
import tomllib
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from difflib import get_close_matches
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError
from pydantic_core import ErrorDetails

from catalogue.errors import CatalogueError, Fault, meant
from catalogue.toml_lines import line_of
from domain.sentence import N_, Listed, Sentence, Verbatim

EXAMPLES = {
    "delay": "delay = { months = 2 }",
    "start": 'start = "complete"',
    "silence": 'silence = "rejection"',
    "stopped_by": 'stopped_by = "decision"',
    "reference": 'reference = ["CRPA L231-4"]',
    "kind": 'kind = "completeness"',
    "who": 'who = ["resident", "mediator", "system"]',
    "ask_within": "ask_within = { days = 15 }",
    "answer_within": "answer_within = { days = 10 }",
    "within": "within = { months = 2, franc = true }",
    "confidence": 'confidence = "B"',
    "outcomes": '[[outcomes]] puis key = "accord", title = "Accord", favourable = true',
    "steps": '[[steps]] puis kind = "decision"',
    "retention": '[retention] puis keep = { years = 10 }, reference = "…", confidence = "C"',
    "clock": '[clock] puis start = "complete", delay = { months = 2 }, silence = "rejection"',
    "required": "required = true",
    "favourable": "favourable = true",
    "from": "from = 2026-01-01",
    "in_force_from": "in_force_from = 2027-01-01",
    "value": 'value = "1288.13"',
    "expect": '[[cases.expect]] puis on = 2027-03-01, status = "refused"',
}
KINDS = {
    "string_type": N_("il faut un texte entre guillemets."),
    "int_type": N_("il faut un nombre entier."),
    "bool_type": N_("il faut true ou false."),
    "tuple_type": N_("il faut une liste entre crochets."),
    "dict_type": N_("il faut une table."),
    "dataclass_type": N_("il faut une table."),
    "model_type": N_("il faut une table."),
    "date_type": N_("il faut une date (AAAA-MM-JJ)."),
    "date_parsing": N_("il faut une date (AAAA-MM-JJ)."),
    "date_from_datetime_parsing": N_("il faut une date (AAAA-MM-JJ)."),
    "uuid_parsing": N_("il faut un identifiant UUID."),
    "decimal_parsing": N_("il faut un nombre écrit entre guillemets."),
    "too_short": N_("la liste est trop courte."),
    "string_too_short": N_("le texte est vide."),
}


class Strict(BaseModel):
    """A table of a published file: nothing unknown, nothing guessed."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


Model = TypeVar("Model", bound=BaseModel)


def read_toml(path: Path, model: type[Model]) -> Model:
    """The file as a `model`. Raises CatalogueError with every fault found."""
    name = f"{path.parent.name}/{path.name}"
    try:
        text = path.read_text(encoding="utf-8")
        data = tomllib.loads(text)
    except FileNotFoundError as missing:
        raise CatalogueError(
            (Fault(name, 0, "", N_("le fichier n'existe pas."), "guichet procedure new"),)
        ) from missing
    except UnicodeDecodeError as bad:
        raise CatalogueError(
            (Fault(name, 0, "", N_("le fichier n'est pas écrit en UTF-8."), "iconv -t UTF-8"),)
        ) from bad
    except tomllib.TOMLDecodeError as bad:
        raise CatalogueError((_not_toml(name, bad),)) from bad
    try:
        # Pydantic carries `extra="forbid"` into the domain's dataclasses: a mistyped key is refused at any depth.
        return model.model_validate_json(json.dumps(data, default=_json))
    except ValidationError as invalid:
        known = _names(model)
        faults = tuple(_fault(name, text, error, _place(error["loc"], data), known) for error in invalid.errors())
        raise CatalogueError(faults) from invalid


def _not_toml(name: str, bad: tomllib.TOMLDecodeError) -> Fault:
    line = re.search(r"at line (\d+)", str(bad))
    what = Sentence("ce n'est pas du TOML ({bad}).", bad=bad)
    return Fault(name, int(line.group(1)) if line else 0, "", what, N_('une ligne comme title = "Le titre"'))


def _json(value: object) -> str:
    if isinstance(value, datetime | date):
        return value.isoformat()
    raise TypeError(value)


def _place(loc: Sequence[int | str], data: Any) -> tuple[int | str, ...]:
    """`loc` as the file has it: pydantic adds the kind of a step after its index."""
    place: list[int | str] = []
    for part in loc:
        if isinstance(data, dict) and part == data.get("kind") and part not in data:
            continue
        place.append(part)
        found = isinstance(data, list) and isinstance(part, int) and part < len(data)
        data = data[part] if found else data.get(part) if isinstance(data, dict) else None
    return tuple(place)


def _fault(name: str, text: str, error: ErrorDetails, loc: tuple[int | str, ...], known: frozenset[str]) -> Fault:
    key = next((part for part in reversed(loc) if isinstance(part, str)), "")
    return Fault(name, line_of(text, loc) or 1, _where(loc), _what(error, key, known), _right(name, key, known))


def _right(name: str, key: str, known: frozenset[str]) -> str:
    """An example for that word, or for the one that was meant; else where such a file is right."""
    close = next((each for each in get_close_matches(key, known, n=3) if each in EXAMPLES), key)
    return EXAMPLES.get(close) or Sentence(
        "comme dans procedures/acces-documents/{name}", name=Verbatim(name.rpartition("/")[2])
    )


def _where(loc: Sequence[int | str]) -> str:
    return "".join(f"[{part + 1}]" if isinstance(part, int) else f".{part}" for part in loc).lstrip(".")


def _what(error: ErrorDetails, key: str, known: frozenset[str]) -> str:
    kind, context = error["type"], error.get("ctx", {})
    match kind:
        case "extra_forbidden" | "unexpected_keyword_argument":
            close = get_close_matches(key, known - {key}, n=1)
            what = Sentence("le mot « {key} » n'est pas connu ici : il serait ignoré.", key=Verbatim(key))
            return Listed((what, *map(meant, close)), " ")
        case "missing":
            return Sentence("il manque « {key} ».", key=key)
        case "literal_error" | "union_tag_invalid":
            expected = str(context.get("expected") or context.get("expected_tags")).replace(" or ", ", ")
            given = error["input"] if kind == "literal_error" else context.get("tag")
            return Sentence("« {given} » n'est pas admis ; il faut {expected}.", given=given, expected=expected)
        case "union_tag_not_found":
            return N_("il manque « kind », qui dit de quelle sorte il s'agit.")
        case "value_error":
            return _reason(context)
        case _:
            return KINDS.get(kind) or f"{error['msg']}."


def _reason(context: Mapping[str, Any]) -> str:
    reason = str(context.get("error", ""))
    if "a delay has exactly one unit" in reason:
        return N_("un délai a une seule unité (days, working_days, months ou years) et un nombre positif.")
    return f"{reason.rstrip('.')}." if reason else N_("la valeur n'est pas admise.")


def _names(model: type[BaseModel]) -> frozenset[str]:
    """Every key that the model's JSON schema knows, at any depth."""
    found: set[str] = set()
    _collect(model.model_json_schema(), found)
    return frozenset(found)


def _collect(schema: Any, found: set[str]) -> None:
    if isinstance(schema, dict):
        properties = schema.get("properties")
        if isinstance(properties, dict):
            found.update(properties)
        for value in schema.values():
            _collect(value, found)
    elif isinstance(schema, list):
        for value in schema:
            _collect(value, found)
