"""A telephone number, French by default, with its ten digits; another country's with `+`."""

import re

import phonenumbers

from catalogue.formats.digits import BLANKS, HYPHENS, compact
from catalogue.formats.format import Format
from domain.sentence import N_

FRANCE = 33
# « Tél. : », « N° »: what stands before the number on the paper that it is copied from.
LABEL = re.compile(r"\A[^0-9+(]+")


def _valid(text: str) -> bool:
    try:
        number = phonenumbers.parse(text, "FR") if text.isascii() else None
    except phonenumbers.NumberParseException:
        return False
    if number is None or not phonenumbers.is_possible_number(number):
        return False
    # Shorter French ones are possible for the library, and one digit short for everybody else.
    return number.country_code != FRANCE or len(str(number.national_number)) == 9


def _read(typed: str) -> str:
    """`+33 (0) 6 …` too: the zero in brackets is the one that is not dialled from abroad."""
    plain = LABEL.sub("", HYPHENS.sub("-", BLANKS.sub(" ", typed))) or typed
    return re.sub(r"(?<=\d)\s*\(0\)\s*", " ", plain)


def _in_pairs(text: str) -> str:
    number = compact(text)
    return " ".join(re.findall("..", number)) if re.fullmatch(r"0[0-9]{9}", number) else text


PHONE = Format(
    name="phone",
    valid=_valid,
    help=N_("Ce numéro de téléphone n'est pas valide : écrivez ses 10 chiffres, ou + et l'indicatif du pays."),
    read=_read,
    write=_in_pairs,
    input={"type": "tel"},
    width=20,
)
