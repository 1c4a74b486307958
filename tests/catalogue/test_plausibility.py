"""Days that nobody means are refused, odd ones are asked again; totals add up; each shipped form says so of its own."""

from __future__ import annotations

import copy
from datetime import date
from typing import Any

import pytest

from catalogue.examples import example, forms_of
from catalogue.formats.days import DAYS
from catalogue.forms import Form, form, form_named
from catalogue.loader import catalogue
from catalogue.schemas import fields
from tests.catalogue.every_format import written

TODAY = date(2026, 11, 30)


def told(slug: str, pointer: str, value: Any) -> tuple[list[str], list[str]]:
    """The codes of what is wrong, then odd, with the example of a procedure when one of its answers is another."""
    asked = form(slug, f"v{catalogue().plan(slug).form}")
    answers = copy.deepcopy(dict(example(slug)["form"]))
    *parents, name = pointer.split("/")[1:]
    holder: Any = answers
    for part in parents:
        holder = holder[int(part)] if isinstance(holder, list) else holder[part]
    holder[name] = value
    at = [each.code for each in asked.errors(answers, TODAY) if each.pointer == pointer]
    return at, [each.code for each in asked.warnings(answers, TODAY) if each.pointer == pointer]


@pytest.mark.parametrize(
    ("slug", "pointer", "value", "codes"),
    [
        ("apa-domicile", "/demandeur/date_naissance", "2044-03-14", (["to_come"], [])),
        ("apa-domicile", "/demandeur/date_naissance", "0026-03-14", (["format"], [])),
        ("apa-domicile", "/demandeur/date_naissance", "1895-03-14", (["too_old"], ["unlikely"])),
        ("apa-domicile", "/demandeur/date_naissance", "1918-03-14", ([], ["unlikely"])),
        ("apa-domicile", "/demandeur/date_naissance", "2016-03-14", ([], ["unlikely"])),
        ("apa-domicile", "/demandeur/date_naissance", "1948", ([], [])),
        ("apa-domicile", "/demandeur/date_naissance", "1948-03", ([], [])),
        ("apa-domicile", "/demandeur/date_naissance", "2026", ([], ["unlikely"])),
        ("apa-domicile", "/demandeur/date_naissance", "2027", (["to_come"], [])),
        ("apa-domicile", "/demandeur/date_naissance", "1948-13", (["format"], [])),
        ("permission-voirie", "/travaux/au", "2027-01-31", (["before"], [])),
        ("permission-voirie", "/travaux/au", "2027-02-01", ([], [])),
        ("permission-voirie", "/travaux/du", "2072-02-01", (["too_far"], [])),
        ("permission-voirie", "/travaux/du", "2031-02-01", ([], ["unlikely"])),
        ("rapo-rsa", "/decision/date", "2026-12-01", (["to_come"], [])),
        ("rapo-rsa", "/decision/date", "2026-11-30", ([], [])),
        ("rapo-rsa", "/decision/date", "2023-11-30", ([], ["unlikely"])),
        ("recours-gracieux", "/decision/date", "2026-12-01", (["to_come"], [])),
        ("fsl", "/foyer/personnes/0/date_naissance", "2044-01-01", (["to_come"], [])),
        ("subvention-associations", "/budget/exercice_fin", "2026-01-01", (["before"], [])),
    ],
)
def test_absurd_days_are_refused_and_odd_ones_are_asked_again(
    slug: str, pointer: str, value: str, codes: tuple[list[str], list[str]]
) -> None:
    """Born tomorrow, too old to live, over before it begins, contested before it was received."""
    wrong, odd = told(slug, pointer, value)
    assert wrong == codes[0]
    assert not (set(codes[1]) - set(odd))
    assert codes[0] or odd == codes[1]


def test_a_page_judges_the_days_that_it_holds() -> None:
    """The same rules, with the same pointers; blocks by their number."""
    asked = form("fsl", "v2")
    page = copy.deepcopy(example("fsl")["form"]["foyer"])
    page["personnes"][0]["date_naissance"] = "2044-01-01"
    (error,) = asked.page_errors("foyer", page, TODAY)
    assert (error.pointer, error.code) == ("/foyer/personnes/0/date_naissance", "to_come")


def test_what_was_right_on_its_day_is_right_on_that_day() -> None:
    """The day of the writing is given; by default it is today's."""
    asked, answers = form("rapo-rsa", "v2"), example("rapo-rsa")["form"]
    assert asked.errors(answers, date(2026, 11, 2)) == ()
    assert [each.code for each in asked.errors(answers, date(2026, 11, 1))] == ["to_come"]
    assert asked.errors(answers) == ()


def test_the_first_forms_are_read_as_they_were_but_for_other_ages() -> None:
    """A form that says nothing of its days still refuses the year 26."""
    asked, answers = form("rapo-rsa", "v1"), copy.deepcopy(dict(example("rapo-rsa")["form"]))
    answers["decision"]["date"] = "2044-01-01"
    assert asked.errors(answers) == ()
    answers["decision"]["date"] = "0026-01-01"
    (error,) = asked.errors(answers)
    assert error.message == "Vérifiez l'année : elle va de 1850 à 2199."


def test_a_plan_adds_up() -> None:
    """900 € of plan and 870 € of aids: the form says the sum."""
    asked, plan = (
        form_named(catalogue().plan("apa-domicile"), "plan"),
        copy.deepcopy(dict(example("apa-domicile")["plan"])),
    )
    assert asked.errors(plan) == ()
    plan["aides"][0]["montant"] = "750.00"
    (error,) = asked.errors(plan)
    assert (error.pointer, error.code) == ("/plan", "total")
    assert str(error.message) == "Ce total ne correspond pas : l'addition donne 870,00\u00a0€."


@pytest.mark.parametrize("slug", catalogue().slugs())
def test_every_day_that_is_asked_says_what_would_be_absurd(slug: str) -> None:
    """In the request and in what the service writes, of the version in force."""
    for name in forms_of(catalogue().plan(slug)).values():
        for place, field, _ in fields(form(slug, name).schema):
            if field.get("format") in DAYS:
                assert field.keys() & {"x-past", "x-near"}, f"{slug}/{name} {place}"


def test_the_neighbour_is_named_as_it_is_read() -> None:
    """« Date de naissance », not its key."""
    asked, answers = written()
    answers["personne"]["entree"] = "1955-08-30"
    error = next(each for each in asked.errors(answers, date(2010, 1, 1)) if each.code == "before")
    assert "« Date de naissance »" in error.message


def test_a_group_or_a_block_that_is_not_one_is_left_to_the_schema() -> None:
    """Whatever a system sends, it is told and nothing fails."""
    asked = form("fsl", "v2")
    sent: list[Any] = [None, [], "texte", {"foyer": []}, {"foyer": {"personnes": {"0": {}}}}]
    for odd in [*sent, {"demandeur": {"date_naissance": 3}}]:
        assert asked.errors(odd)
    assert Form({"type": "object", "properties": {}}).errors({}) == ()
