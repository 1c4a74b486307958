"""The communes of the whole of France, for people who live, work or ask from elsewhere: `departement/france/`."""

from dataclasses import dataclass
from functools import cached_property, lru_cache

from catalogue.departement import ROOT
from catalogue.territory import TOGETHER, plain
from domain.invisible_signs import visible

FILE = ROOT / "departement" / "france" / "communes.tsv"
SHORTEST = 3


@dataclass(frozen=True, slots=True)
class Place:
    """A commune of France, or an arrondissement of Paris, Lyon or Marseille."""

    insee: str
    name: str
    postal_codes: tuple[str, ...]
    population: int


@dataclass(frozen=True)
class France:
    """Every commune, by its INSEE code."""

    places: dict[str, Place]

    def of(self, insee: str) -> Place | None:
        """The commune of that INSEE code."""
        return self.places.get(insee)

    def at_postal_code(self, postal_code: str) -> tuple[Place, ...]:
        """The communes that a postal code serves, the most populated first."""
        return tuple(sorted(self._by_postal_code.get(postal_code, ()), key=lambda place: -place.population))

    def search(self, typed: str, limit: int = 10) -> tuple[Place, ...]:
        """The communes that a person means by a name, a postal code or both; the most populated first."""
        words = TOGETHER.sub("", plain(visible(typed))).split()
        name = " ".join(word for word in words if not word.isdigit())
        digits = [word for word in words if word.isdigit()]
        if not name:
            return self.at_postal_code(digits[0])[:limit] if len(digits) == 1 else ()
        found = self._named(name) if len(name) >= SHORTEST else ()
        kept = (each for each in found if all(any(p.startswith(d) for p in each.postal_codes) for d in digits))
        return tuple(sorted(kept, key=lambda place: -place.population)[:limit])

    def _named(self, name: str) -> tuple[Place, ...]:
        """Those of that very name; else those whose name begins so."""
        if whole := self._by_name.get(name):
            return whole
        begun = (places for known, places in self._by_name.items() if known.startswith(name))
        return tuple(each for places in begun for each in places)

    @cached_property
    def _whole(self) -> tuple[Place, ...]:
        """The communes alone: Paris, not its fifteenth arrondissement, whose code is only read."""
        return tuple(place for place in self.places.values() if not place.name.endswith(" Arrondissement"))

    @cached_property
    def _by_postal_code(self) -> dict[str, list[Place]]:
        known: dict[str, list[Place]] = {}
        for place in self._whole:
            for code in place.postal_codes:
                known.setdefault(code, []).append(place)
        return known

    @cached_property
    def _by_name(self) -> dict[str, tuple[Place, ...]]:
        known: dict[str, tuple[Place, ...]] = {}
        for place in self._whole:
            name = plain(place.name)
            for each in {name, name.removeprefix("le ").removeprefix("la ").removeprefix("les ").removeprefix("l ")}:
                known[each] = (*known.get(each, ()), place)
        return known


@lru_cache(maxsize=1)
def france() -> France:
    """The whole of France; read once, when somebody names a commune of elsewhere."""
    rows = (line.split("\t") for line in FILE.read_text(encoding="utf-8").splitlines() if not line.startswith("#"))
    every = (Place(insee, name, tuple(codes.split()), int(people)) for insee, name, codes, people in rows)
    return France({place.insee: place for place in every})
