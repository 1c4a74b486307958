"""Letters' sources: filled with what people wrote, which stays text whatever it looks like."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from letters.blocks import Unrenderable, blocks_of
from letters.source import euros, fill, in_french


@given(st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Zl", "Zp"))))
def test_what_a_person_wrote_is_printed_as_it_is_and_never_read_as_markdown(text: str) -> None:
    blocks = blocks_of(fill("Avant {{ texte }} après", {"texte": text}))
    assert [block["kind"] for block in blocks] == ["paragraph"]
    printed = "".join(run["text"] for run in blocks[0]["runs"])
    assert printed.split() == f"Avant {text} après".split()
    assert all(run.keys() == {"text"} for run in blocks[0]["runs"])


@given(st.text(st.sampled_from("*_`#[]()<>|-+1.!~&= \n\\ab"), min_size=1))
def test_paragraphs_keep_every_line_of_a_reason(text: str) -> None:
    blocks = blocks_of(fill("Motifs : {{ texte | paragraphes }}", {"texte": text}))
    assert {block["kind"] for block in blocks} == {"paragraph"}
    printed = " ".join(run["text"] for block in blocks for run in block["runs"])
    assert printed.split() == f"Motifs : {text}".split()


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2027, 3, 1), "1er mars 2027"),
        (datetime(2026, 11, 30, 23, 30, tzinfo=UTC), "1er décembre 2026"),
        ("2026-08-31", "31 août 2026"),
    ],
)
def test_days_are_said_in_french_and_in_paris(day: date | datetime | str, words: str) -> None:
    assert in_french(day) == words


def test_amounts_are_said_in_french() -> None:
    assert euros(Decimal("1682.3")) == "1\u202f682,30\u00a0€"


@pytest.mark.parametrize("source", ["{{ absent }}", "{{ rien }}", "{{ vrai }}", "{{ nom.absent }}", "{% if %}"])
def test_a_source_that_would_print_nothing_or_a_machine_word_is_refused(source: str) -> None:
    with pytest.raises(Unrenderable):
        fill(source, {"rien": None, "vrai": True, "nom": {}})


def test_a_source_may_ask_whether_something_is_there() -> None:
    assert fill("{% if contenu.frais %}x{% else %}y{% endif %}", {"contenu": {}}) == "y"


@pytest.mark.parametrize("source", ["```\ncode\n```", "![image](x.png)", "<div>html</div>\n", "    code"])
def test_only_what_a_letter_is_made_of_is_admitted(source: str) -> None:
    if "<div>" in source:
        assert blocks_of(source)[0]["runs"][0]["text"].startswith("<div>")
    else:
        with pytest.raises(Unrenderable):
            blocks_of(source)


@pytest.mark.parametrize("attack", ["{{ ''.__class__.__mro__ }}", "{{ nom.__init__.__globals__ }}"])
def test_a_source_cannot_reach_the_machine(attack: str) -> None:
    with pytest.raises(Unrenderable):
        fill(attack, {"nom": "x"})
