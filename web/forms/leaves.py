"""One question read from what was posted: a text, a day, a commune, a choice."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Self

from catalogue.forms import FieldError
from catalogue.schemas import Schema, resolved
from domain.worded import N_
from web.forms.communes import Communes
from web.forms.dates import day_said
from web.forms.kinds import Kind, choices_of
from web.forms.posted import Inputs
from web.forms.typed import Unreadable, answer, clean

MISSING: Any = object()
DAY, MONTH, YEAR = ".day", ".month", ".year"
CHOICE = ".choice"
CONFIRMED, ASKED = ".confirmed", ".asked"
INCOMPLETE_BIRTH = N_(
    "Écrivez le jour, le mois et l'année, par exemple 27 3 1948 ; l'année seule si le jour n'est pas connu."
)
INCOMPLETE_DATE = N_("Écrivez le jour, le mois et l'année de cette date, par exemple 27 3 1948.")
SHORT_YEAR = N_("Écrivez l'année avec ses quatre chiffres, par exemple 1948.")
NO_SUCH_DAY = N_("Cette date n'existe pas : vérifiez le jour, le mois et l'année.")
NO_COMMUNE = N_("Aucune commune du département ne porte ce nom ou ce code postal. Vérifiez ce que vous avez écrit.")
NO_COMMUNE_ELSEWHERE = N_(
    "Nous ne trouvons aucune commune de France de ce nom ou de ce code postal. Vérifiez ce que vous avez écrit."
)
SEVERAL_COMMUNES = N_("Plusieurs communes correspondent : choisissez la bonne.")
NOT_PROPOSED = N_("Choisissez une des réponses proposées.")


@dataclass(frozen=True, slots=True)
class Found:
    """What was read of a question or of a group: its value, what is wrong, what was typed, what has just opened.

    `confirmed` names the days that the person maintains, however odd.
    """

    value: Any = MISSING
    errors: tuple[FieldError, ...] = ()
    typed: Mapping[str, str] = field(default_factory=dict)
    opened: tuple[str, ...] = ()
    confirmed: tuple[str, ...] = ()

    @classmethod
    def together(cls, parts: Iterable[Self], *, value: Any) -> Self:
        """What was read of several questions, under the value of their group."""
        every = list(parts)
        return cls(
            value,
            errors=tuple(error for each in every for error in each.errors),
            typed={name: text for each in every for name, text in each.typed.items()},
            opened=tuple(name for each in every for name in each.opened),
            confirmed=tuple(name for each in every for name in each.confirmed),
        )

    @property
    def says_something(self) -> bool:
        """Whether anything was answered, or typed."""
        return bool(self.errors) or not _empty(self.value)


def _empty(value: Any) -> bool:
    if isinstance(value, Mapping):
        return all(map(_empty, value.values()))
    return all(map(_empty, value)) if isinstance(value, list) else value is MISSING


class Leaves:
    """Reads the questions of a page that hold one answer each."""

    def __init__(self, inputs: Inputs, root: Schema, communes: Communes) -> None:
        self._inputs = inputs
        self._root = root
        self._communes = communes

    def read(self, kind: Kind, schema: Schema, source: str, target: str, before: Any, *, required: bool) -> Found:
        """The answer posted under the name `source`; its errors are told under `target`."""
        match kind:
            case "computed":
                return Found()
            case "checkboxes" | "lines":
                return self._list(kind, schema, source, before, required=required)
            case "consent":
                return Found(schema["const"]) if self._inputs.one(source) else Found()
            case "choice":
                return self._choice(schema, source, target)
            case "date":
                return self._date(schema, source, target, before)
            case "commune":
                return self._commune(schema, source, target, before)
            case _:
                return self._text(schema, source, target, before)

    def _text(self, schema: Schema, source: str, target: str, before: Any) -> Found:
        typed = clean(self._inputs.one(source))
        if not typed:
            return Found()
        try:
            return Found(answer(schema, typed, before))
        except Unreadable as bad:
            return _unreadable(target, bad.code, bad.sentence, {target: typed})

    def _choice(self, schema: Schema, source: str, target: str) -> Found:
        posted = self._inputs.one(source)
        chosen = [each.value for each in choices_of(schema) if each.posted == posted]
        if chosen or not posted:
            return Found(chosen[0]) if chosen else Found()
        # An answer to another question may have taken this one off the list: it is asked again, that is no fault.
        if any(each.posted == posted for each in choices_of({**schema, "enum": _every(schema)})):
            return Found(opened=(target,))
        return _unreadable(target, "enum", NOT_PROPOSED, {})

    def _list(self, kind: Kind, schema: Schema, source: str, before: Any, *, required: bool) -> Found:
        posted = self._inputs.all(source)
        if kind == "checkboxes":
            known = choices_of(resolved(schema["items"], self._root))
            value: list[Any] = [each.value for each in known if each.posted in posted]
        else:
            value = [line for text in posted for line in map(clean, clean(text).split("\n")) if line]
        if isinstance(before, list) and sorted(map(str, before)) == sorted(map(str, value)) and kind == "checkboxes":
            value = before
        return Found(value) if value or required else Found()

    def _date(self, schema: Schema, source: str, target: str, before: Any) -> Found:
        parts = {suffix: clean(self._inputs.one(source + suffix)) for suffix in (DAY, MONTH, YEAR)}
        birth = schema["format"] == "birth"
        if not any(parts.values()):
            return Found()
        if read := day_said(parts[DAY], parts[MONTH], parts[YEAR], partly=birth):
            return Found(read, confirmed=(target,) if self._maintained(source, read, before) else ())
        typed = {target + suffix: text for suffix, text in parts.items()}
        if not all(parts.values()):
            return _unreadable(target, "date", INCOMPLETE_BIRTH if birth else INCOMPLETE_DATE, typed)
        short = parts[YEAR].isdigit() and len(parts[YEAR]) != 4
        return _unreadable(target, "date", SHORT_YEAR if short else NO_SUCH_DAY, typed)

    def _maintained(self, source: str, read: str, before: Any) -> bool:
        """Whether the person says that a day is right: the box that asked is ticked, or it was kept without a doubt."""
        return self._inputs.one(source + CONFIRMED) == read or (before == read and not self._inputs.one(source + ASKED))

    def _commune(self, schema: Schema, source: str, target: str, before: Any) -> Found:
        typed, elsewhere = clean(self._inputs.one(source)), schema["format"] == "commune"
        if not typed:
            return Found()
        if isinstance(before, str) and typed == self._communes.name(before):
            return Found(before)
        candidates = self._communes.candidates(typed, elsewhere=elsewhere)
        chosen = [each for each in candidates if each.insee == self._inputs.one(source + CHOICE)] or candidates
        if len(chosen) == 1:
            return Found(chosen[0].insee)
        none = NO_COMMUNE_ELSEWHERE if elsewhere else NO_COMMUNE
        return _unreadable(target, "commune", SEVERAL_COMMUNES if chosen else none, {target: typed})


def _every(schema: Schema) -> list[Any]:
    return [each["const"] for each in schema.get("oneOf", ()) if isinstance(each, Mapping) and "const" in each]


def _unreadable(target: str, code: str, sentence: str, typed: Mapping[str, str]) -> Found:
    pointer = "/" + target.replace(".", "/")
    return Found(errors=(FieldError(pointer=pointer, code=code, message=sentence),), typed=typed)
