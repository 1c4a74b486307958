"""What a form says beyond JSON Schema: computed fields, advised answers, the commune that dispatches."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalogue.computations import COMPUTATIONS
from catalogue.extensions import place_of
from catalogue.formats.days import YEARS
from catalogue.forms import Form
from tests.catalogue.every_format import written

CENTS = st.integers(0, 99_999_999)


def test_every_format_is_taken_and_computed() -> None:
    """The server writes the total, the number of blocks and the age; people need not."""
    form, data = written()

    whole = form.completed(data)

    assert form.errors(data) == ()
    assert form.errors(whole) == ()
    assert (whole["ressources"]["total"], whole["ressources"]["biens"]) == ("912.05", 2)
    assert whole["personne"]["age"] == 71
    assert form.uncomputed(whole) == data


@pytest.mark.parametrize("sent", ["912.06", "912.050", 912.05, None, ""])
def test_another_value_than_the_computed_one_is_refused(sent: object) -> None:
    """And the right one is said; the equal one is taken."""
    form, data = written()
    data["ressources"]["total"] = sent

    told = {error.pointer: error.message for error in form.errors(data) if error.code == "computed"}

    assert "912.05" in told["/ressources/total"]
    assert any(error.code == "computed" for error in form.page_errors("ressources", data["ressources"]))
    assert form.completed(data)["ressources"]["total"] == "912.05"


def test_an_equal_number_of_another_sort_is_not_equal() -> None:
    """`true` is no 1, and `2.0` no count."""
    form, data = written()
    data["ressources"]["biens"] = 2.0
    assert "computed" in {error.code for error in form.errors(data)}
    data["ressources"]["biens"] = 2
    assert form.errors(data) == ()


def test_nothing_is_computed_of_nothing() -> None:
    """An age before birth, a sum of what is no amount: the field stays empty, and may not be filled in."""
    form, data = written()
    data["personne"]["entree"] = "1950-01-01"
    data["ressources"] = {"pension": "beaucoup"}

    whole = form.completed(data)

    assert "age" not in whole["personne"]
    assert "total" not in whole["ressources"]
    data["personne"]["age"] = 3
    assert any("laissez-le vide" in error.message for error in form.errors(data))


@given(st.lists(CENTS, min_size=1, max_size=8))
def test_a_sum_is_exact_to_the_cent(cents: list[int]) -> None:
    """Whatever the amounts; no float is ever made."""
    amounts = [f"{each // 100}.{each % 100:02d}" for each in cents]
    assert Decimal(COMPUTATIONS["sum"](amounts)) * 100 == sum(cents)


OUR_TIMES = st.dates(date(YEARS.start, 1, 1), date(YEARS.stop - 1, 12, 31))


@given(born=OUR_TIMES, on=OUR_TIMES)
def test_an_age_grows_by_one_on_each_birthday(born: object, on: object) -> None:
    """It is the number of birthdays passed, none before birth."""
    age = COMPUTATIONS["age"]([str(born), str(on)])
    assert (age is None) == (str(on) < str(born))
    if age is not None:
        month_day = str(born)[5:]
        birthdays = [f"{year:04d}-{month_day}" for year in range(int(str(born)[:4]) + 1, int(str(on)[:4]) + 1)]
        assert age == sum(day <= str(on) for day in birthdays)


def test_a_leap_birthday_is_first_of_march_in_a_common_year() -> None:
    """Born on 29 February: not yet on the 28th."""
    age = COMPUTATIONS["age"]
    assert [age(["2000-02-29", day]) for day in ("2027-02-28", "2027-03-01", "2028-02-29")] == [26, 27, 28]


def test_an_advised_answer_is_told_and_prevents_nothing() -> None:
    """With its reason when the form gives one; in repeated blocks too; never of a group that is not there."""
    form, data = written()
    del data["personne"]["telephone"]

    told = {warning.pointer: warning.message for warning in form.warnings(data)}

    assert form.errors(data) == ()
    assert told["/personne/telephone"] == "Sans téléphone, nous ne pourrons pas vous rappeler."
    assert told.keys() == {"/personne/telephone", "/personne/adresse/complement", "/ressources/loyers/0/bien"}
    del data["personne"]["adresse"], data["ressources"]["loyers"]
    assert [warning.pointer for warning in form.warnings(data)] == ["/personne/telephone"]


def test_the_chosen_commune_dispatches_else_the_first() -> None:
    """None without any; one in a repeated block never does."""
    commune = {"type": "string", "format": "commune"}
    page = {"type": "object", "properties": {"a": commune, "b": commune | {"x-place": True}}}
    blocks = {"type": "object", "properties": {"l": {"type": "array", "items": {"properties": {"c": commune}}}}}

    assert place_of({"properties": {"p": blocks, "q": page}}) == "/q/b"
    page["properties"] = {"a": commune, "b": commune}
    assert place_of({"properties": {"p": blocks, "q": page}}) == "/q/a"
    assert place_of({"properties": {"p": blocks}}) == ""
    assert place_of(written()[0].schema) == "/personne/commune"


def test_a_form_that_refers_to_itself_is_read_to_an_end() -> None:
    """`$ref` is followed, never for ever."""
    node = {"type": "object", "properties": {"suite": {"$ref": "#/$defs/n"}}}
    assert Form({"$defs": {"n": node}, "properties": {"p": {"$ref": "#/$defs/n"}}}).computed == ()
