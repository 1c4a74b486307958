"""What to say of a text that is not of its format: which rule it breaks, never the text itself, which is personal."""

from __future__ import annotations

import re
from collections.abc import Callable

from stdnum.exceptions import InvalidChecksum
from stdnum.fr import nir as nir_number
from stdnum.fr import siret as siret_number

from catalogue.formats import COMMUNE
from catalogue.territory import territory

HELP = {
    "nir": "Ce numéro de sécurité sociale n'est pas valide : il a 15 chiffres, clé comprise.",
    "siret": "Ce numéro SIRET n'est pas valide : il a 14 chiffres.",
    "iban": "Cet IBAN n'est pas valide : recopiez-le depuis votre relevé d'identité bancaire.",
    "rna": "Ce numéro RNA n'est pas valide : il commence par W, suivi de 9 chiffres, par exemple W291000001.",
    "phone": "Ce numéro de téléphone n'est pas valide : écrivez ses 10 chiffres, ou + et l'indicatif du pays.",
    "commune": "Ce code de commune n'est pas valide : il a 5 caractères, par exemple 29232.",
    "departement-commune": "Choisissez une commune du département.",
    "money": "Écrivez un montant en euros avec un point et deux décimales, par exemple 900.00.",
    "date": "Cette date n'existe pas : écrivez-la comme 2026-11-23.",
    "email": "Cette adresse électronique n'est pas valide.",
    "document": "Ce document n'est pas connu.",
}
DAY_FIRST = re.compile(r"\A[0-9]{1,2}[/.-][0-9]{1,2}[/.-][0-9]{4}\Z")
FRENCH_AMOUNT = re.compile(r"\A[0-9  ]+(,[0-9]{1,2})?( ?€)?\Z")


def explain(name: str, given: object) -> str:
    """The French sentence about a value that the format `name` refuses."""
    more = MORE.get(name)
    said = more(given) if more is not None and isinstance(given, str) else ""
    return said or HELP.get(name, "Ce format n'est pas valide.")


def _nir(text: str) -> str:
    number = nir_number.compact(text)
    if not re.fullmatch(r"[0-9]{5}([0-9]{2}|2[AB])[0-9]*", number, re.ASCII):
        return "Un numéro de sécurité sociale n'a que des chiffres ; en Corse, 2A ou 2B au département de naissance."
    if len(number) != 15:
        return (
            f"Ce numéro de sécurité sociale a {len(number)} caractères ; il en faut 15 : les 13 du numéro et les 2 de "
            "la clé, sur la carte Vitale."
        )
    if number[13:] != nir_number.calc_check_digits(number):
        return "La clé ne correspond pas au numéro de sécurité sociale : un chiffre est faux. Recopiez-le en entier."
    return ""


def _siret(text: str) -> str:
    number = siret_number.compact(text)
    if number.isdigit() and len(number) != 14:
        siren = " C'est sans doute un SIREN : ajoutez les 5 chiffres de l'établissement." if len(number) == 9 else ""
        return f"Ce numéro SIRET a {len(number)} chiffres ; il en faut 14.{siren}"
    try:
        siret_number.validate(number)
    except InvalidChecksum:
        return "Ce numéro SIRET ne passe pas le contrôle de sa clé : un chiffre est faux. Recopiez-le en entier."
    except ValueError:
        return ""
    return ""


def _commune(text: str) -> str:
    here = territory()
    if served := here.at_postal_code(text):
        those = ", ".join(f"{each.name} ({each.insee})" for each in served[:3])
        more = "…" if len(served) > 3 else ""
        return f"{text} est un code postal, pas un code de commune. Il dessert {those}{more}."
    if (now := here.successor(text)) is not None:
        return f"{text} est un ancien code : cette commune fait aujourd'hui partie de {now.name} ({now.insee})."
    if COMMUNE.match(text) and text.startswith(here.departement):
        return f"Aucune commune du département n'a le code {text}."
    return ""


def _departement_commune(text: str) -> str:
    if COMMUNE.match(text) and not text.startswith(territory().departement):
        return "Cette commune est dans un autre département : choisissez une commune du département."
    return _commune(text)


def _date(text: str) -> str:
    return "Écrivez l'année d'abord, par exemple 2026-11-23." if DAY_FIRST.match(text) else ""


def _money(text: str) -> str:
    return "Écrivez ce montant avec un point, sans espace ni signe : 1234.50." if FRENCH_AMOUNT.match(text) else ""


MORE: dict[str, Callable[[str], str]] = {
    "nir": _nir,
    "siret": _siret,
    "commune": _commune,
    "departement-commune": _departement_commune,
    "date": _date,
    "money": _money,
}
