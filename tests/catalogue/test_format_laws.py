"""What is right by construction is taken; with one sign changed, it is refused and the reason is said."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum import luhn
from stdnum.iban import calc_check_digits

from catalogue.formats import FORMATS, format_of
from catalogue.formats.days import YEARS
from catalogue.territory import territory

DEPARTMENTS = st.sampled_from(["2A", "2B"]) | st.integers(1, 95).map(lambda n: f"{n:02d}")
CORSICA = {"2A": "19", "2B": "18"}
LA_POSTE = "356000000"


def explain(name: str, given: object) -> str:
    """What is said of a value that the format of that name refuses."""
    return format_of({"format": name}).refusal(given)


def _digits(count: int) -> st.SearchStrategy[str]:
    return st.text("0123456789", min_size=count, max_size=count)


@st.composite
def nirs(draw: st.DrawFn) -> str:
    """A NIR with its key, from anywhere in France."""
    department, order = draw(DEPARTMENTS), draw(_digits(6))
    body = f"{draw(st.sampled_from('12'))}{draw(_digits(2))}{draw(st.integers(1, 12)):02d}"
    number = int(f"{body}{CORSICA.get(department, department)}{order}")
    return f"{body}{department}{order}{97 - number % 97:02d}"


@st.composite
def sirets(draw: st.DrawFn) -> str:
    """A SIRET whose SIREN and whole number pass Luhn's check."""
    siren = draw(_digits(8).filter(lambda text: not LA_POSTE.startswith(text)))
    siren += luhn.calc_check_digit(siren)
    nic = draw(_digits(4))
    return f"{siren}{nic}{luhn.calc_check_digit(siren + nic)}"


@st.composite
def ibans(draw: st.DrawFn) -> str:
    """A French IBAN."""
    account = draw(_digits(23))
    return f"FR{calc_check_digits(f'FR00{account}')}{account}"


@st.composite
def _changed(draw: st.DrawFn, right: st.SearchStrategy[str]) -> tuple[str, str]:
    """A right number, and the same with one of its digits changed."""
    number = draw(right)
    place = draw(st.sampled_from([index for index, sign in enumerate(number) if sign.isdigit()]))
    other = draw(st.sampled_from([digit for digit in "0123456789" if digit != number[place]]))
    return number, number[:place] + other + number[place + 1 :]


@pytest.mark.parametrize(("name", "right"), [("nir", nirs()), ("siret", sirets()), ("iban", ibans())])
@given(data=st.data())
def test_a_number_with_its_key_is_taken_and_one_wrong_digit_is_seen(
    name: str, right: st.SearchStrategy[str], data: st.DataObject
) -> None:
    """Whichever digit it is, key included; spaces change nothing."""
    number, wrong = data.draw(_changed(right))
    spaced = " ".join(number[at : at + 4] for at in range(0, len(number), 4))

    assert FORMATS[name].valid(number)
    assert FORMATS[name].valid(spaced)
    assert not FORMATS[name].valid(wrong)
    assert explain(name, wrong).endswith(".")


@given(nirs(), st.integers(0, 14))
def test_a_nir_cut_short_says_how_many_signs_it_has(number: str, kept: int) -> None:
    """Never the number itself, which is personal."""
    said = explain("nir", number[:kept])
    assert not FORMATS["nir"].valid(number[:kept])
    assert number[:kept] not in said or kept < 3
    if kept >= 7:
        assert f"{kept} caractères" in said


@given(_digits(5))
def test_a_post_office_is_known_by_the_sum_of_its_digits(nic: str) -> None:
    """La Poste ran out of Luhn numbers: the digits of its offices add up to a multiple of five (INSEE)."""
    number = LA_POSTE + nic
    if number != "35600000000048":
        assert FORMATS["siret"].valid(number) == (sum(map(int, number)) % 5 == 0)
    assert FORMATS["siret"].valid("35600000000048")


@given(st.integers(0, 999_999_999_999))
def test_an_amount_is_a_decimal_text(cents: int) -> None:
    """To the cent, whole euros alone too; with a comma or a sign, what to write is said."""
    amount = f"{cents // 100}.{cents % 100:02d}"
    assert FORMATS["money"].valid(amount)
    assert Decimal(amount) * 100 == cents
    assert FORMATS["money"].valid(amount[:-3])
    for wrong in (amount.replace(".", ","), f"-{amount}", f"{amount} €", f"0{amount}", amount[:-1]):
        assert not FORMATS["money"].valid(wrong)
        assert "point" in explain("money", wrong)


@given(st.dates().filter(lambda day: day.year not in YEARS))
def test_a_day_of_other_times_is_none_of_ours(day: object) -> None:
    """Born in the year 26, or in 2 600: the sentence says between which years."""
    assert not FORMATS["date"].valid(str(day))
    assert "de 1850 à 2199" in explain("date", str(day))


@given(st.dates(date(YEARS[0], 1, 1), date(YEARS[-1], 12, 31)))
def test_a_day_is_written_year_first(day: object) -> None:
    """The French order is refused, and the right one is said."""
    year, month, number = str(day).split("-")
    assert FORMATS["date"].valid(str(day))
    assert not FORMATS["date"].valid(f"{number}/{month}/{year}")
    assert "l'année d'abord" in explain("date", f"{number}/{month}/{year}")


@given(_digits(9).filter(lambda text: text[0] not in "089"), st.sampled_from(["0", "+33", "+33 "]))
def test_a_french_telephone_is_taken_both_ways(number: str, prefix: str) -> None:
    """With the nought or with the country's code; one digit short is refused."""
    assert FORMATS["phone"].valid(prefix + number)
    assert not FORMATS["phone"].valid("0" + number[:-1])


@given(st.integers(0, 9_999_999), st.sampled_from(["29", "2A", "75", "9R"]))
def test_an_association_has_its_number(order: int, department: str) -> None:
    """W, the département, seven digits."""
    assert FORMATS["rna"].valid(f"W{department}{order:07d}")
    assert not FORMATS["rna"].valid(f"{department}{order:07d}")
    assert not FORMATS["rna"].valid(f"w{department}{order:07d}")
    assert not FORMATS["rna"].valid(f"W{department}{order:07d}0")


@given(st.uuids())
def test_a_document_is_named_by_its_id(document: UUID) -> None:
    """As the API gives it, and in no other writing."""
    assert FORMATS["document"].valid(str(document))
    assert not FORMATS["document"].valid(document.hex)


@given(st.integers(0, 999))
def test_a_code_of_ours_is_a_commune_of_ours(number: int) -> None:
    """Elsewhere the shape does; here the commune must exist, and postal codes are told from INSEE codes."""
    code, here = f"29{number:03d}", territory()
    assert FORMATS["commune"].valid(code) == FORMATS["departement-commune"].valid(code) == here.holds(code)
    assert FORMATS["commune"].valid(f"35{number:03d}")
    assert not FORMATS["departement-commune"].valid(f"35{number:03d}")
    if not here.holds(code):
        served = here.at_postal_code(code)
        assert ("code postal" in explain("commune", code)) == bool(served)
        assert all(each.insee in explain("commune", code) for each in served[:3])


SAID = [
    ("nir", "2 55 08 14 168 025 39", "La clé ne correspond pas"),
    ("nir", "2 55 08 2C 168 025 38", "en Corse, 2A ou 2B"),
    ("siret", "732829320", "sans doute un SIREN"),
    ("siret", "73282932000075", "un chiffre est faux"),
    ("siret", "abc", "14 chiffres"),
    ("commune", "29900", "Concarneau (29039)"),
    ("commune", "29138", "ancien code"),
    ("commune", "29999", "Aucune commune du département"),
    ("commune", "Quimper", "par exemple 29232"),
    ("departement-commune", "35238", "autre département"),
    ("commune", 29232, "par exemple 29232"),
    ("inconnu", "x", "Ce format n'est pas valide."),
]


@pytest.mark.parametrize(("name", "given", "said"), SAID)
def test_what_is_wrong_is_said(name: str, given: object, said: str) -> None:
    """So that the person can mend it alone."""
    assert said in explain(name, given)


def test_every_format_has_its_sentence() -> None:
    """None falls back on « pas valide » alone."""
    assert [each.name for each in FORMATS.values() if not each.help.endswith(".")] == []
