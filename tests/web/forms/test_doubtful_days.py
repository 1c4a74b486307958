"""A day that seldom is comes back with a question; a birth may be known by its year alone."""

from __future__ import annotations

import pytest

from tests.web.forms.every_form import page_of
from web.forms.reading import wrong

PAGE = page_of("apa-domicile/v2", "demandeur")
NAME = "demandeur.date_naissance"


def typed(day: str, month: str, year: str) -> dict[str, str]:
    """The three fields of the birth."""
    return {f"{NAME}.day": day, f"{NAME}.month": month, f"{NAME}.year": year}


def test_an_odd_day_is_asked_again_and_kept_once_it_is_maintained() -> None:
    """A box to tick, and only for that very day."""
    posted = PAGE.drawn().posted().but(typed("14", "3", "2016"))
    read = PAGE.read(posted, PAGE.answers)
    (doubt,) = wrong(PAGE.form, "demandeur", read)
    html = PAGE.drawn(read=read, errors=(doubt,))
    (box,) = [each for each in html.of("input") if each.get("name") == f"{NAME}.confirmed"]

    again = PAGE.read(html.posted(), PAGE.answers)
    ticked = PAGE.read(html.posted().but({f"{NAME}.confirmed": box.get("value")}), PAGE.answers)
    another = PAGE.read(html.posted().but({f"{NAME}.confirmed": "2016-03-15"}), PAGE.answers)

    assert (doubt.code, box.get("value")) == ("unlikely", "2016-03-14")
    assert [each.code for each in wrong(PAGE.form, "demandeur", again)] == ["unlikely"]
    assert [each.code for each in wrong(PAGE.form, "demandeur", another)] == ["unlikely"]
    assert wrong(PAGE.form, "demandeur", ticked) == ()
    assert ticked.answers["date_naissance"] == "2016-03-14"


def test_what_was_maintained_is_not_asked_at_each_visit() -> None:
    """The page that shows it posts it back without a doubt."""
    before = {**PAGE.answers, "demandeur": {**PAGE.answers["demandeur"], "date_naissance": "2016-03-14"}}
    read = PAGE.read(PAGE.drawn(before).posted(), before)
    assert wrong(PAGE.form, "demandeur", read) == ()


@pytest.mark.parametrize(
    ("day", "month", "year", "kept"),
    [("", "", "1948", "1948"), ("", "mars", "1948", "1948-03"), ("27", "3", "1948", "1948-03-27")],
)
def test_a_birth_is_said_as_far_as_it_is_known(day: str, month: str, year: str, kept: str) -> None:
    """And shown again as it was said."""
    read = PAGE.read(PAGE.drawn().posted().but(typed(day, month, year)), PAGE.answers)
    html = PAGE.drawn({"demandeur": read.answers})
    shown = [each.get("value") for each in html.of("input") if each.get("name").startswith(f"{NAME}.")]
    assert read.answers["date_naissance"] == kept
    assert wrong(PAGE.form, "demandeur", read) == ()
    assert shown == [day, "3" if month else "", year]


@pytest.mark.parametrize(("day", "month", "year"), [("27", "", "1948"), ("", "13", "1948"), ("", "", "48")])
def test_what_is_no_birth_is_told(day: str, month: str, year: str) -> None:
    """A day without its month, a month that is none, a year cut short."""
    read = PAGE.read(PAGE.drawn().posted().but(typed(day, month, year)), PAGE.answers)
    (error,) = wrong(PAGE.form, "demandeur", read)
    assert (error.pointer, "année" in error.message) == ("/demandeur/date_naissance", True)


def test_a_day_to_come_says_so_beside_the_field() -> None:
    """Born in 2044: the form's own sentence."""
    read = PAGE.read(PAGE.drawn().posted().but(typed("1", "1", "2144")), PAGE.answers)
    (error,) = wrong(PAGE.form, "demandeur", read)
    html = PAGE.drawn(read=read, errors=(error,))
    assert any("à venir" in each.text for each in html.of("p") if "error-message" in each.get("class"))


def test_somebody_without_a_first_name_says_so() -> None:
    """The box stands instead of the name, which is dropped; without either, the name is asked."""
    page = PAGE.drawn()
    without = PAGE.read(page.posted().but({"demandeur.prenoms": "", "demandeur.sans_prenom": "true"}), PAGE.answers)
    neither = PAGE.read(page.posted().but({"demandeur.prenoms": ""}), PAGE.answers)
    assert "prenoms" not in without.answers
    assert without.answers["sans_prenom"] is True
    assert wrong(PAGE.form, "demandeur", without) == ()
    assert [each.pointer for each in wrong(PAGE.form, "demandeur", neither)] == ["/demandeur/prenoms"]


def test_an_address_abroad_has_its_country_and_its_own_postal_code() -> None:
    """At home, five digits; abroad, whatever the country writes."""
    page = page_of("acces-documents/v2", "demandeur")
    abroad = {
        "demandeur.adresse.code_postal": "SW1A 2AA", "demandeur.adresse.ville": "London",
        "demandeur.adresse.pays": "Royaume-Uni",
    }  # fmt: skip
    read = page.read(page.drawn().posted().but(abroad), page.answers)
    home = page.read(page.drawn().posted().but({**abroad, "demandeur.adresse.pays": ""}), page.answers)
    assert wrong(page.form, "demandeur", read) == ()
    assert read.answers["adresse"]["code_postal"] == "SW1A 2AA"
    assert [each.pointer for each in wrong(page.form, "demandeur", home)] == ["/demandeur/adresse/code_postal"]
