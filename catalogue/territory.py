"""The communes of the département and the EPCI they belong to, as they are on a day: `departement/<territory>/`.

An edition holds from its `valid_from` until the next one; before the first, nothing is known. An INSEE code is not a
postal code, though both have five digits: 29259 is the code of Saint-Pol-de-Léon, and the postal code of Île-Molène.
"""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache
from pathlib import Path

from catalogue.departement import ROOT, departement
from catalogue.toml_files import Strict, read_toml
from domain.invisible_signs import visible

SHORTENED = {"st": "saint", "ste": "sainte"}
# « 29 000 » is one postal code.
TOGETHER = re.compile(r"(?<=[0-9]) (?=[0-9])")
UNMARKED = str.maketrans({"œ": "oe", "æ": "ae"})


class Commune(Strict):
    """A commune of an edition. `epci` is a SIREN, None outside any; `cantons` is empty when it is not known.

    `population` is the one the edition's source gives; `also` are the names of the communes it has taken in, `former`
    their INSEE codes; `breton` is its name in Breton, by which people look for it too.
    """

    insee: str
    name: str
    postal_codes: tuple[str, ...]
    arrondissement: str
    population: int
    epci: str | None = None
    cantons: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    former: tuple[str, ...] = ()
    breton: str = ""

    @property
    def names(self) -> tuple[str, ...]:
        """The names under which people look for it, its own first."""
        return (self.name, *self.also, *filter(None, (self.breton,)))


class Edition(Strict):
    """One file: what holds from `valid_from` on, where it comes from, under which licence."""

    valid_from: date
    source: str
    licence: str
    communes: tuple[Commune, ...]
    epci: Mapping[str, str]
    arrondissements: Mapping[str, str]

    @cached_property
    def by_code(self) -> dict[str, Commune]:
        """Its communes by INSEE code."""
        return {commune.insee: commune for commune in self.communes}

    @cached_property
    def plain_names(self) -> tuple[tuple[Commune, tuple[str, ...]], ...]:
        """Its communes, each with its names as they are compared."""
        return tuple((commune, tuple(plain(name) for name in commune.names)) for commune in self.communes)


class Cantons(Strict):
    """The cantons that are known; their names are to be confirmed while `names_confidence` is not A or B."""

    source: str
    valid_from: date
    names_confidence: str
    communes: Mapping[str, tuple[str, ...]]
    names: Mapping[str, str]


class BretonNames(Strict):
    """The names of communes in Breton, by INSEE code: to find them, never to write an act."""

    source: str
    confidence: str
    names: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Territory:
    """A département's territory through time: its editions, the oldest first."""

    departement: str
    editions: tuple[Edition, ...]

    def edition(self, on: date) -> Edition | None:
        """The edition in force on a day; None before the first."""
        return next((each for each in reversed(self.editions) if each.valid_from <= on), None)

    def commune(self, insee: str, on: date) -> Commune | None:
        """The commune of that INSEE code on a day."""
        edition = self.edition(on)
        return edition.by_code.get(insee) if edition is not None else None

    def epci_of(self, insee: str, on: date) -> str | None:
        """The SIREN of the EPCI of a commune on a day; None outside any, outside the département, or unknown."""
        commune = self.commune(insee, on)
        return commune.epci if commune is not None else None

    def holds(self, insee: str) -> bool:
        """Whether some edition has a commune of that INSEE code."""
        return any(insee in edition.by_code for edition in self.editions)

    def successor(self, insee: str) -> Commune | None:
        """The commune that has taken in the one whose INSEE code this was, in the last edition."""
        return next((each for each in self._last if insee in each.former), None)

    def at_postal_code(self, postal_code: str) -> tuple[Commune, ...]:
        """The communes that a postal code serves, in the last edition."""
        return tuple(each for each in self._last if postal_code in each.postal_codes)

    def search(self, typed: str, on: date, limit: int = 10) -> tuple[Commune, ...]:
        """The communes that a person means, best first, then the most populated: by words of a name or postal code.

        Accents, case and hyphens do not count; `st` is `saint`. Digits are a postal code, never an INSEE code.
        """
        words = TOGETHER.sub("", plain(visible(typed))).split()
        edition = self.edition(on)
        if not words or edition is None:
            return ()
        ranked = ((_rank(commune, names, words), commune) for commune, names in edition.plain_names)
        found = [(rank, -commune.population, commune.name, commune) for rank, commune in ranked if rank is not None]
        return tuple(commune for *_, commune in sorted(found, key=lambda each: each[:3])[:limit])

    @property
    def _last(self) -> tuple[Commune, ...]:
        return self.editions[-1].communes if self.editions else ()


def plain(text: str) -> str:
    """A name as it is compared: small letters without accents, words apart by one space, `st` written `saint`."""
    bare = unicodedata.normalize("NFKD", text.lower().translate(UNMARKED))
    letters = "".join(each for each in bare if not unicodedata.combining(each))
    words = re.split(r"[^a-z0-9]+", letters)
    return " ".join(SHORTENED.get(word, word) for word in words if word)


def _rank(commune: Commune, names: tuple[str, ...], words: list[str]) -> int | None:
    """How well what is typed names a commune: 0 its whole name, 3 words of it; None when it does not."""
    digits, letters = [w for w in words if w.isdigit()], [w for w in words if not w.isdigit()]
    if not all(any(code.startswith(each) for code in commune.postal_codes) for each in digits):
        return None
    ranks = [_rank_of_name(name, letters) for name in names]
    return min((rank for rank in ranks if rank is not None), default=None)


def _rank_of_name(name: str, letters: list[str]) -> int | None:
    typed = " ".join(letters)
    if typed in {name, name.removeprefix("le ").removeprefix("la ").removeprefix("l ")}:
        return 0
    if name.startswith(typed):
        return 1
    within = name.split()
    if f" {typed}" in name:
        return 2
    return 3 if all(any(word.startswith(each) for word in within) for each in letters) else None


def read_territory(folder: Path, code: str) -> Territory:
    """The territory of a folder: its editions, with the cantons where they are known. Raises CatalogueError."""
    editions = [read_toml(file, Edition) for file in sorted(folder.glob("territory-*.toml"))]
    cantons = read_toml(folder / "cantons.toml", Cantons) if (folder / "cantons.toml").exists() else None
    if cantons is not None:
        editions = [_with_cantons(edition, cantons) for edition in editions]
    if (folder / "breton.toml").exists():
        breton = read_toml(folder / "breton.toml", BretonNames).names
        editions = [_with_breton(edition, breton) for edition in editions]
    ordered = sorted(editions, key=lambda edition: edition.valid_from)
    return Territory(departement=code, editions=tuple(ordered))


def _with_cantons(edition: Edition, cantons: Cantons) -> Edition:
    known = cantons.communes if cantons.valid_from <= edition.valid_from else {}
    communes = tuple(each.model_copy(update={"cantons": known.get(each.insee, ())}) for each in edition.communes)
    return edition.model_copy(update={"communes": communes})


def _with_breton(edition: Edition, names: Mapping[str, str]) -> Edition:
    communes = tuple(each.model_copy(update={"breton": names.get(each.insee, "")}) for each in edition.communes)
    return edition.model_copy(update={"communes": communes})


@lru_cache(maxsize=1)
def territory() -> Territory:
    """The territory of this installation's département. Raises CatalogueError."""
    here = departement()
    return read_territory(ROOT / "departement" / here.territory, here.code)
