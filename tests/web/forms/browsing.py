"""A browser without scripts: the page drawn, its controls as it would post them, and what a screen reader is told."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

import web
from web.forms.page import QuestionPage

TEMPLATES = Path(web.__file__).parent / "templates"
MACROS: Any = (
    Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    .get_template("forms/fields.html")
    .module
)
VOID = frozenset({"input", "br", "hr", "img", "meta", "link"})


@dataclass(slots=True)
class Element:
    """An element of the page, with the text inside it and the elements around it."""

    tag: str
    attributes: dict[str, str]
    holders: tuple[Element, ...]
    text: str = ""

    def get(self, name: str) -> str:
        """An attribute; empty when it is not there."""
        return self.attributes.get(name, "")

    @property
    def fillable(self) -> bool:
        """Whether people answer in it."""
        return self.tag in {"select", "textarea"} or (self.tag == "input" and self.get("type") != "hidden")


@dataclass(slots=True)
class Page(HTMLParser):
    """A page, read."""

    elements: list[Element] = field(default_factory=list)
    _open: list[Element] = field(default_factory=list)

    def __post_init__(self) -> None:
        HTMLParser.__init__(self)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = [name for name, _ in attrs]
        assert len(names) == len(set(names)), f"an attribute twice: {tag} {attrs}"
        element = Element(tag, {name: value or "" for name, value in attrs}, tuple(self._open))
        self.elements.append(element)
        if tag not in VOID:
            self._open.append(element)

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop().tag == tag, tag

    def handle_data(self, data: str) -> None:
        for each in self._open:
            each.text += data

    def of(self, *tags: str) -> list[Element]:
        """The elements of these tags, in order."""
        return [each for each in self.elements if each.tag in tags]

    def posted(self, press: tuple[str, str] | None = None, **typed: str) -> Sent:
        """What the browser sends; `typed` by name, the button pressed when it has a name."""
        pairs = [pair for each in self.elements for pair in self._sent(each)]
        return Sent([*pairs, *([press] if press is not None else [])]).but(typed)

    def _sent(self, element: Element) -> Iterable[tuple[str, str]]:
        name, value = element.get("name"), element.get("value")
        match element.tag, element.get("type"):
            case "input", "radio" | "checkbox":
                return [(name, value)] if "checked" in element.attributes else []
            case "input", _:
                return [(name, value)]
            case "textarea", _:
                return [(name, element.text.removeprefix("\n").replace("\n", "\r\n"))]
            case "select", _:
                options = [each for each in self.of("option") if element in each.holders]
                chosen = [each for each in options if "selected" in each.attributes] or options[:1]
                return [(name, each.get("value")) for each in chosen]
            case _:
                return []


@dataclass(frozen=True, slots=True)
class Sent:
    """A posted form, as Starlette's FormData."""

    pairs: list[tuple[str, str]]

    def multi_items(self) -> list[tuple[str, Any]]:
        """Each name with its value."""
        return list(self.pairs)

    def but(self, typed: Mapping[str, str]) -> Sent:
        """The same with other texts."""
        kept = [(name, value) for name, value in self.pairs if name not in typed]
        return Sent([*kept, *typed.items()])


def drawn(shown: QuestionPage) -> Page:
    """The page as the browser reads it."""
    page = Page()
    page.feed(str(MACROS.error_summary(shown)) + str(MACROS.form_page(shown)))
    page.close()
    assert page._open == []
    return page
