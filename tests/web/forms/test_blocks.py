"""Blocks that repeat are added and taken away by buttons, and keep what was typed."""

from __future__ import annotations

from typing import Any

from tests.web.forms.browsing import Page
from tests.web.forms.every_form import FormPage, page_of
from web.forms.reading import Read, wrong

PAGE = page_of("every_format", "ressources")
REQUIRED = page_of("acces-documents/v2", "documents")
LOYERS: dict[str, Any] = {"ressources": {"pension": "900.00", "loyers": [{"montant": "1.00"}, {"montant": "2.00"}]}}


def back(page: FormPage, read: Read) -> Page:
    """The page that a button brings back."""
    return page.drawn({}, read=read)


def test_one_more_is_added_after_the_others_and_reached_first() -> None:
    """What could not be read stays as it was typed, without a reproach while people are at it."""
    html = PAGE.drawn(LOYERS)

    read = PAGE.read(html.posted(("_add", "ressources.loyers")).but({"ressources.loyers.1.montant": "deux"}), LOYERS)
    after = back(PAGE, read)

    assert read.answers["loyers"] == [{"montant": "1.00"}, {}, {}]
    assert [each.get("name") for each in after.elements if "autofocus" in each.attributes] == [
        "ressources.loyers.2.montant"
    ]
    assert "deux" in [each.get("value") for each in after.of("input")]
    assert after.of("a") == []


def test_one_is_taken_away_and_the_others_move_up() -> None:
    """With what is typed in them."""
    html = PAGE.drawn(LOYERS)

    read = PAGE.read(html.posted(("_remove", "ressources.loyers.0")).but({"ressources.loyers.1.montant": "deux"}))

    assert read.answers["loyers"] == [{}]
    assert read.typed == {"ressources.loyers.0.montant": "deux"}
    focused = [each.get("id") for each in back(PAGE, read).elements if "autofocus" in each.attributes]
    assert focused == ["f-ressources.loyers"]


def test_one_left_empty_is_not_kept_when_going_on() -> None:
    """Nor an optional list without any; its faults are told under their new numbers."""
    html = PAGE.drawn({"ressources": {"pension": "900.00", "loyers": [{}, {}, {}]}})

    only = PAGE.read(html.posted().but({"ressources.loyers.2.montant": "deux"}))

    assert PAGE.read(html.posted()).answers == {"pension": "900.00"}
    assert [error.pointer for error in only.errors] == ["/ressources/loyers/0/montant"]
    assert wrong(PAGE.form, "ressources", only) == only.errors


def test_one_that_is_required_is_there_from_the_beginning() -> None:
    """Its questions say what is missing; it cannot be taken away, an added one can."""
    html = REQUIRED.drawn({})
    names = [each.get("name") for each in html.of("button")]

    read = REQUIRED.read(html.posted())
    more = back(REQUIRED, REQUIRED.read(html.posted(("_add", "documents.liste"))))

    assert ("_remove" in names, "_add" in names) == (False, True)
    assert read.answers["liste"] == [{}]
    assert any(error.pointer.startswith("/documents/liste/0/") for error in wrong(REQUIRED.form, "documents", read))
    assert [each.get("value") for each in more.of("button") if each.get("name") == "_remove"] == [
        "documents.liste.0",
        "documents.liste.1",
    ]


def test_there_are_never_more_than_the_form_admits() -> None:
    """The button is gone; pressed all the same, it adds nothing."""
    full = {"ressources": {"pension": "1.00", "loyers": [{"montant": "1.00"}] * 5}}
    html = PAGE.drawn(full)

    read = PAGE.read(html.posted(("_add", "ressources.loyers")))

    assert "_add" not in [each.get("name") for each in html.of("button")]
    assert len(read.answers["loyers"]) == 5


def test_what_is_computed_is_shown_and_computed_anew_on_demand() -> None:
    """Read by nobody from what is posted."""
    html = PAGE.drawn(LOYERS)
    posted = html.posted(("_refresh", "1")).but({"ressources.pension": "1 000", "ressources.total": "5"})

    read = PAGE.read(posted, LOYERS)

    assert [each.text for each in html.of("output")] == ["2", "903,00\u00a0€"]
    assert "total" not in read.answers
    assert [each.text for each in back(PAGE, read).of("output")] == ["2", "1\u00a0003,00\u00a0€"]


def test_a_forged_number_of_blocks_makes_no_more_of_them() -> None:
    """Neither a huge number nor thousands of names."""
    sent = PAGE.drawn({}).posted().but({f"ressources.loyers.{number}.montant": "1" for number in range(500)})

    read = PAGE.read(sent.but({"ressources.loyers.99999999999.montant": "1"}))

    assert len(read.answers["loyers"]) <= 200
    assert "maxItems" in {error.code for error in wrong(PAGE.form, "ressources", read)}
