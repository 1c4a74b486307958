"""The case of `guichet clock`: what it reads, and the sentence for everything it refuses."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.clock.case import BadCase, as_json, parse_case
from tests.long import draws

FILED = {"on": "2026-11-23", "kind": "filed"}
GOOD: dict[str, Any] = {"delay": {"months": 2}, "silence": "rejection", "start": "filed", "events": [FILED]}


def outcome(case: dict[str, Any]) -> dict[str, Any]:
    return as_json(parse_case(json.dumps(case).encode()).reckoned())


def with_event(**event: Any) -> dict[str, Any]:
    return {**GOOD, "events": [FILED, event]}


def test_the_case_of_the_issue() -> None:
    asked = {"on": "2026-12-01", "kind": "pieces_requested", "until": "2026-12-31"}
    case = {**GOOD, "events": [FILED, asked, {"on": "2026-12-15", "kind": "pieces_provided"}]}
    assert outcome(case) == {
        "expires": "2027-02-06",
        "born": "2027-02-06",
        "ledger": [
            _row("2026-11-23", "2026-12-01", 0, "CRPA L231-4"),
            {**_row("2026-12-01", "2026-12-15", 1, "CRPA L114-5 al. 3"), "running": False, "counts": False},
            _row("2026-12-15", "2027-02-07", 2, "CRPA L114-5 al. 3"),
        ],
    }


def _row(begins: str, ends: str, cause: int, article: str) -> dict[str, Any]:
    return {"from": begins, "to": ends, "running": True, "counts": True, "cause": cause, "article": article}


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        ("2026-11-30T23:30:00Z", "2026-12-01"),
        ("2026-11-30T23:30:00.123456789Z", "2026-12-01"),
        ("2026-11-30t23:30:00z", "2026-12-01"),
        ("2026-11-30T23:30:00+01:00", "2026-11-30"),
        ("2026-12-31T22:59:60Z", "2026-12-31"),
        ("2027-03-28T22:30:00Z", "2027-03-29"),
        ("2028-02-29", "2028-02-29"),
    ],
)
def test_a_date_or_an_instant_is_its_civil_day_in_paris(on: str, expected: str) -> None:
    case = parse_case(json.dumps({**GOOD, "events": [{"on": on, "kind": "filed"}]}).encode())
    assert case.facts[0].on == date.fromisoformat(expected)


def test_franc_adds_a_day_wherever_it_is_said_and_a_residents_day_off_is_moved() -> None:
    assert outcome({**GOOD, "franc": True})["expires"] == "2027-01-24"
    assert outcome({**GOOD, "delay": {"months": 2, "franc": True}})["expires"] == "2027-01-24"
    assert outcome({**GOOD, "franc": True, "whose": "resident"})["expires"] == "2027-01-25"


def test_a_clock_that_has_not_started_has_no_date_and_no_ledger() -> None:
    assert outcome({**GOOD, "start": "complete"}) == {"expires": None, "born": None, "ledger": []}


BAD: list[tuple[dict[str, Any], str]] = [
    ({**GOOD, "delay": {}}, "delay"),
    ({**GOOD, "delay": {"months": 2, "days": 1}}, "delay"),
    ({**GOOD, "delay": {"months": 2, "days": 0}}, "delay"),
    ({**GOOD, "delay": 2}, "delay"),
    ({**GOOD, "delay": {"months": -2}}, "delay.months"),
    ({**GOOD, "delay": {"months": 0}}, "delay.months"),
    ({**GOOD, "delay": {"months": 2.0}}, "delay.months"),
    ({**GOOD, "delay": {"months": True}}, "delay.months"),
    ({**GOOD, "delay": {"months": "2"}}, "delay.months"),
    ({**GOOD, "delay": {"months": 10**30}}, "delay.months"),
    ({**GOOD, "delay": {"months": 10**9}}, "delay.months"),
    ({**GOOD, "delay": {"weeks": 2}}, "delay.weeks"),
    ({**GOOD, "delay": {"working_days": 50_000}}, "delay"),
    ({**GOOD, "delay": {"months": float("nan")}}, "delay.months"),
    ({**GOOD, "delay": {"months": float("inf")}}, "delay.months"),
    ({**GOOD, "silence": "refusal"}, "silence"),
    ({**GOOD, "silence": None}, "silence"),
    ({**GOOD, "silence": ["rejection"]}, "silence"),
    ({**GOOD, "start": "notified"}, "start"),
    ({**GOOD, "whose": "agent"}, "whose"),
    ({**GOOD, "franc": 1}, "franc"),
    ({**GOOD, "delay": {"months": 2, "franc": "yes"}}, "delay.franc"),
    ({**GOOD, "stopped": True}, "stopped"),
    ({key: GOOD[key] for key in ("delay", "silence", "start")}, "events"),
    ({key: GOOD[key] for key in ("silence", "start", "events")}, "delay"),
    ({**GOOD, "events": []}, "events"),
    ({**GOOD, "events": {}}, "events"),
    ({**GOOD, "events": [FILED] * 10_001}, "events"),
    ({**GOOD, "events": ["filed"]}, "events[0]"),
    ({**GOOD, "events": [FILED, FILED]}, "events[1].kind"),
    ({**GOOD, "events": [{"kind": "filed"}]}, "events[0].on"),
    ({**GOOD, "events": [{"on": "2026-11-23"}]}, "events[0].kind"),
    (with_event(on="2026-11-24", kind="withdrawn"), "events[1].kind"),
    (with_event(on="2026-11-24", kind=7), "events[1].kind"),
    (with_event(on="2026-11-24", kind="complete", note="x"), "events[1].note"),
    (with_event(on="2026-11-24", kind="complete", until="2026-12-01"), "events[1].until"),
    (with_event(on="2026-11-22", kind="complete"), "events[1].on"),
    (with_event(on="2026-11-24", kind="pieces_requested"), "events[1].until"),
    (with_event(on="2026-11-24", kind="pieces_requested", until=None), "events[1].until"),
    (with_event(on="2026-11-24", kind="pieces_requested", until="2026-11-23"), "events[1].until"),
    (with_event(on="2026-11-24", kind="pieces_provided"), "events[1].kind"),
    (with_event(on="2026-11-24", kind="resumed"), "events[1].kind"),
    (with_event(on="2026-11-24", kind="extended"), "events[1].by"),
    (with_event(on="2026-11-24", kind="extended", by={"months": 0}), "events[1].by.months"),
    (with_event(on="2026-11-24", kind="extended", by={"months": 1, "years": 1}), "events[1].by"),
    *(
        (with_event(on=on, kind="complete"), "events[1].on")
        for on in (
            "2026-02-29",
            "2026-13-01",
            "20261123",
            "2026-W48-1",
            "23/11/2026",
            "2026-11-24T10:00:00",
            "2026-11-24T10:00Z",
            "2026-11-24T25:00:00Z",
            "2026-11-24T10:00:00+01",
            "2026-11-24T10:00:00+99:00",
            "٢٠٢٦-١١-٢٤",
            "2026-11-24\n",
            " 2026-11-24",
            "0001-01-01T00:00:00+14:00",
            "9999-12-31T23:59:59Z",
            "9999-12-31",
            "",
            20261124,
            None,
            True,
        )
    ),
]


@pytest.mark.parametrize(("case", "field"), BAD, ids=[f"{n}-{field}" for n, (_, field) in enumerate(BAD)])
def test_bad_input_gets_one_sentence_that_names_its_field(case: dict[str, Any], field: str) -> None:
    with pytest.raises(BadCase) as caught:
        outcome(case)
    assert caught.value.field == field
    assert caught.value.message_fr.startswith(f"Champ « {field} » : ")
    assert caught.value.message_fr.endswith(".")
    assert "\n" not in caught.value.message_fr


@pytest.mark.parametrize(
    ("on", "hinted"),
    [("2026-11-24T10:00:00", True), ("2026-11-24T24:00:00Z", False), ("2026-11-24T10:00:00-99:00", False)],
)
def test_an_instant_without_its_offset_is_told_to_take_one(on: str, *, hinted: bool) -> None:
    """Advice is given only where it helps."""
    with pytest.raises(BadCase) as caught:
        outcome({**GOOD, "events": [{"on": on, "kind": "filed"}]})
    assert ("ajoutez le décalage" in caught.value.message_fr) is hinted


@pytest.mark.parametrize(
    ("document", "words"),
    [
        (b"", "pas du JSON"),
        (b"[", "pas du JSON"),
        (b"{} {}", "pas du JSON"),
        (b"'delay'", "pas du JSON"),
        (b"null", "un objet JSON est attendu"),
        (b"[]", "un objet JSON est attendu"),
        (b"\xff\xfe", "UTF-8"),
        (b"[" * 100_000, "niveaux"),
        (b'{"a":' * 100_000, "niveaux"),
        (b'{"silence": "none", "silence": "none"}', "« silence » : ce champ est donné deux fois"),
        (b'{"events": [{"on": 1, "on": 2}]}', "« on » : ce champ est donné deux fois"),
        (b'{"silence": "\\u0000"}', "« silence » : un texte contient le caractère nul"),
        (b'{"silence": "\\ud800"}', "la moitié d'un caractère"),
        (b'{"\\udfff": 1}', "la moitié d'un caractère"),
        (b'{"delay": {"months": -Infinity}}', "« delay.months » : NaN"),
        (b'{"delay": {"months": 1e999}}', "« delay.months » : ce nombre est démesuré"),
        (b'{"delay": {"months": ' + b"9" * 6000 + b"}}", "« delay.months »"),
        (b'{"delay": 1' + b" " * 10 + b'"silence": 2}', "pas du JSON"),
    ],
)
def test_what_is_not_strict_json_is_refused(document: bytes, words: str) -> None:
    with pytest.raises(BadCase) as caught:
        parse_case(document)
    assert words in caught.value.message_fr


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=12) | st.sampled_from(["2026-11-23"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from([*GOOD, "on", "kind"]), inner),
    max_leaves=8,
)


@draws(150)
@given(st.sampled_from([*GOOD, "events"]), json_values)
def test_any_value_in_any_place_is_read_or_refused_with_a_sentence(name: str, value: Any) -> None:
    document = json.dumps({**GOOD, name: value}).encode()
    told = ""
    try:
        parse_case(document).reckoned()
    except BadCase as error:
        told = error.message_fr
    assert not told or told.startswith("Champ « ")


def test_a_delay_that_leads_beyond_the_calendar_is_refused() -> None:
    far = {**GOOD, "delay": {"years": 1000}, "events": [{"on": "2999-11-23", "kind": "filed"}]}
    assert outcome(far)["expires"] == "3999-11-23"
    extended = [{"on": "2999-11-24", "kind": "extended", "by": {"years": 1000}}] * 8
    with pytest.raises(BadCase, match="9999") as caught:
        outcome({**far, "events": [*far["events"], *extended]})
    assert caught.value.field == "delay"
