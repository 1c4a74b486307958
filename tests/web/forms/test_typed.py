"""What people type, the way they type it: what is kept of it, or what they are told."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from catalogue.formats import FORMATS, Unreadable
from catalogue.formats.money import amount
from tests.web.forms.browsing import Sent
from tests.web.forms.every_form import FormPage, page_of
from web.forms.dates import NAMES, day_of, month_of
from web.forms.reading import wrong
from web.forms.text import answer, clean, written

MONEY = {"type": "string", "format": "money", "maxLength": 15}
PERSON = page_of("every_format", "personne")


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("900", "900.00"),
        ("1 234,50", "1234.50"),
        ("1234.5 €", "1234.50"),
        ("1\u202f234,5\u00a0euros", "1234.50"),
        ("1.234,50", "1234.50"),
        ("1,234.50 EUR", "1234.50"),
        ("€ 320", "320.00"),
        ("EUR 1 234,5", "1234.50"),
        ("\u200e1\u202f234,50\u200b €\u200f", "1234.50"),
        ("0", "0.00"),
        ("007", "7.00"),
    ],
)
def test_an_amount_is_taken_as_it_is_written(typed: str, kept: str) -> None:
    """With a comma or a point, spaces, the currency or not."""
    assert answer(MONEY, clean(typed), None) == kept


@pytest.mark.parametrize(
    "typed", ["douze", "12,345,6", "1.234", "1,234", "-5", "1,2345", "12 €€", "1e3", "٣", "9" * 30]
)
def test_what_is_no_amount_is_told(typed: str) -> None:
    """Never guessed."""
    with pytest.raises(Unreadable, match="Écrivez un montant"):
        answer(MONEY, clean(typed), None)


@given(st.decimals(Decimal(0), Decimal("9999999999.99"), places=2).map(str))
@example("1234.50")
def test_an_amount_is_read_as_it_is_shown(text: str) -> None:
    """Whatever its size; and what was there before is left to the letter."""
    assert answer(MONEY, clean(amount(text)), None) == text
    assert answer(MONEY, clean(amount(text)), text) == text
    assert answer(MONEY, "12,00", "12") == "12"


@pytest.mark.parametrize(
    ("kind", "typed", "kept"),
    [
        ("nir", "2 55 08 14 168 025 38", "255081416802538"),
        ("nir", "1 44 05 2a 232 014 87", "144052A23201487"),
        ("iban", "fr76 3000-6000 0112.3456 7890 189", "FR7630006000011234567890189"),
        ("siret", "732 829 320 00074", "73282932000074"),
        ("rna", "w 291 000 001", "W291000001"),
        ("siret", "SIRET 356 000 000 00048", "35600000000048"),
        ("siret", "N° SIRET : 356\u00a0000\u202f000\u201100048", "35600000000048"),
        ("nir", "N° 2 55 08 14 168 025 38", "255081416802538"),
        ("iban", "IBAN : FR76 3000 6000 0112 3456 7890 189", "FR7630006000011234567890189"),
        ("rna", "RNA n° W291000001", "W291000001"),
        ("phone", "02  98 76 20 20", "02 98 76 20 20"),
        ("phone", "+33 (0) 6 12 34 56 78", "+33 6 12 34 56 78"),
        ("phone", "+44 (0)20 7946 0958", "+44 20 7946 0958"),
        ("phone", "Tél. : 06\u201112\u201134\u201156\u201178", "06-12-34-56-78"),
        ("email", " anne@ example.org", "anne@example.org"),
    ],
)
def test_numbers_are_taken_with_or_without_groups(kind: str, typed: str, kept: str) -> None:
    """In small letters or capitals, with the word that stands before it on the paper, and admitted as it is kept."""
    assert answer({"type": "string", "format": kind}, clean(typed), None) == kept
    assert FORMATS[kind].valid(kept)


@pytest.mark.parametrize(
    ("kind", "value", "shown"),
    [
        ("nir", "255081416802538", "2 55 08 14 168 025 38"),
        ("iban", "FR7630006000011234567890189", "FR76 3000 6000 0112 3456 7890 189"),
        ("siret", "73282932000074", "732 829 320 00074"),
        ("phone", "0298762020", "02 98 76 20 20"),
        ("phone", "+32 2 555 12 12", "+32 2 555 12 12"),
        ("nir", "12", "12"),
        ("money", "1234.5", "1\u00a0234,50"),
    ],
)
def test_numbers_are_shown_in_groups(kind: str, value: str, shown: str) -> None:
    """As they are on the card or the statement, to be compared with it."""
    assert written({"format": kind}, value) == shown


def test_a_postal_code_loses_its_space_and_a_text_keeps_its_own() -> None:
    """Where the form wants five digits; line ends are plain, control characters gone."""
    for typed in ("29 200", "29\u00a0200", "29\u202f200", "\u200e29 200\u200b", "29\u2011200"):
        assert answer({"type": "string", "pattern": "^[0-9]{5}$"}, clean(typed), None) == "29200"
    assert answer({"type": "string", "maxLength": 80}, clean(" 12 rue\r\nde Siam\x00 "), None) == "12 rue\nde Siam"


@pytest.mark.parametrize("typed", ["trois", "3,5", "1" * 40, "²"])
def test_a_number_is_whole_and_in_digits(typed: str) -> None:
    """Otherwise it is told."""
    with pytest.raises(Unreadable, match="nombre entier"):
        answer({"type": "integer"}, clean(typed), None)


@pytest.mark.parametrize(
    ("day", "month", "year", "iso"),
    [
        ("27", "3", "1948", "1948-03-27"),
        ("1er", "mars", "1948", "1948-03-01"),
        ("01", "FÉVRIER", "2000", "2000-02-01"),
        ("29", "févr.", "2000", "2000-02-29"),
        ("5", "C'hwevrer", "1960", "1960-02-05"),
        ("5", "Du", "1960", "1960-11-05"),
        ("5", "sept", "1960", "1960-09-05"),
    ],
)
def test_a_day_is_read_with_its_month_in_figures_or_in_words(day: str, month: str, year: str, iso: str) -> None:
    """In French, Breton or English, cut short or not."""
    assert str(day_of(day, month, year)) == iso


def test_each_month_has_its_own_names() -> None:
    """No name is another month's, none is read as two; `jui` says neither June nor July."""
    assert [month_of(name) for names in NAMES for name in names] == [
        n for n, names in enumerate(NAMES, 1) for _ in names
    ]
    assert (month_of("jui"), month_of("13"), month_of(""), month_of("du"), month_of("j")) == (
        None,
        None,
        None,
        11,
        None,
    )


@pytest.mark.parametrize(
    ("parts", "said"),
    [
        (("27", "3", ""), "Écrivez le jour, le mois et l'année"),
        (("27", "", "1948"), "Écrivez le jour, le mois et l'année"),
        (("27", "3", "48"), "quatre chiffres"),
        (("30", "2", "1948"), "n'existe pas"),
        (("27", "13", "1948"), "n'existe pas"),
        (("0", "3", "1948"), "n'existe pas"),
    ],
)
def test_a_day_that_cannot_be_read_is_told_and_kept_on_the_page(parts: tuple[str, str, str], said: str) -> None:
    """Its three fields as they were typed."""
    names = [f"personne.naissance.{part}" for part in ("day", "month", "year")]

    read = PERSON.read(Sent(list(zip(names, parts, strict=True))))
    html = PERSON.drawn({}, read=read, errors=wrong(PERSON.form, "personne", read))

    assert [error.message for error in read.errors if said in error.message] != []
    assert "naissance" not in read.answers
    assert tuple(each.get("value") for each in html.of("input") if each.get("name") in names) == parts


@pytest.mark.parametrize(
    ("name", "typed", "said"),
    [
        ("nir", "2 55 08", "a 5 caractères"),
        ("nir", "2 55 08 14 168 025 39", "un chiffre est faux"),
        ("siret", "732 829 320", "C'est sans doute un SIREN"),
        ("iban", "FR76 3000", "recopiez-le"),
        ("telephone", "02 98", "écrivez ses 10 chiffres"),
        ("courriel", "anne", "adresse électronique"),
        ("rna", "291", "commence par W"),
        ("adresse.code_postal", "2920", "n'a pas la forme attendue"),
        ("chantier", "Rennes", "Aucune commune du département"),
        ("commune", "xyz", "commune de France"),
    ],
)
def test_a_wrong_answer_is_told_beside_its_question_and_shown_as_typed(name: str, typed: str, said: str) -> None:
    """With what to do about it; blanks apart."""
    read = PERSON.read(Sent([(f"personne.{name}", typed)]))
    html = PERSON.drawn({}, read=read, errors=wrong(PERSON.form, "personne", read))

    beside = next(each for each in html.of("p") if each.get("id") == f"f-personne.{name}-error")
    box = next(each for each in html.of("input") if each.get("name") == f"personne.{name}")
    assert said in beside.text
    assert box.get("value").replace(" ", "") == typed.replace(" ", "")


def test_a_page_that_nobody_posted_asks_what_is_required() -> None:
    """In words that say what to do with each sort of question."""
    page: FormPage = page_of("apa-domicile/v2", "declaration")
    read = page.read(Sent([]))

    html = page.drawn({}, read=read, errors=wrong(page.form, page.page, read))

    assert any("Cochez cette case" in each.text for each in html.of("p"))
