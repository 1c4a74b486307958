"""A French social security number, its key included; Corsica's 2A and 2B too."""

import re

from stdnum.fr import nir as number_of

from catalogue.formats.digits import CAPITALS, copied, in_ascii, in_groups
from catalogue.formats.format import Format
from domain.sentence import N_, Sentence

DIGITS = N_("Un numéro de sécurité sociale n'a que des chiffres ; en Corse, 2A ou 2B au département de naissance.")
LENGTH = N_(
    "Ce numéro de sécurité sociale a {count} caractères ; il en faut 15 : les 13 du numéro et les 2 de la clé, sur la "
    "carte Vitale."
)
KEY = N_("La clé ne correspond pas au numéro de sécurité sociale : un chiffre est faux. Recopiez-le en entier.")


def _because(text: str) -> Sentence | None:
    number = number_of.compact(text)
    if not re.fullmatch(r"[0-9]*|[0-9]{5}2[AB][0-9]*", number, re.ASCII):
        return Sentence(DIGITS)
    if len(number) != 15:
        return Sentence(LENGTH, count=len(number))
    if number[13:] != number_of.calc_check_digits(number):
        return Sentence(KEY)
    return None


NIR = Format(
    name="nir",
    valid=in_ascii(number_of.is_valid),
    help=N_("Ce numéro de sécurité sociale n'est pas valide : il a 15 chiffres, clé comprise."),
    because=_because,
    example="255081416802538",
    read=copied(r"\A[^0-9]+"),
    write=in_groups(r"(.)(..)(..)(..)(...)(...)(..)"),
    input=CAPITALS,
    width=20,
)
