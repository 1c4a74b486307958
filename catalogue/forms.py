"""Forms: JSON Schema 2020-12, checked by `jsonschema` when published, validated by `jsonschema-rs` when filled in."""

import copy
import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

import jsonschema_rs

from catalogue import extensions, plausibility
from catalogue.computations import Computed
from catalogue.departement import ROOT
from catalogue.formats import format_of
from catalogue.validator import validator
from domain.calendar import civil
from domain.invisible_signs import cleaned
from domain.plan import Plan
from domain.sentence import N_, Sentence

FORMS = ROOT / "forms_schemas"
UNKNOWN_FIELD = N_("Ce champ n'est pas connu du formulaire.")
NOT_ADMITTED = N_("Cette réponse n'est pas admise.")
EMPTY = N_("Ce champ est vide.")
COMPUTED = N_("Ce champ se calcule à partir de vos autres réponses : laissez-le vide, ou écrivez {value}.")
NOT_COMPUTED = N_("Ce champ se calcule à partir de vos autres réponses : laissez-le vide.")
MESSAGES = {
    "required": N_("Répondez à cette question."),
    "additionalProperties": UNKNOWN_FIELD,
    "unevaluatedProperties": UNKNOWN_FIELD,
    "minLength": N_("Écrivez au moins {limit} caractères."),
    "maxLength": N_("Écrivez {limit} caractères au plus."),
    "minimum": N_("Le plus petit nombre admis est {limit}."),
    "maximum": N_("Le plus grand nombre admis est {limit}."),
    "minItems": N_("Le nombre d'éléments est trop petit : il en faut au moins {limit}."),
    "maxItems": N_("Le nombre d'éléments est trop grand : {limit} au plus."),
    "uniqueItems": N_("Le même choix figure deux fois."),
    "oneOf": N_("Choisissez une des réponses proposées."),
    "enum": N_("Choisissez une des réponses proposées."),
    "const": N_("Cette case doit être cochée."),
    "pattern": N_("Cette réponse n'a pas la forme attendue."),
    "type": N_("Cette réponse n'est pas du bon type."),
}


UNANSWERED = frozenset({"required", "minItems"})
"""Codes of what is not answered yet: a draft is saved without, and a paper may leave it blank."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldError:
    """What is wrong with one field, or advised: its JSON pointer, a stable code, a French sentence.

    The sentence is a `Sentence` wherever something fills it in, so that pages can say it in the reader's language.
    """

    pointer: str
    code: str
    message: str


class Form:
    """A published form, or the form of a step or of a decision; its top-level objects are its pages.

    What it judges, and what `completed` gives to be kept, is what people see of it (`domain/invisible_signs.py`).
    """

    def __init__(self, schema: Mapping[str, Any]) -> None:
        self.schema = schema

    @property
    def pages(self) -> tuple[str, ...]:
        """The pages, in order."""
        return tuple(self.schema.get("properties", {}))

    def errors(self, data: Any, on: date | None = None) -> tuple[FieldError, ...]:
        """What is wrong with the whole form as it is written on the day `on`; nothing when it may be filed."""
        seen = cleaned(data)
        return (*_errors(self._whole, seen, ""), *_miscounted(self.computed, seen), *self._absurd(seen, on))

    def page_errors(self, page: str, data: Any, on: date | None = None) -> tuple[FieldError, ...]:
        """What is wrong with one page. Raises KeyError for a page that the form does not have."""
        wrong = _errors(self._pages[page], seen := cleaned(data), f"/{page}")
        here, whole = (each for each in self.computed if each.page == page), {page: seen}
        return (*wrong, *_miscounted(here, whole), *self._absurd(whole, on))

    def warnings(self, data: Any, on: date | None = None) -> tuple[FieldError, ...]:
        """What it would be better to answer, or to look at again; it never prevents anybody from filing."""
        seen = cleaned(data)
        found = extensions.unanswered(self.schema, seen, self.schema) if self._recommends else ()
        return (
            *(FieldError(pointer=pointer, code="recommended", message=said) for pointer, said in found),
            *_told(plausibility.unlikely(self._rules, seen, on or today())),
        )

    def _absurd(self, data: Any, on: date | None) -> tuple[FieldError, ...]:
        return _told(plausibility.absurd(self._rules, data, on or today())) if self._rules else ()

    def completed(self, data: dict[str, Any]) -> dict[str, Any]:
        """`data` as it is kept, with its computed fields as they are; those that people sent are replaced."""
        whole: dict[str, Any] = cleaned(data)
        if not self.computed:
            return whole
        whole = self.uncomputed(whole)
        for each in self.computed:
            *parents, name = each.pointer.split("/")[1:]
            value, holder = each.value(whole), _inside(whole, parents)
            if value is not None and isinstance(holder, dict):
                holder[name] = value
        return whole

    def uncomputed(self, data: dict[str, Any]) -> dict[str, Any]:
        """`data` without its computed fields: what people answered themselves."""
        if not self.computed:
            return data
        whole = copy.deepcopy(data)
        for each in self.computed:
            *parents, name = each.pointer.split("/")[1:]
            if isinstance(holder := _inside(whole, parents), dict):
                holder.pop(name, None)
        return whole

    @cached_property
    def computed(self) -> tuple[Computed, ...]:
        """Its computed fields."""
        return tuple(extensions.computed_fields(self.schema))

    @cached_property
    def _rules(self) -> tuple[plausibility.Rule, ...]:
        return plausibility.rules(self.schema)

    @cached_property
    def _recommends(self) -> bool:
        return extensions.recommends(self.schema)

    @cached_property
    def _whole(self) -> jsonschema_rs.Draft202012Validator:
        return validator(self.schema)

    @cached_property
    def _pages(self) -> dict[str, jsonschema_rs.Draft202012Validator]:
        shared = {"$defs": self.schema["$defs"]} if "$defs" in self.schema else {}
        return {page: validator(schema | shared) for page, schema in self.schema.get("properties", {}).items()}


_WRITTEN_ON: ContextVar[date | None] = ContextVar("written_on", default=None)


def today() -> date:
    """The civil day on which a form is written: of the real clock, where nothing says another."""
    return _WRITTEN_ON.get() or civil(datetime.now(UTC))


@contextmanager
def written_on(day: date) -> Iterator[None]:
    """What is written meanwhile is judged as of that day, or of the real one when it comes after."""
    held = _WRITTEN_ON.set(max(day, civil(datetime.now(UTC))))
    try:
        yield
    finally:
        _WRITTEN_ON.reset(held)


def file_of(name: str, version: int, folder: Path) -> str:
    """The file, without `.json`, of a step's or an outcome's form under a plan whose form is of that version.

    The last one up to it: `visite.v2` under form 2 or 3 where there is one, else `visite.v1`.
    """
    numbers = range(version, 1, -1)
    return next((f"{name}.v{each}" for each in numbers if (folder / f"{name}.v{each}.json").exists()), f"{name}.v1")


def form_named(plan: Plan, name: str, root: Path = FORMS) -> Form:
    """The form of a step or of an outcome of a plan. Raises FileNotFoundError."""
    return form(plan.procedure, file_of(name, plan.form, root / plan.procedure), root)


def form(slug: str, name: str, root: Path = FORMS) -> Form:
    """The form `name` (`v1`, `evaluation.v1`) of a procedure, read again when its file changed.

    Raises FileNotFoundError.
    """
    file = root / slug / f"{name}.json"
    return _read(file, file.stat().st_mtime_ns)


@lru_cache(maxsize=256)
def _read(file: Path, _changed: int) -> Form:
    return Form(json.loads(file.read_text(encoding="utf-8")))


def _errors(validator: jsonschema_rs.Draft202012Validator, data: Any, prefix: str) -> tuple[FieldError, ...]:
    if validator.is_valid(data):
        return ()
    found: dict[tuple[str, str], FieldError] = {}
    for error in validator.iter_errors(data):
        said = _said(error, prefix)
        found.setdefault((said.pointer, said.code), said)
    return tuple(found.values())


def _miscounted(computed: Iterable[Computed], data: Any) -> tuple[FieldError, ...]:
    """The computed fields that were sent with another value than theirs."""
    wrong = []
    for each in computed:
        *parents, name = each.pointer.split("/")[1:]
        holder = _inside(data, parents)
        if isinstance(holder, dict) and name in holder and not _same(holder[name], value := each.value(data)):
            message = Sentence(COMPUTED, value=value) if value is not None else Sentence(NOT_COMPUTED)
            wrong.append(FieldError(pointer=each.pointer, code="computed", message=message))
    return tuple(wrong)


def _told(found: Iterable[plausibility.Told]) -> tuple[FieldError, ...]:
    return tuple(FieldError(pointer=pointer, code=code, message=said) for pointer, code, said in found)


def _same(given: Any, value: Any) -> bool:
    return type(given) is type(value) and given == value


def _inside(data: Any, names: Iterable[str]) -> Any:
    for name in names:
        data = data.get(name) if isinstance(data, dict) else None
    return data


def _said(error: jsonschema_rs.ValidationError, prefix: str) -> FieldError:
    kind = error.kind.as_dict()
    code = error.kind.name
    path = [*map(str, error.instance_path)]
    if code == "required":
        path.append(str(kind["property"]))
    if code in {"additionalProperties", "unevaluatedProperties"}:
        path.append(str(next(iter(kind["unexpected"]))))
    pointer = prefix + "".join(f"/{part.replace('~', '~0').replace('/', '~1')}" for part in path)
    return FieldError(pointer=pointer, code=code, message=_message(code, kind, error.instance))


def _message(code: str, kind: Mapping[str, Any], given: object) -> str:
    if code == "format":
        return format_of(kind).refusal(given)
    if code == "minLength" and kind.get("limit") == 1:
        return Sentence(EMPTY)
    text = MESSAGES.get(code, NOT_ADMITTED)
    return Sentence(text, limit=kind.get("limit")) if "{limit}" in text else Sentence(text)
