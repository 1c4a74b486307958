"""Check your answers: every question that is asked, in words, before anything is sent."""

from __future__ import annotations

from typing import Any

import pytest

from catalogue.formats.days import is_date
from catalogue.schemas import fields
from tests.web.forms.every_form import PAGES, FormPage, communes, page_of
from web.forms.checking import checked
from web.forms.rows import Row

WHOLE = list({each.form: each for each in PAGES}.values())


def rows(page: FormPage) -> list[Row]:
    """The rows of the form's example."""
    return list(checked(page.form, page.answers, translate=str, communes=communes()))


@pytest.mark.parametrize("page", WHOLE, ids=repr)
def test_every_question_of_every_page_is_there(page: FormPage) -> None:
    """Each with a question, and where to change it: an element of its page."""
    found = rows(page)
    paged = page.page is not None

    assert [row.question for row in found if not row.question] == []
    for each in [one for one in PAGES if one.form is page.form and (one.page is not None) == paged]:
        ids = {element.get("id") for element in each.drawn().elements}
        here = [row for row in found if each.page is None or row.page == each.page]
        assert here
        assert [row.anchor for row in here if row.anchor not in ids] == []


@pytest.mark.parametrize("page", WHOLE, ids=repr)
def test_nothing_is_shown_as_the_machine_keeps_it(page: FormPage) -> None:
    """No value of a choice, no ISO date, no INSEE code of ours."""
    codes = {
        str(option["const"])
        for _, field, _ in fields(page.form.schema)
        for option in (*field.get("oneOf", ()), *field.get("items", {}).get("oneOf", ()))
        if "_" in str(option.get("const", ""))
    }
    said = [line for row in rows(page) for line in row.lines]

    assert [line for line in said if line in codes] == []
    assert [line for line in said if is_date(line)] == []


def test_answers_are_said_in_words() -> None:
    """Amounts, days, communes, groups, blocks; what is not answered has no line."""
    page = page_of("every_format", "personne")
    said = {row.pointer: (row.group, row.lines) for row in rows(page)}

    assert said["/personne/naissance"] == ("", ("31 août 1955",))
    assert said["/personne/chantier"] == ("", ("Saint-Pol-de-Léon",))
    assert said["/personne/age"] == ("", ("71",))
    assert said["/personne/seul"] == ("", ("Je ne sais pas",))
    assert said["/personne/adresse/ville"] == ("Adresse", ("Brest",))
    assert said["/personne/adresse/complement"] == ("Adresse", ())
    assert said["/ressources/loyers/1/montant"] == ("Loyers reçus, n° 2", ("12,00\u00a0€",))
    assert said["/ressources/total"] == ("", ("912,05\u00a0€",))


def test_what_was_not_asked_is_not_shown_and_an_empty_group_is_one_line() -> None:
    """No spouse for who is single; nothing invented for who wrote no address."""
    form = page_of("every_format", "personne").form
    empty: dict[str, Any] = {"personne": {}, "ressources": {}, "action": {}}
    said = {row.pointer: row.lines for row in checked(form, empty, translate=str, communes=communes())}

    assert said["/personne/adresse"] == ()
    assert said["/ressources/loyers"] == ("Aucun",)
    assert "/action/action" not in said
