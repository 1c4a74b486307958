"""The département whose counter this is: its offices. Another département is another data file."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from catalogue.toml_files import Strict, read_toml
from domain.plan import Office

ROOT = Path(__file__).resolve().parent.parent
FILE = ROOT / "departement" / "finistere.toml"


class Departement(Strict):
    """Its INSEE code, its name, its address, the folder of its territory, and whom to call for each procedure."""

    code: str
    name: str
    territory: str
    address: str
    confidence: str = "U"
    offices: tuple[Office, ...]

    def office(self, key: str) -> Office | None:
        """The office of that key, if there is one."""
        return next((office for office in self.offices if office.key == key), None)


@lru_cache(maxsize=1)
def departement() -> Departement:
    """The département of this installation. Raises CatalogueError."""
    return read_toml(FILE, Departement)
