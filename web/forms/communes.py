"""The commune that a person means when they type a name or a postal code."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime

from catalogue.formats.commune import CODE
from catalogue.france import france
from catalogue.territory import Commune, Territory, plain, territory
from domain.calendar import civil

SHOWN_AT_MOST = 10
SHOWN = 3
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
        """The name of a commune, in whatever edition has it, or elsewhere in France; else the code itself."""
        editions = [self.territory.edition(self.on), *reversed(self.territory.editions)]
        found = (each.by_code.get(insee) for each in editions if each is not None)
        ours = next((commune.name for commune in found if commune is not None), "")
        there = france().of(insee) if not ours else None
        return ours or (there.name if there is not None else insee)

    def candidates(self, typed: str, *, elsewhere: bool) -> tuple[Candidate, ...]:
        """The communes that a text may mean; one when it is plain, those of elsewhere if they are admitted."""
        found = self.territory.search(typed, self.on, limit=SHOWN_AT_MOST)
        exact = tuple(each for each in found if _is_named(each, plain(typed)))
        if exact or (found and not elsewhere):
            return tuple(map(_candidate, exact or found))
        code = re.sub(r"\s", "", typed).upper()
        if not found and self.territory.holds(code):
            return (Candidate(code, self.name(code)),)
        there = self._elsewhere(typed, code) if elsewhere else ()
        return (*map(_candidate, found), *there)[:SHOWN_AT_MOST]

    def _elsewhere(self, typed: str, code: str) -> tuple[Candidate, ...]:
        """The communes of the rest of France: a postal code first, since people know no other."""
        searched = france().search(typed, SHOWN_AT_MOST)
        by_code = france().of(code)
        known = (*searched, *((by_code,) if by_code is not None and by_code not in searched else ()))
        others = (each for each in known if not each.insee.startswith(self.territory.departement))
        found = tuple(Candidate(each.insee, f"{each.name} ({', '.join(each.postal_codes[:SHOWN])})") for each in others)
        # One that was merged since still stands on papers: its code is taken as it is.
        merged = CODE.match(code) is not None and not code.startswith(self.territory.departement)
        return found or ((Candidate(code, code),) if merged and not code.endswith("000") else ())


def today() -> Communes:
    """The communes of today, on the real clock. Raises CatalogueError."""
    return Communes(civil(datetime.now(UTC)), territory())


def _is_named(commune: Commune, typed: str) -> bool:
    names = {plain(name) for name in commune.names}
    return typed in names | {name.removeprefix(article) for name in names for article in ARTICLES}


def _candidate(commune: Commune) -> Candidate:
    return Candidate(commune.insee, f"{commune.name} ({', '.join(commune.postal_codes)})")
