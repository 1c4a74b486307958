"""The commune that a person means when they type a name or a postal code."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime

from catalogue.formats import COMMUNE
from catalogue.territory import Commune, Territory, plain, territory
from domain.calendar import civil

SHOWN_AT_MOST = 10
ARTICLES = ("le ", "la ", "les ", "l ")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A commune that could be meant: its INSEE code, and its name with its postal codes."""

    insee: str
    label: str


@dataclass(frozen=True, slots=True)
class Communes:
    """The communes as they are on a day."""

    on: date
    territory: Territory

    def name(self, insee: str) -> str:
        """The name of a commune, in whatever edition has it; the code itself for one that is not ours."""
        editions = [self.territory.edition(self.on), *reversed(self.territory.editions)]
        found = (each.by_code.get(insee) for each in editions if each is not None)
        return next((commune.name for commune in found if commune is not None), insee)

    def candidates(self, typed: str, *, elsewhere: bool) -> tuple[Candidate, ...]:
        """The communes that a text may mean; one when it is plain, an INSEE code elsewhere if that is admitted."""
        code = typed.replace(" ", "").upper()
        found = self.territory.search(typed, self.on, limit=SHOWN_AT_MOST)
        exact = tuple(each for each in found if _is_named(each, plain(typed)))
        if found:
            return tuple(map(_candidate, exact or found))
        if self.territory.holds(code):
            return (Candidate(code, self.name(code)),)
        here = code.startswith(self.territory.departement)
        # No INSEE code ends with 000: that is the postal code of a large town elsewhere.
        admitted = elsewhere and not here and COMMUNE.match(code) is not None and not code.endswith("000")
        return (Candidate(code, code),) if admitted else ()


def today() -> Communes:
    """The communes of today, on the real clock. Raises CatalogueError."""
    return Communes(civil(datetime.now(UTC)), territory())


def _is_named(commune: Commune, typed: str) -> bool:
    names = {plain(name) for name in commune.names}
    return typed in names | {name.removeprefix(article) for name in names for article in ARTICLES}


def _candidate(commune: Commune) -> Candidate:
    return Candidate(commune.insee, f"{commune.name} ({', '.join(commune.postal_codes)})")
