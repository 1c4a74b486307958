"""The formats that a form's field may have, beyond JSON Schema's own: each says whether a text is one."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable
from datetime import date

import phonenumbers
from email_validator import EmailNotValidError, validate_email
from stdnum import iban as iban_number
from stdnum.fr import nir as nir_number
from stdnum.fr import siret as siret_number

from catalogue.territory import territory

MONEY = re.compile(r"\A(0|[1-9][0-9]{0,9})(\.[0-9]{2})?\Z")
# The third sign is a letter overseas (W9R…): seen in the register, its rule not read (facts.md §7: U).
RNA = re.compile(r"\AW[0-9][0-9A-Z][0-9]{7}\Z")
FRANCE = 33
DATE = re.compile(r"\A[0-9]{4}-[0-9]{2}-[0-9]{2}\Z")
BIRTH = re.compile(r"\A[0-9]{4}(-[0-9]{2})?\Z")
# Corsica has 2A and 2B since 1976, never 20; Paris is one commune of twenty arrondissements.
COMMUNE = re.compile(
    r"\A((2[AB]|0[1-9]|1[0-9]|2[1-9]|[3-68][0-9]|7[0-46-9]|9[0-58])[0-9]{3}|75056|751[0-9]{2}|97[1-8][0-9]{2})\Z"
)
# Nobody alive was born before, and no form speaks of what comes after.
YEARS = range(1850, 2200)


def is_nir(text: str) -> bool:
    """A French social security number with its key; Corsica's 2A and 2B included."""
    return text.isascii() and bool(nir_number.is_valid(text))


def is_siret(text: str) -> bool:
    """A SIRET, spaces allowed; La Poste's offices, whose digits add up to a multiple of five, included."""
    return text.isascii() and bool(siret_number.is_valid(text))


def is_iban(text: str) -> bool:
    """An IBAN, spaces allowed."""
    return text.isascii() and bool(iban_number.is_valid(text))


def is_rna(text: str) -> bool:
    """An association's number in the national register: W and nine digits, the second a letter overseas."""
    return RNA.match(text) is not None


def is_phone(text: str) -> bool:
    """A telephone number, French by default, with its ten digits; another country's with `+`."""
    try:
        number = phonenumbers.parse(text, "FR") if text.isascii() else None
    except phonenumbers.NumberParseException:
        return False
    if number is None or not phonenumbers.is_possible_number(number):
        return False
    # Shorter French ones are possible for the library, and one digit short for everybody else.
    return number.country_code != FRANCE or len(str(number.national_number)) == 9


def is_commune(text: str) -> bool:
    """The INSEE code of a commune of France: of ours if it is one of our département's, elsewhere by its shape.

    People may live elsewhere: then the request goes to the competent authority (CRPA L114-2).
    """
    here = territory()
    return COMMUNE.match(text) is not None and (not text.startswith(here.departement) or here.holds(text))


def is_departement_commune(text: str) -> bool:
    """The INSEE code of a commune of the département, now or under an earlier edition."""
    return territory().holds(text)


def is_money(text: str) -> bool:
    """A decimal string: `900`, `900.00`; never a float, never negative."""
    return MONEY.match(text) is not None


def is_date(text: str) -> bool:
    """A civil date of our times, `2026-11-23`."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return False
    # Week dates (`2026-W48-1`) are ISO 8601 too, and no day of a form.
    return DATE.match(text) is not None and day.year in YEARS


def is_birth(text: str) -> bool:
    """A day of birth; its year, or its month, where the civil register knows no more: `1948`, `1948-03`."""
    return is_date(text) or (BIRTH.match(text) is not None and is_date(f"{text}-01-01"[:10]))


def first_day(birth: str) -> date:
    """The first day that a birth, or a date, may mean."""
    return date.fromisoformat(f"{birth}-01-01"[:10])


def last_day(birth: str) -> date:
    """The last day that a birth, or a date, may mean."""
    first = first_day(birth)
    match len(birth):
        case 4:
            return date(first.year, 12, 31)
        case 7:
            return date(first.year, first.month, monthrange(first.year, first.month)[1])
        case _:
            return first


def is_email(text: str) -> bool:
    """An address that could receive mail; nothing is asked of the network."""
    try:
        validate_email(text, check_deliverability=False)
    except EmailNotValidError:
        return False
    return True


def is_document(text: str) -> bool:
    """The id of a document of the draft; that it exists is checked when filing."""
    return re.match(r"\A[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\Z", text) is not None


FORMATS: dict[str, Callable[[str], bool]] = {
    "nir": is_nir,
    "siret": is_siret,
    "iban": is_iban,
    "rna": is_rna,
    "phone": is_phone,
    "commune": is_commune,
    "departement-commune": is_departement_commune,
    "money": is_money,
    "date": is_date,
    "birth": is_birth,
    "email": is_email,
    "document": is_document,
}
