"""The acts that agents do, as the API declares them: each with the fields of its body, drawn and read alike.

An act added to the API has its page by that alone; its words are in `act_words.py`.
"""

from __future__ import annotations

import types
import typing
from collections.abc import Awaitable, Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any, Literal, get_args, get_origin, get_type_hints
from uuid import UUID

from annotated_types import MaxLen
from fastapi.routing import APIRoute
from pydantic import AwareDatetime
from pydantic.fields import FieldInfo
from starlette.datastructures import FormData

from api.acts import ActedOut
from api.agents import acts, approvals, follow_up, instruction, remedies
from api.inputs import In
from domain.calendar import PARIS
from web.posted import text

Kind = Literal["choice", "flag", "day", "moment", "documents", "pieces", "content", "number", "key", "short", "long"]
PREFIX = "acte_"
"""Before the name of each input: the forms of steps have names of their own."""
LATE = ("effective", "channel", "evidence", "confirmed")
SHORT = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """A field of an act's body."""

    name: str
    kind: Kind
    required: bool
    choices: tuple[str, ...] = ()

    @property
    def input(self) -> str:
        """The name and the id of its input."""
        return PREFIX + self.name

    def read(self, form: FormData) -> Any:
        """What was posted, as the API wants it; None when nothing was."""
        match self.kind:
            case "documents":
                return [str(one) for one in form.getlist(self.input)] or None
            case "pieces":
                asked = [str(one) for one in form.getlist(self.input)]
                return {piece: text(form, f"{self.input}.{piece}") for piece in asked} or None
            case "flag":
                return {"true": True, "false": False}.get(text(form, self.input))
            case "moment":
                return paris(text(form, self.input)) or None
            case "number":
                typed = text(form, self.input)
                return int(typed) if typed.isdecimal() and len(typed) < 6 else typed or None
            case _:
                return text(form, self.input) or None


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """An act: what the API does, what it wants."""

    name: str
    does: Callable[..., Awaitable[ActedOut]]
    body: type[In]
    fields: tuple[Field, ...]

    @property
    def plain(self) -> tuple[Field, ...]:
        """The fields asked one by one: neither what dates a late fact, nor what follows a form."""
        return tuple(one for one in self.fields if one.name not in LATE and one.kind != "content")

    @property
    def late(self) -> tuple[Field, ...]:
        """The fields that date a fact after it happened."""
        return tuple(one for one in self.fields if one.name in LATE)

    @property
    def content(self) -> str:
        """The name of the field that follows a form; empty without one."""
        return next((one.name for one in self.fields if one.kind == "content"), "")

    def read(self, form: FormData) -> dict[str, Any]:
        """What was posted, without what was left empty and without the content of its form."""
        found = {one.name: one.read(form) for one in (*self.plain, *self.late)}
        return {name: value for name, value in found.items() if value is not None}


@cache
def every_act() -> Mapping[str, Act]:
    """Every act that the API lets agents do on a dossier, by its name."""
    routers = (acts.router, instruction.router, approvals.router, follow_up.router, remedies.router)
    routes = (route for router in routers for route in router.routes if isinstance(route, APIRoute))
    return {act.name: act for act in map(_act, routes)}


def _act(route: APIRoute) -> Act:
    body: type[In] = get_type_hints(route.endpoint)["body"]
    fields = tuple(_field(name, info) for name, info in body.model_fields.items())
    return Act(name=route.path.rpartition("/")[2], does=route.endpoint, body=body, fields=fields)


def _field(name: str, info: FieldInfo) -> Field:
    annotation, extras = _bare(info.annotation, tuple(info.metadata))
    choices = tuple(map(str, get_args(annotation))) if get_origin(annotation) is Literal else ()
    return Field(name=name, kind=_kind(annotation, extras), required=info.is_required(), choices=choices)


def _bare(annotation: Any, extras: tuple[Any, ...]) -> tuple[Any, tuple[Any, ...]]:
    """The type itself, without `None` nor what is said of it."""
    if get_origin(annotation) is typing.Annotated:
        inner, *said = get_args(annotation)
        return _bare(inner, (*extras, *said))
    if get_origin(annotation) in {typing.Union, types.UnionType}:
        return _bare(next(one for one in get_args(annotation) if one is not type(None)), extras)
    return annotation, extras


def _kind(annotation: Any, extras: tuple[Any, ...]) -> Kind:
    if get_origin(annotation) is Literal:
        return "choice"
    if get_origin(annotation) is tuple and UUID in get_args(annotation):
        return "documents"
    if get_origin(annotation) is dict:
        return "content" if Any in get_args(annotation) else "pieces"
    plain: Mapping[Any, Kind] = {bool: "flag", AwareDatetime: "moment", date: "day", int: "number"}
    return plain.get(annotation) or _text_kind(extras)


def _text_kind(extras: tuple[Any, ...]) -> Kind:
    if any(getattr(one, "pattern", None) for one in extras):
        return "key"
    longest = max((one.max_length for one in _lengths(extras)), default=SHORT)
    return "short" if longest <= SHORT else "long"


def _lengths(extras: tuple[Any, ...]) -> Iterator[MaxLen]:
    for one in extras:
        inner = getattr(one, "metadata", ())
        yield from (each for each in (one, *inner) if isinstance(each, MaxLen))


def paris(typed: str) -> str:
    """An instant as a browser says it, in Paris; what cannot be read is left as it is, for the API to refuse."""
    try:
        return datetime.fromisoformat(typed).replace(tzinfo=PARIS).isoformat()
    except ValueError:
        return typed
