"""Every question of every form is reached on its pages, by answering and by adding blocks, and by nothing else."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from catalogue.schemas import Schema, fields
from tests.web.forms.browsing import Page, Sent
from tests.web.forms.every_form import PAGES, FormPage

CHOSEN = ("radio", "checkbox")


@pytest.mark.parametrize("page", PAGES, ids=repr)
def test_each_question_is_reached(page: FormPage) -> None:
    """From an empty page, through what its answers open and its buttons add."""
    reached = set(_walk(page))

    assert {name for name in _asked(page.form.schema, page.page) if name not in reached} == set()


def _asked(schema: Schema, page: str | None) -> Iterator[str]:
    """The names of the questions of the form, `*` for a block."""
    for place, _, _ in fields(schema):
        name = re.sub(r"/items", "/*", place).replace("/properties/", ".").replace("/*", ".*").removeprefix(".")
        if (page is None or name.startswith(f"{page}.")) and not name.endswith("*"):
            yield name


def _walk(page: FormPage) -> set[str]:
    """The names seen; each answer that shows something new is kept, and the walk goes on from there."""
    first = page.drawn({})
    seen, waiting = _names(first), [(first, first.posted())]
    while waiting:
        html, sent = waiting.pop()
        for more in _moves(html, sent):
            read = page.read(more)
            after = page.drawn({}, read=read)
            new = _names(after) - seen
            if new:
                seen |= new
                waiting.append((after, after.posted()))
    return seen


def _moves(html: Page, sent: Sent) -> Iterator[Sent]:
    """The answers that a person could give to one question, and the buttons they could press."""
    for each in html.elements:
        name = each.get("name")
        if each.tag == "input" and each.get("type") in CHOSEN:
            yield sent.but({name: each.get("value")})
        elif each.tag == "option" and each.get("value"):
            yield sent.but({each.holders[-1].get("name"): each.get("value")})
        elif each.tag == "button" and name == "_add":
            yield sent.but({name: each.get("value")})
        elif each.get("inputmode") == "numeric":
            yield from (sent.but({name: number}) for number in ("1", "4", "9"))


def _names(html: Page) -> set[str]:
    """The questions on a page: inputs, boxes, groups and what is computed."""
    ids = {each.get("id").removeprefix("f-") for each in html.elements if each.get("id").startswith("f-")}
    return {re.sub(r"\.[0-9]+(?=\.|$)", ".*", each) for each in ids}
