"""The département whose counter this is: its offices. Another département is another data file."""

from functools import lru_cache
from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator, Field
from stdnum.fr import siret as siret_number

from catalogue.toml_files import Strict, read_toml
from domain.plan import Office

ROOT = Path(__file__).resolve().parent.parent
FILE = ROOT / "departement" / "finistere.toml"


def _siret(text: str) -> str:
    """The number as it is, or nothing. Raises ValueError."""
    if text and not siret_number.is_valid(text):
        raise ValueError("ce SIRET n'existe pas : ses quatorze chiffres ne suivent pas leur clé (Luhn)")
    return text


class Departement(Strict):
    """Its INSEE code, its name, its address, the folder of its territory, and whom to call for each procedure.

    Open data names it by its `siret` (empty: unknown yet) and tells grants from `publish_grants_from` euros on.
    """

    code: str
    name: str
    territory: str
    address: str
    siret: Annotated[str, Field(pattern=r"^([0-9]{14})?$"), AfterValidator(_siret)] = ""
    publish_grants_from: Annotated[str, Field(pattern=r"^[0-9]+\.[0-9]{2}$")] = "23000.00"
    confidence: str = "U"
    offices: tuple[Office, ...]

    def office(self, key: str) -> Office | None:
        """The office of that key, if there is one."""
        return next((office for office in self.offices if office.key == key), None)


@lru_cache(maxsize=1)
def departement() -> Departement:
    """The département of this installation. Raises CatalogueError."""
    return read_toml(FILE, Departement)
