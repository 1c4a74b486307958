"""What a screen reader is told of every page, empty, filled in and in error."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from functools import cache
from typing import Any

import pytest

from catalogue.schemas import fields
from tests.web.forms.browsing import Element, Page, Sent
from tests.web.forms.every_form import PAGES, FormPage
from web.forms.reading import wrong

STATES = ("empty", "filled", "in error")
LETTERS = re.compile(r"[^\W\d_]")


@pytest.fixture(params=PAGES, ids=repr)
def page(request: pytest.FixtureRequest) -> FormPage:
    """Each page of each form."""
    found: FormPage = request.param
    return found


def crossed_out(text: str) -> str:
    """A sentence in no language, its places left."""
    return re.sub(r"[^\W\d_](?![^{]*})", "x", text)


@cache
def drawn(page: FormPage, state: str, **more: Any) -> Page:
    """The page as it is first seen, with its example, or posted with nothing in its boxes."""
    if state == "in error":
        read = page.read(Sent([pair for pair in page.drawn().posted().pairs if pair[0].startswith("_")]))
        return page.drawn({}, read=read, errors=wrong(page.form, page.page, read), **more)
    return page.drawn({} if state == "empty" else None, **more)


@pytest.mark.parametrize("state", STATES)
def test_every_input_has_a_name_for_people(page: FormPage, state: str) -> None:
    """A label of its own that says something; every set of boxes and every group a legend, first inside it."""
    html = drawn(page, state)
    labels = {each.get("for"): each.text.strip() for each in html.of("label")}

    assert all(labels.get(each.get("id")) for each in html.elements if each.fillable)
    assert all(element.get("name") for element in html.elements if element.fillable)
    for group in html.of("fieldset"):
        first = next(each for each in html.elements if group in each.holders)
        assert first.tag == "legend"
        assert first.text.strip()
    boxes = [each for each in html.of("input") if each.get("type") == "radio"]
    assert all(any(holder.tag == "fieldset" for holder in each.holders) for each in boxes)


@pytest.mark.parametrize("state", STATES)
def test_ids_are_unique_and_what_names_them_finds_them(page: FormPage, state: str) -> None:
    """`for`, `aria-describedby`, `aria-labelledby`, links to errors."""
    html = drawn(page, state)
    ids = Counter(each.get("id") for each in html.elements if each.get("id"))

    assert {each for each, times in ids.items() if times > 1} == set()
    named = [each.get("for") for each in html.of("label")]
    named += [each.get("href").removeprefix("#") for each in html.of("a")]
    named += [one for each in html.elements for one in each.get("aria-describedby").split()]
    named += [one for each in html.elements for one in each.get("aria-labelledby").split()]
    assert set(named) <= ids.keys()


def test_hints_and_errors_are_read_with_their_question(page: FormPage) -> None:
    """Each is named by an input, or by the group that holds the inputs."""
    html = drawn(page, "in error")
    described = {one for each in html.elements for one in each.get("aria-describedby").split()}
    said = {each.get("id") for each in html.elements if each.get("class") in {"hint", "error-message"}}

    assert said <= described


def test_each_error_is_said_on_top_and_beside_its_question(page: FormPage) -> None:
    """In the same words, in the order of the page; the link leads to something to fill in, or to press."""
    html = drawn(page, "in error")
    if page.asks_nothing:
        return
    beside = [each.text.strip().removeprefix("Erreur :").strip() for each in html.of("p") if _is_error(each)]
    links = html.of("a")

    assert beside
    assert [link.text.rpartition(" : ")[2] for link in links] == [text.rpartition(" : ")[2] for text in beside]
    targets = {each.get("id"): each for each in html.elements}
    for link in links:
        target = targets[link.get("href").removeprefix("#")]
        assert target.fillable or target.get("tabindex") == "-1", link
    marked = [each for each in html.elements if each.get("aria-invalid") == "true"]
    assert all(each.fillable and each.get("aria-describedby") for each in marked if _alone(each))


def _is_error(element: Element) -> bool:
    return element.get("class") == "error-message"


def _alone(element: Element) -> bool:
    return not any(holder.get("class") == "date-fields" for holder in element.holders)


@pytest.mark.parametrize("state", STATES)
def test_one_thing_at_most_is_focused(page: FormPage, state: str) -> None:
    """The summary when something is wrong; nothing on a page that is just opened."""
    focused = [each.get("id") for each in drawn(page, state).elements if "autofocus" in each.attributes]

    assert focused == (["error-summary"] if state == "in error" and not page.asks_nothing else [])


@pytest.mark.parametrize("state", STATES)
def test_enter_never_presses_a_button_that_adds_or_takes_away(page: FormPage, state: str) -> None:
    """The first button of a form is the one that Enter presses."""
    buttons = drawn(page, state).of("button")

    assert not buttons or not buttons[0].get("name")


@pytest.mark.parametrize("state", STATES)
def test_every_word_is_in_the_language_of_the_reader(page: FormPage, state: str) -> None:
    """Nothing is said that the catalogues of translations were not asked for."""
    html = drawn(page, state, translate=crossed_out)
    said = " ".join(each.text for each in html.elements if not each.holders)

    kept = _own(page.answers) + _own([each.get("examples", []) for _, each, _ in fields(page.form.schema)])
    assert [word for word in re.findall(r"[^\W\d_]{3,}", said) if set(word) != {"x"} and word not in kept] == []


def _own(answers: Any) -> str:
    """What people wrote, and the names of communes: never translated."""
    if isinstance(answers, Mapping):
        return " ".join(_own(each) for each in answers.values())
    return " ".join(map(_own, answers)) if isinstance(answers, list) else str(answers)
