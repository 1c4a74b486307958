"""The communes and EPCI of the département: what the law's page says of them, on a day, and how they are found."""

from __future__ import annotations

import unicodedata
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalogue.departement import ROOT
from catalogue.errors import CatalogueError
from catalogue.territory import Territory, plain, read_territory, territory

DAY = date(2026, 11, 23)
FILE = ROOT / "departement" / "finistere" / "territory-2026-01-01.toml"
EDITION = territory().editions[-1]
COMMUNES = st.sampled_from(EDITION.communes)
# INSEE, name, postal code, EPCI as docs/law/territoire-et-donnees-ouvertes.md names it, arrondissement.
FACTS = [
    ("29019", "Brest", "29200", "Brest Métropole", "Brest"),
    ("29232", "Quimper", "29000", "Quimper Bretagne Occidentale", "Quimper"),
    ("29151", "Morlaix", "29600", "Morlaix Communauté", "Morlaix"),
    ("29024", "Carhaix-Plouguer", "29270", "Poher Communauté", "Châteaulin"),
    ("29259", "Saint-Pol-de-Léon", "29250", "Haut-Léon Communauté", "Morlaix"),
    ("29260", "Saint-Renan", "29290", "Pays d'Iroise", "Brest"),
    ("29084", "Île-Molène", "29259", "Pays d'Iroise", "Brest"),
    ("29155", "Ouessant", "29242", "", "Brest"),
    ("29083", "Île-de-Sein", "29990", "", "Quimper"),
    ("29302", "Pont-de-Buis-lès-Quimerch", "29590", "Presqu'île de Crozon-Aulne maritime", "Châteaulin"),
]


def test_the_finistere_has_277_communes_and_21_epci() -> None:
    """And four arrondissements; two islands are in no EPCI."""
    assert (len(EDITION.communes), len(EDITION.epci), len(EDITION.arrondissements)) == (277, 21, 4)
    assert {each.name for each in EDITION.communes if each.epci is None} == {"Ouessant", "Île-de-Sein"}
    assert {each.epci for each in EDITION.communes} - {None} == EDITION.epci.keys()
    assert all(each.postal_codes and each.population > 0 for each in EDITION.communes)
    assert "6.0.0" in EDITION.source
    assert "Licence Ouverte" in EDITION.licence


@pytest.mark.parametrize(("insee", "name", "postal_code", "epci", "arrondissement"), FACTS)
def test_a_commune_is_as_the_facts_say(insee: str, name: str, postal_code: str, epci: str, arrondissement: str) -> None:
    """Read in the code officiel géographique, confidence A."""
    found = territory().commune(insee, DAY)
    assert found is not None
    assert (found.name, found.postal_codes[0]) == (name, postal_code)
    assert EDITION.arrondissements[found.arrondissement] == arrondissement
    assert EDITION.epci.get(found.epci or "", "").endswith(epci)
    assert territory().epci_of(insee, DAY) == found.epci


def test_an_insee_code_is_never_read_as_a_postal_code() -> None:
    """29259 and 29260 are both: typed, they are postal codes; in a form, INSEE codes."""
    assert [each.name for each in territory().search("29259", DAY)] == ["Île-Molène"]
    assert "Saint-Renan" not in [each.name for each in territory().search("29260", DAY)]
    assert [each.name for each in territory().at_postal_code("29259")] == ["Île-Molène"]


def test_cantons_are_known_or_empty_never_guessed() -> None:
    """Thirty-two communes have theirs; Brest has five."""
    known = {each.insee: each.cantons for each in EDITION.communes if each.cantons}
    assert len(known) == 32
    assert known["29019"] == ("2901", "2902", "2903", "2904", "2905")
    assert known["29151"] == ("2917",)
    assert "29001" not in known


TYPED = [
    ("st pol", "Saint-Pol-de-Léon"),
    ("ST. POL DE LEON", "Saint-Pol-de-Léon"),
    ("ile de batz", "Île-de-Batz"),
    ("batz", "Île-de-Batz"),
    ("Pont l abbe", "Pont-l'Abbé"),
    ("faou", "Le Faou"),
    ("29200", "Brest"),
    ("2920 bre", "Brest"),
    ("esquibien", "Audierne"),
    ("quim", "Quimper"),
]


@pytest.mark.parametrize(("typed", "name"), TYPED)
def test_what_people_type_finds_the_commune_first(typed: str, name: str) -> None:
    """Without accents, shortened, in part, by postal code, by the name of a commune that was taken in."""
    assert territory().search(typed, DAY)[0].name == name


@given(COMMUNES, st.sampled_from([str.lower, str.upper, str.title]), st.booleans())
def test_a_whole_name_finds_its_commune_first(commune: object, case: object, bare: bool) -> None:  # noqa: FBT001
    """Whatever its case and its accents."""
    name = getattr(commune, "name", "")
    typed = case(name) if callable(case) else name
    if bare:
        typed = "".join(each for each in unicodedata.normalize("NFD", typed) if not unicodedata.combining(each))
    assert territory().search(typed, DAY)[0] == commune


@given(st.text(max_size=80))
def test_whatever_is_typed_finds_ten_communes_at_most(typed: str) -> None:
    """And only those that have every word of it."""
    found = territory().search(typed, DAY)
    assert len(found) <= 10
    assert len(set(found)) == len(found)
    letters = [word for word in plain(typed).split() if not word.isdigit()]
    assert all(any(all(word in plain(name) for word in letters) for name in each.names) for each in found)


def _two(folder: Path) -> Territory:
    text = FILE.read_text(encoding="utf-8")
    (folder / FILE.name).write_text(text, encoding="utf-8")
    later = text.replace("valid_from = 2026-01-01", "valid_from = 2027-01-01")
    later = later.replace('population = 1065, epci = "200066868"', 'population = 1065, epci = "242900835"')
    (folder / "territory-2027-01-01.toml").write_text(later, encoding="utf-8")
    return read_territory(folder, "29")


def test_a_later_edition_stands_beside_the_first(tmp_path: Path) -> None:
    """Each day has its own; before the first, nothing is known, and nothing is made up."""
    both = _two(tmp_path)
    assert both.epci_of("29001", date(2026, 12, 31)) == "200066868"
    assert both.epci_of("29001", date(2027, 1, 1)) == "242900835"
    assert both.commune("29001", date(2025, 12, 31)) is None
    assert both.search("Argol", date(2025, 12, 31)) == ()
    assert both.epci_of("35238", DAY) is None


def test_a_mistyped_edition_is_refused_with_its_line(tmp_path: Path) -> None:
    """As every data file is."""
    (tmp_path / "territory-1.toml").write_text(
        FILE.read_text(encoding="utf-8").replace("licence", "license", 1), "utf-8"
    )
    with pytest.raises(CatalogueError, match=r"ligne 5.*« license »"):
        read_territory(tmp_path, "29")
