"""An act as somebody says it, alike in `cases.toml`, on the command line and in the API: when, its name, its data."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import UTC, date, datetime, time
from difflib import get_close_matches
from functools import cache
from typing import Any, get_args, get_type_hints

from pydantic import ValidationError
from pydantic_core import ErrorDetails, to_json

from domain.calendar import PARIS, Instant
from domain.command import Command
from domain.commands import COMMAND, COMMANDS
from domain.sentence import N_, Listed, Sentence, Verbatim

Where = tuple[str | int, ...]

YEARS = range(1900, 3000)
_WRITTEN = re.compile(r"\d{4}-\d{2}-\d{2}([Tt]\d{2}:\d{2}(:\d{2}(\.\d+)?)?([Zz]|[+-]\d{2}:?\d{2})?)?", re.ASCII)
_EXPECTED = {
    "missing": N_("ce champ est obligatoire pour cet acte."),
    "string_type": N_("il faut un texte."),
    "int_type": N_("il faut un nombre entier."),
    "bool_type": N_("il faut true ou false."),
    "tuple_type": N_("il faut une liste."),
    "dict_type": N_("il faut un objet."),
    "mapping_type": N_("il faut un objet."),
    "date_type": N_("il faut une date, par exemple 2027-03-01."),
    "date_parsing": N_("il faut une date, par exemple 2027-03-01."),
    "date_from_datetime_parsing": N_("il faut une date, par exemple 2027-03-01."),
    "date_from_datetime_inexact": N_("il faut une date sans heure, par exemple 2027-03-01."),
    "uuid_type": N_("il faut un identifiant (UUID)."),
    "uuid_parsing": N_("il faut un identifiant (UUID)."),
}


class Misdescribed(ValueError):
    """What was said cannot be read: where (`("then", 0, "act")`), and a French sentence."""

    def __init__(self, where: Where, sentence: str) -> None:
        self.where = where
        self.sentence = sentence
        super().__init__(self.told)

    @property
    def told(self) -> str:
        """The place, then the sentence."""
        return Listed((Verbatim(self.field), self.sentence), " : ") if self.where else self.sentence

    @property
    def field(self) -> str:
        """The place as a person writes it: `then[0].act`."""
        return "".join(f"[{one}]" if isinstance(one, int) else f".{one[:60]}" for one in self.where).removeprefix(".")

    def within(self, *outer: str | int) -> "Misdescribed":
        """The same, seen from further out."""
        return Misdescribed((*outer, *self.where), self.sentence)


@dataclass(frozen=True, slots=True, kw_only=True)
class ActDescription:
    """An act to come, as it was said; `data` may leave out what `domain.futures.least` can complete."""

    at: Instant
    act: str
    data: Mapping[str, Any] = field(default_factory=dict)


def instant(text: str) -> Instant:
    """`2026-11-30` is noon in Paris; a time without an offset is Paris time. Raises ValueError, in French."""
    try:
        moment = datetime.fromisoformat(text.upper()) if _WRITTEN.fullmatch(text) else None
    except ValueError:
        moment = None
    if moment is None or moment.year not in YEARS:
        unread = N_("« {text} » n'est ni une date (2027-03-01) ni un instant (2027-03-01T09:30, à l'heure de Paris).")
        raise ValueError(Sentence(unread, text=Verbatim(text[:40])))
    if len(text) == len("2026-11-30"):
        moment = datetime.combine(moment.date(), time(12))
    return (moment if moment.tzinfo else moment.replace(tzinfo=PARIS)).astimezone(UTC)


def refuse_unknown(act: str, data: Mapping[str, Any]) -> None:
    """Raises Misdescribed for an act that does not exist, or for a field that this act does not have."""
    if act not in COMMANDS:
        near = get_close_matches(act, COMMANDS, n=1)
        name, known = Verbatim(act[:60]), Verbatim(", ".join(sorted(COMMANDS)))
        raise Misdescribed(
            ("act",),
            Sentence("« {name} » n'est pas un acte ; vouliez-vous dire « {near} » ?", name=name, near=Verbatim(near[0]))
            if near
            else Sentence("« {name} » n'est pas un acte ; les actes sont : {known}.", name=name, known=known),
        )
    admitted = fields_of(act)
    unknown = next((name for name in data if name not in admitted), None)
    if unknown is not None:
        known = Verbatim(", ".join(sorted(admitted)))
        text = N_("l'acte « {act} » n'a pas ce champ ; il admet : {known}.")
        raise Misdescribed(("data", unknown), Sentence(text, act=Verbatim(act), known=known))


def fields_of(act: str) -> frozenset[str]:
    """The names of what an act may carry."""
    return frozenset(each.name for each in fields(COMMANDS[act]) if each.name != "kind")


def command_of(act: str, data: Mapping[str, Any]) -> Command:
    """The command of an act. Raises Misdescribed, naming the field, for what cannot be one."""
    refuse_unknown(act, data)
    given, hints = dict(data), _hints(act)
    for each in fields(COMMANDS[act]):
        if datetime in _types(hints[each.name]) and isinstance(given.get(each.name), str):
            given[each.name] = _moment(each.name, given[each.name])
    try:
        # As JSON, strictly: a text is not taken for a number, nor a number for a date.
        command = COMMAND.validate_json(to_json({**given, "kind": act}), strict=True)
    except ValidationError as invalid:
        raise _misdescribed(invalid.errors(include_url=False)[0]) from invalid
    _refuse_other_times(command)
    return command


@cache
def _hints(act: str) -> Mapping[str, Any]:
    return get_type_hints(COMMANDS[act])


def _types(hint: Any) -> tuple[Any, ...]:
    return get_args(hint) or (hint,)


def _moment(name: str, text: str) -> Instant:
    try:
        return instant(text)
    except ValueError as error:
        raise Misdescribed(("data", name), error.args[0]) from error


def _misdescribed(error: ErrorDetails) -> Misdescribed:
    _, *where = error["loc"]
    wanted = _EXPECTED.get(error["type"]) or N_("cette valeur n'est pas admise.")
    if error["type"] == "literal_error":
        expected = str(error["ctx"]["expected"])
        every = map(Verbatim, expected.replace(" or ", ", ").split(", "))
        expected = Listed(every, french=expected.replace(" or ", " ou "))
        wanted = Sentence("valeurs admises : {expected}.", expected=expected)
    return Misdescribed(("data", *where), wanted)


def _refuse_other_times(command: Command) -> None:
    """A date too far away to be reckoned with is a slip."""
    for each in fields(command):
        value = getattr(command, each.name)
        if isinstance(value, date) and value.year not in YEARS:
            years = Sentence("l'année doit aller de {first} à {last}.", first=YEARS[0], last=YEARS[-1])
            raise Misdescribed(("data", each.name), years)
