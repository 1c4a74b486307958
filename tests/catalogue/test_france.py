"""The communes of the whole of France: found by what people know of them, their name and their postal code."""

from __future__ import annotations

import pytest

from catalogue.formats import FORMATS
from catalogue.france import france
from catalogue.territory import territory


@pytest.mark.parametrize(
    ("typed", "insee"),
    [
        ("Rennes", "35238"),
        ("35200", "35238"),
        ("20090", "2A004"),
        ("le mans", "72181"),
        ("Mans", "72181"),
        ("saint-denis 93", "93066"),
        ("75 015", "75056"),
        ("\u200eLannion\u200b", "22113"),
    ],
)
def test_a_commune_is_found_by_its_name_or_postal_code(typed: str, insee: str) -> None:
    """The most populated first; accents, articles and blanks do not count."""
    assert france().search(typed)[0].insee == insee


@pytest.mark.parametrize("typed", ["", "x", "zzzzz", "99999", "35 29", "<script>"])
def test_nothing_is_guessed(typed: str) -> None:
    """Too short, unknown, or no postal code."""
    assert france().search(typed) == ()


def test_every_code_has_the_shape_of_one_and_ours_are_all_there() -> None:
    """A form of the shape admits each; our territory is a part of it."""
    places = france().places
    ours = {code for code in places if code.startswith(territory().departement)}
    assert len(places) > 34_900
    assert {each.insee for each in territory().editions[-1].communes} == ours
    elsewhere = [code for code in places if not code.startswith(territory().departement)]
    assert [code for code in elsewhere if not FORMATS["commune"].valid(code)] == []


def test_an_arrondissement_has_a_name_and_is_no_answer() -> None:
    """Paris is one commune; whoever holds the code of a part of it reads its name."""
    known = france().of("75115")
    assert known is not None
    assert known.name == "Paris 15e Arrondissement"
    assert [place.insee for place in france().at_postal_code("75015")] == ["75056"]
