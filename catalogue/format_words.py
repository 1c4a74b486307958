"""What to say of a text that is not of its format: which rule it breaks, never the text itself, which is personal."""

from __future__ import annotations

import re
from collections.abc import Callable

from stdnum.exceptions import InvalidChecksum
from stdnum.fr import nir as nir_number
from stdnum.fr import siret as siret_number

from catalogue.formats import COMMUNE, DATE, YEARS
from catalogue.france import france
from catalogue.territory import territory
from domain.worded import N_, Sentence

HELP = {
    "nir": N_("Ce numéro de sécurité sociale n'est pas valide : il a 15 chiffres, clé comprise."),
    "siret": N_("Ce numéro SIRET n'est pas valide : il a 14 chiffres."),
    "iban": N_("Cet IBAN n'est pas valide : recopiez-le depuis votre relevé d'identité bancaire."),
    "rna": N_("Ce numéro RNA n'est pas valide : il commence par W, suivi de 9 chiffres, par exemple W291000001."),
    "phone": N_("Ce numéro de téléphone n'est pas valide : écrivez ses 10 chiffres, ou + et l'indicatif du pays."),
    "commune": N_("Ce code de commune n'est pas valide : il a 5 caractères, par exemple 29232."),
    "departement-commune": N_("Choisissez une commune du département."),
    "money": N_("Écrivez un montant en euros avec un point et deux décimales, par exemple 900.00."),
    "date": N_("Cette date n'existe pas : écrivez-la comme 2026-11-23."),
    "birth": N_(
        "Cette date n'existe pas : écrivez-la comme 1948-03-27 ; l'année seule, 1948, si le jour n'est pas connu."
    ),
    "email": N_("Cette adresse électronique n'est pas valide."),
    "document": N_("Ce document n'est pas connu."),
}
NIR_DIGITS = N_("Un numéro de sécurité sociale n'a que des chiffres ; en Corse, 2A ou 2B au département de naissance.")
NIR_LENGTH = N_(
    "Ce numéro de sécurité sociale a {count} caractères ; il en faut 15 : les 13 du numéro et les 2 de la clé, sur la "
    "carte Vitale."
)
NIR_KEY = N_("La clé ne correspond pas au numéro de sécurité sociale : un chiffre est faux. Recopiez-le en entier.")
SIRET_LENGTH = N_("Ce numéro SIRET a {count} chiffres ; il en faut 14.")
SIRET_SIREN = N_(
    "Ce numéro SIRET a {count} chiffres ; il en faut 14. C'est sans doute un SIREN : ajoutez les 5 chiffres de "
    "l'établissement."
)
SIRET_KEY = N_("Ce numéro SIRET ne passe pas le contrôle de sa clé : un chiffre est faux. Recopiez-le en entier.")
POSTAL_CODE = N_("{code} est un code postal, pas un code de commune. Il dessert {communes}.")
OLD_CODE = N_("{code} est un ancien code : cette commune fait aujourd'hui partie de {commune} ({insee}).")
NO_SUCH_CODE = N_("Aucune commune du département n'a le code {code}.")
ELSEWHERE = N_("Cette commune est dans un autre département : choisissez une commune du département.")
OTHER_TIMES = N_("Vérifiez l'année : elle va de {first} à {last}.")
YEAR_FIRST = N_("Écrivez l'année d'abord, par exemple 2026-11-23.")
WITH_A_POINT = N_("Écrivez ce montant avec un point, sans espace ni signe : 1234.50.")
DAY_FIRST = re.compile(r"\A[0-9]{1,2}[/.-][0-9]{1,2}[/.-][0-9]{4}\Z")
FRENCH_AMOUNT = re.compile(r"\A[0-9  ]+(,[0-9]{1,2})?( ?€)?\Z")


def explain(name: str, given: object) -> Sentence:
    """The French sentence about a value that the format `name` refuses."""
    more = MORE.get(name)
    said = more(given) if more is not None and isinstance(given, str) else None
    return said or Sentence(HELP.get(name, N_("Ce format n'est pas valide.")))


def _nir(text: str) -> Sentence | None:
    number = nir_number.compact(text)
    if not re.fullmatch(r"[0-9]*|[0-9]{5}2[AB][0-9]*", number, re.ASCII):
        return Sentence(NIR_DIGITS)
    if len(number) != 15:
        return Sentence(NIR_LENGTH, count=len(number))
    if number[13:] != nir_number.calc_check_digits(number):
        return Sentence(NIR_KEY)
    return None


def _siret(text: str) -> Sentence | None:
    number = siret_number.compact(text)
    if number.isdigit() and len(number) != 14:
        return Sentence(SIRET_SIREN if len(number) == 9 else SIRET_LENGTH, count=len(number))
    try:
        siret_number.validate(number)
    except InvalidChecksum:
        return Sentence(SIRET_KEY)
    except ValueError:
        return None
    return None


def _commune(text: str) -> Sentence | None:
    here = territory()
    if served := here.at_postal_code(text):
        return Sentence(POSTAL_CODE, code=text, communes=_named([(each.name, each.insee) for each in served]))
    if there := france().at_postal_code(text) if not COMMUNE.match(text) else ():
        return Sentence(POSTAL_CODE, code=text, communes=_named([(each.name, each.insee) for each in there]))
    if (now := here.successor(text)) is not None:
        return Sentence(OLD_CODE, code=text, commune=now.name, insee=now.insee)
    if COMMUNE.match(text) and text.startswith(here.departement):
        return Sentence(NO_SUCH_CODE, code=text)
    return None


def _named(communes: list[tuple[str, str]]) -> str:
    return ", ".join(f"{name} ({insee})" for name, insee in communes[:3]) + ("…" if len(communes) > 3 else "")


def _departement_commune(text: str) -> Sentence | None:
    if COMMUNE.match(text) and not text.startswith(territory().departement):
        return Sentence(ELSEWHERE)
    return _commune(text)


def _date(text: str) -> Sentence | None:
    if DATE.match(text) and int(text[:4]) not in YEARS:
        return Sentence(OTHER_TIMES, first=YEARS[0], last=YEARS[-1])
    return Sentence(YEAR_FIRST) if DAY_FIRST.match(text) else None


def _money(text: str) -> Sentence | None:
    return Sentence(WITH_A_POINT) if FRENCH_AMOUNT.match(text) else None


MORE: dict[str, Callable[[str], Sentence | None]] = {
    "nir": _nir,
    "siret": _siret,
    "commune": _commune,
    "departement-commune": _departement_commune,
    "date": _date,
    "birth": _date,
    "money": _money,
}
