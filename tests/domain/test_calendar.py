"""Civil days, working days and delays (docs/law/delais.md)."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.calendar import (
    Delay,
    UnknownHolidays,
    add_months,
    civil,
    is_working_day,
    midnight,
    next_working_day,
    public_holidays,
)


def day(text: str) -> date:
    return date.fromisoformat(text)


@pytest.mark.parametrize(
    ("instant", "expected"),
    [
        ("2026-11-30T23:30:00Z", "2026-12-01"),
        ("2026-11-30T22:59:59.999Z", "2026-11-30"),
        ("2026-11-30T23:00:00Z", "2026-12-01"),
        ("2026-07-14T21:59:59Z", "2026-07-14"),
        ("2026-07-14T22:00:00Z", "2026-07-15"),
        ("2027-03-28T00:59:59Z", "2027-03-28"),
        ("2026-10-24T22:30:00Z", "2026-10-25"),
        ("2026-11-23T18:00:00-10:00", "2026-11-24"),
    ],
)
def test_an_instant_becomes_its_civil_day_in_paris(instant: str, expected: str) -> None:
    assert civil(datetime.fromisoformat(instant)) == day(expected)


def test_an_instant_without_offset_names_no_day() -> None:
    with pytest.raises(ValueError, match="offset"):
        civil(datetime(2026, 11, 30, 23, 30))  # noqa: DTZ001 (naive on purpose)


@pytest.mark.parametrize(
    ("text", "instant"),
    [
        ("2026-11-24", "2026-11-23T23:00:00+00:00"),
        ("2026-07-15", "2026-07-14T22:00:00+00:00"),
        ("2027-03-28", "2027-03-27T23:00:00+00:00"),
        ("2027-03-29", "2027-03-28T22:00:00+00:00"),
        ("2026-10-25", "2026-10-24T22:00:00+00:00"),
        ("2026-10-26", "2026-10-25T23:00:00+00:00"),
    ],
)
def test_a_day_begins_at_midnight_in_paris_whatever_the_season(text: str, instant: str) -> None:
    assert midnight(day(text)).isoformat() == instant


@given(st.dates(date(1990, 1, 1), date(2099, 12, 31)))
def test_midnight_is_the_first_instant_of_its_civil_day(some_day: date) -> None:
    assert civil(midnight(some_day)) == some_day
    assert civil(midnight(some_day) - timedelta(microseconds=1)) == some_day - timedelta(days=1)
    assert midnight(some_day).tzinfo is UTC


@pytest.mark.parametrize(
    ("year", "movable"),
    [
        (2026, {"2026-04-06", "2026-05-14", "2026-05-25"}),
        (2027, {"2027-03-29", "2027-05-06", "2027-05-17"}),
        (2028, {"2028-04-17", "2028-05-25", "2028-06-05"}),
    ],
)
def test_the_holidays_are_the_eleven_national_ones(year: int, movable: set[str]) -> None:
    """Neither Good Friday nor 26 December: those are Alsace-Moselle's."""
    fixed = {f"{year}-{end}" for end in ("01-01", "05-01", "05-08", "07-14", "08-15", "11-01", "11-11", "12-25")}
    assert public_holidays(year) == {day(text) for text in fixed | movable}


def test_a_year_without_a_known_list_is_refused_rather_than_taken_for_one_without_holidays() -> None:
    with pytest.raises(UnknownHolidays, match="2101"):
        is_working_day(day("2101-01-03"))


def test_working_days_are_monday_to_friday_outside_holidays() -> None:
    assert is_working_day(day("2027-05-07"))
    assert not is_working_day(day("2027-05-06"))
    assert not is_working_day(day("2027-05-08"))
    assert next_working_day(day("2027-05-08")) == day("2027-05-10")
    assert next_working_day(day("2027-05-10")) == day("2027-05-10")


@pytest.mark.parametrize(
    ("start", "months", "end"),
    [
        ("2026-11-30", 3, "2027-02-28"),
        ("2023-12-30", 2, "2024-02-29"),
        ("2024-02-29", 12, "2025-02-28"),
        ("2024-02-29", 48, "2028-02-29"),
        ("2026-01-31", 1, "2026-02-28"),
        ("2026-08-31", 13, "2027-09-30"),
        ("2026-12-31", 2, "2027-02-28"),
        ("1900-01-31", 1, "1900-02-28"),
        ("2000-01-31", 1, "2000-02-29"),
    ],
)
def test_months_go_to_the_same_day_or_to_the_months_end(start: str, months: int, end: str) -> None:
    assert add_months(day(start), months) == day(end)


@pytest.mark.parametrize(
    ("delay", "start", "end"),
    [
        (Delay(days=10), "2026-11-23", "2026-12-03"),
        (Delay(working_days=10), "2026-11-23", "2026-12-07"),
        (Delay(working_days=1), "2026-11-27", "2026-11-30"),
        (Delay(working_days=2), "2026-12-24", "2026-12-29"),
        (Delay(months=2), "2026-11-23", "2027-01-23"),
        (Delay(years=1), "2028-02-29", "2029-02-28"),
        (Delay(months=2, franc=True), "2026-11-23", "2027-01-24"),
        (Delay(months=2, franc=True), "2026-12-31", "2027-03-01"),
    ],
)
def test_a_delay_does_not_count_its_first_day_and_is_never_moved(delay: Delay, start: str, end: str) -> None:
    assert delay.last_day(day(start)) == day(end)


def test_a_residents_delay_that_ends_on_a_day_off_moves_to_the_next_working_day() -> None:
    """An appeal of two clear months from 23/11/2026 would end on Sunday 24/01/2027 (docs/law/delais.md)."""
    assert Delay(months=2, franc=True).for_a_resident(day("2026-11-23")) == day("2027-01-25")
    assert Delay(days=10).for_a_resident(day("2026-12-15")) == day("2026-12-28")


@pytest.mark.parametrize(
    "counts", [{}, {"days": 1, "months": 1}, {"days": 0}, {"months": -1}, {"days": 2, "months": -1}]
)
def test_a_delay_has_exactly_one_positive_unit(counts: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="exactly one unit"):
        Delay(**counts)


@pytest.mark.parametrize(
    ("delay", "words"),
    [
        (Delay(months=2), "2 mois"),
        (Delay(days=1), "1 jour"),
        (Delay(working_days=10), "10 jours ouvrés"),
        (Delay(years=1), "1 an"),
        (Delay(years=5), "5 ans"),
        (Delay(months=2, franc=True), "2 mois francs"),
    ],
)
def test_a_delay_reads_in_french(delay: Delay, words: str) -> None:
    assert delay.in_words() == words


def test_an_offset_of_fourteen_hours_still_gives_the_day_in_paris() -> None:
    kiribati = timezone(timedelta(hours=14))
    assert civil(datetime(2026, 12, 1, 12, 59, tzinfo=kiribati)) == day("2026-11-30")
