"""What each field of an act asks, told on the field itself: doors make their bodies of it, pages draw and read it."""

from __future__ import annotations

import types
import typing
from collections.abc import Mapping
from dataclasses import MISSING, dataclass, field, fields, replace
from datetime import date, datetime
from functools import cache
from typing import Any, Literal, TypeVar, get_args, get_origin, get_type_hints
from uuid import UUID

from domain.actors import ActorKind
from domain.sentence import N_

Said = TypeVar("Said")
Kind = Literal[
    "choice", "flag", "consent", "day", "moment", "documents", "pieces", "content", "number", "key", "short", "long"
]
GIVEN = N_("Ceux que la personne a donnés, ou que vous avez numérisés.")
IN_LAW = N_("Les textes sur lesquels la décision repose (CRPA L211-5).")
IN_FACT = N_("Ce qui, dans cette demande, conduit à cette décision (CRPA L211-5).")
SHORT, REASON, LONG = 200, 5_000, 20_000
"""The most signs of a text: a line, why, what is written at length."""


@dataclass(frozen=True, slots=True)
class Says:
    """What a field is called, its hint, the word of each choice; a field that says nothing is asked of nobody.

    `most` and `least` bound a text (in signs; `SHORT` unless said) or a number; `key` is one of the plan's keys;
    `needed` asks for what the command itself may leave out; `by_agents`, of them alone. `missing` is said to who leaves
    it empty; `yours` says the same to the person whose request it is, where other words are theirs.
    """

    label: str = ""
    hint: str = ""
    choices: Mapping[str, str] = field(default_factory=dict)
    most: int | None = None
    least: int = 0
    key: bool = False
    needed: bool = False
    by_agents: bool = False
    missing: str = ""
    yours: Says | None = None

    def to(self, by: ActorKind) -> Says:
        """What is said to that kind of actor."""
        own = self.yours
        if own is None or by == "agent":
            return self
        return replace(self, label=own.label, hint=own.hint, choices=own.choices or self.choices, missing=own.missing)


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One field that an act asks; `choices` are the values that it may take, where they are few."""

    name: str
    kind: Kind
    says: Says
    required: bool
    default: Any = None
    choices: tuple[str, ...] = ()
    dates: bool = False
    """Whether it dates a fact after it happened."""


def fields_of(command: type[Any], by: ActorKind, dating: frozenset[str], *, late: bool) -> tuple[Field, ...]:
    """What that act asks of that kind of actor; with what dates a `late` fact (`dating`), or without."""
    hints = get_type_hints(command, include_extras=True)
    asked = ((each, beside(hints[each.name], Says)) for each in fields(command) if late or each.name not in dating)
    return tuple(
        _field(each.name, hints[each.name], says.to(by), _default(each), dates=each.name in dating)
        for each, says in asked
        if says is not None and (by == "agent" or not says.by_agents)
    )


def _default(each: Any) -> Any:
    return each.default if each.default_factory is MISSING else each.default_factory()


def beside(hint: Any, kind: type[Said]) -> Said | None:
    """What is said of a field in `Annotated`, beside its type."""
    return next((one for one in getattr(hint, "__metadata__", ()) if isinstance(one, kind)), None)


@cache
def least(command: type[Any]) -> Mapping[str, Any]:
    """The least that its required fields may carry: the first choice, a sign, nobody, nothing."""
    hints = get_type_hints(command)
    required = (each.name for each in fields(command) if each.default is each.default_factory is MISSING)
    return {name: _least(_bare(hints[name])) for name in required}


def _least(bare: Any) -> Any:
    if get_origin(bare) is Literal:
        return get_args(bare)[0]
    if get_origin(bare) is not None:
        return get_origin(bare)() if get_origin(bare) is tuple else {}
    plain: Mapping[Any, Any] = {str: ".", UUID: UUID(int=0), bool: True}
    return plain.get(bare)


def _field(name: str, hint: Any, says: Says, default: Any, *, dates: bool) -> Field:
    kind, choices = _kind(_bare(hint), says)
    required = default is MISSING or says.needed
    return Field(
        name=name,
        kind=kind,
        says=says,
        required=required,
        default=None if required else default,
        choices=choices,
        dates=dates,
    )


def _bare(hint: Any) -> Any:
    """The type itself, without `None` nor what is said of it."""
    if get_origin(hint) is typing.Annotated:
        return _bare(get_args(hint)[0])
    if get_origin(hint) in {typing.Union, types.UnionType}:
        return _bare(next(one for one in get_args(hint) if one is not type(None)))
    return hint


def _kind(bare: Any, says: Says) -> tuple[Kind, tuple[str, ...]]:
    if get_origin(bare) is Literal:
        return "choice", tuple(one for one in get_args(bare) if one in says.choices)
    if get_origin(bare) is tuple and UUID in get_args(bare):
        return "documents", ()
    if get_origin(bare) is not None:
        return ("content" if Any in get_args(bare) else "pieces"), ()
    plain: Mapping[Any, Kind] = {bool: "flag", datetime: "moment", date: "day", int: "number"}
    text: Kind = "key" if says.key else "short" if (says.most or SHORT) <= SHORT else "long"
    return plain.get(bare, text), ()
