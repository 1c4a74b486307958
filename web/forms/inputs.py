"""A posted form, by name: what was typed and chosen, which buttons, which blocks and opened questions were shown."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal, Protocol

ADD, REMOVE, REFRESH, OPENED, BLOCK = "_add", "_remove", "_refresh", "_opened", "_block"
MANY_BLOCKS = 200


class Posted(Protocol):
    """What Starlette's FormData is."""

    def multi_items(self) -> list[tuple[str, Any]]:
        """Each name with its value, in the order of the page."""


@dataclass(frozen=True, slots=True)
class Button:
    """A button of the page other than the one that goes on; `name` is the name of the blocks, or of the block."""

    what: Literal["add", "remove", "refresh"]
    name: str


class Inputs:
    """The texts of a posted form; files are left out."""

    def __init__(self, posted: Posted) -> None:
        self._texts: dict[str, list[str]] = {}
        for name, value in posted.multi_items():
            if isinstance(value, str):
                self._texts.setdefault(name, []).append(value)
        self._shown = frozenset(self.all(OPENED))

    def all(self, name: str) -> list[str]:
        """Every value posted under a name."""
        return self._texts.get(name, [])

    def one(self, name: str) -> str:
        """The value posted under a name; empty when there is none."""
        return next(iter(self.all(name)), "")

    def shown(self, name: str) -> bool:
        """Whether an opened question was on the page: a box left empty posts nothing, so that the page said so."""
        return name in self._shown or any(each == name or each.startswith(f"{name}.") for each in self._texts)

    def blocks(self, name: str) -> list[int]:
        """The numbers of the blocks that the page showed."""
        of_block = re.compile(rf"{re.escape(name)}\.([0-9]{{1,4}})(?:\.|\Z)", re.ASCII)
        found = (of_block.match(each) for each in (*self.all(BLOCK), *self._texts))
        return sorted({int(each[1]) for each in found if each})[:MANY_BLOCKS]

    @property
    def button(self) -> Button | None:
        """The button that was pressed, unless it is the one that goes on."""
        known: Mapping[str, Literal["add", "remove", "refresh"]] = {ADD: "add", REMOVE: "remove", REFRESH: "refresh"}
        return next((Button(what, self.one(name)) for name, what in known.items() if name in self._texts), None)
