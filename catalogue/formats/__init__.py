"""The formats that a form's field may have, beyond JSON Schema's own: one value each, in the file of its name."""

from collections.abc import Callable, Mapping
from typing import Any

from catalogue.formats.commune import COMMUNE, DEPARTEMENT_COMMUNE
from catalogue.formats.days import BIRTH, DATE
from catalogue.formats.document import DOCUMENT
from catalogue.formats.email import EMAIL
from catalogue.formats.format import Format, Unreadable
from catalogue.formats.iban import IBAN
from catalogue.formats.money import MONEY
from catalogue.formats.nir import NIR
from catalogue.formats.phone import PHONE
from catalogue.formats.rna import RNA
from catalogue.formats.siret import SIRET
from domain.sentence import N_

__all__ = ["FORMATS", "Format", "Unreadable", "format_of", "validators"]

_EVERY = (
    NIR, SIRET, IBAN, RNA, PHONE, COMMUNE, DEPARTEMENT_COMMUNE, MONEY, DATE, BIRTH, EMAIL, DOCUMENT,
)  # fmt: skip
FORMATS: dict[str, Format] = {each.name: each for each in _EVERY}
ANY = Format(name="", valid=lambda _: True, help=N_("Ce format n'est pas valide."))


def format_of(field: Mapping[str, Any]) -> Format:
    """The format that a field says; that of any text when it says none, or one that is not known."""
    return FORMATS.get(str(field.get("format")), ANY)


def validators() -> dict[str, Callable[[str], bool]]:
    """What a validator of JSON Schema asks of each format."""
    return {name: each.valid for name, each in FORMATS.items()}
