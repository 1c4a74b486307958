"""A SIRET; La Poste's offices, whose digits add up to a multiple of five, included."""

from stdnum.exceptions import InvalidChecksum
from stdnum.fr import siret as number_of

from catalogue.formats.digits import copied, in_ascii, in_groups
from catalogue.formats.format import Format
from domain.sentence import N_, Sentence

LENGTH = N_("Ce numéro SIRET a {count} chiffres ; il en faut 14.")
SIREN = N_(
    "Ce numéro SIRET a {count} chiffres ; il en faut 14. C'est sans doute un SIREN : ajoutez les 5 chiffres de "
    "l'établissement."
)
KEY = N_("Ce numéro SIRET ne passe pas le contrôle de sa clé : un chiffre est faux. Recopiez-le en entier.")


def _because(text: str) -> Sentence | None:
    number = number_of.compact(text)
    if number.isdigit() and len(number) != 14:
        return Sentence(SIREN if len(number) == 9 else LENGTH, count=len(number))
    try:
        number_of.validate(number)
    except InvalidChecksum:
        return Sentence(KEY)
    except ValueError:
        return None
    return None


SIRET = Format(
    name="siret",
    valid=in_ascii(number_of.is_valid),
    help=N_("Ce numéro SIRET n'est pas valide : il a 14 chiffres."),
    because=_because,
    example="73282932000074",
    read=copied(r"\A[^0-9]+"),
    write=in_groups(r"(...)(...)(...)(.{5})"),
    input={"inputmode": "numeric"},
    width=20,
)
