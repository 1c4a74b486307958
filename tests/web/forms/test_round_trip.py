"""A page that is shown and posted unchanged gives the same answers, whatever they are."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import HealthCheck, given
from hypothesis import strategies as st

from catalogue.schemas import Schema, resolved
from tests.catalogue.applicants import applicants
from tests.long import draws
from tests.web.forms.every_form import PAGES, FormPage
from web.forms.questions import questions
from web.forms.reading import wrong

EACH = draws(6, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])


@pytest.mark.parametrize("page", PAGES, ids=repr)
def test_the_example_comes_back_as_it_was(page: FormPage) -> None:
    """To the letter: an IBAN in groups, `12` euros, the order of ticked boxes."""
    read = page.read(page.drawn().posted(), page.answers)

    schema = page.form.schema if page.page is None else page.form.schema["properties"][page.page]
    assert read.answers == kept(schema, page.content(page.answers), page.form.schema)
    assert (read.errors, read.typed, read.opened, read.button) == ((), {}, (), None)
    assert wrong(page.form, page.page, read) == ()


@pytest.mark.parametrize("page", PAGES, ids=repr)
@EACH
@given(data=st.data())
def test_any_applicant_comes_back(page: FormPage, data: st.DataObject) -> None:
    """Without what no question asks them, or what they left empty; and the form still admits it."""
    answers = data.draw(applicants(page.form))

    read = page.read(page.drawn(answers).posted(), answers)

    schema = page.form.schema if page.page is None else page.form.schema["properties"][page.page]
    assert read.answers == kept(schema, page.content(answers), page.form.schema)
    assert (read.errors, read.opened) == ((), ())
    unwritten = {error.pointer for error in wrong(page.form, page.page, read) if error.code == "required"}
    assert all(_at(answers, pointer) == "" for pointer in unwritten)


def kept(schema: Schema, answers: Any, root: Schema) -> Any:
    """What a page keeps of answers: what it asks, blanks and groups left empty apart."""
    if isinstance(answers, list):
        items = resolved(schema["items"], root)
        return [kept(items, each, root) if isinstance(each, Mapping) else each for each in answers]
    if not isinstance(answers, Mapping):
        return answers
    now = questions(schema, answers, root)
    found = {}
    for name, field in now.fields.items():
        value = kept(field, answers[name], root) if name in answers else None
        empty = value is None or value == "" or (value in ({}, []) and name not in now.required)
        if not empty:
            found[name] = value.strip() if isinstance(value, str) else value
    return found


def _at(answers: Any, pointer: str) -> Any:
    for part in pointer.split("/")[1:]:
        answers = answers[int(part)] if isinstance(answers, list) else answers.get(part, "")
    return answers
