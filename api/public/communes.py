"""The communes of the département, for whoever types one: a form keeps its INSEE code."""

from datetime import UTC, datetime
from typing import Annotated

from fastapi import Path, Query, Response

from api.http import problem_types as types
from api.http.inputs import Day, Out
from api.http.problems import Problem
from api.http.rooms import Room
from catalogue.territory import Commune, Edition, territory
from domain.calendar import civil

router = Room()

CACHED = {"Cache-Control": "public, max-age=86400"}
"""Communes change once a year at most: anybody may keep the answer for a day."""

Typed = Annotated[
    str, Query(min_length=2, max_length=80, description="Un nom, même abrégé ou sans accent, ou un code postal.")
]
Insee = Annotated[str, Path(pattern=r"^[0-9AB]{5}$", description="Le code INSEE, qui n'est pas le code postal.")]
On = Annotated[Day | None, Query(description="Le jour dont on veut le découpage ; aujourd'hui s'il n'est pas dit.")]


class EpciOut(Out):
    """An établissement public de coopération intercommunale: its SIREN, its name."""

    siren: str
    name: str


class CommuneOut(Out):
    """A commune: `insee` is what a form keeps; `also` are the names of the communes it has taken in."""

    insee: str
    name: str
    postal_codes: tuple[str, ...]
    also: tuple[str, ...]
    arrondissement: str
    population: int
    cantons: tuple[str, ...]
    epci: EpciOut | None


@router.get("/communes")
async def search_communes(q: Typed, response: Response, on: On = None) -> list[CommuneOut]:
    """The ten communes that best answer what is typed, the best first."""
    response.headers.update(CACHED)
    day = on or civil(datetime.now(UTC))
    edition = territory().edition(day)
    return [_shown(one, edition) for one in territory().search(q, day)] if edition is not None else []


@router.get("/communes/{insee}")
async def read_commune(insee: Insee, response: Response, on: On = None) -> CommuneOut:
    """One commune, by its INSEE code."""
    day = on or civil(datetime.now(UTC))
    edition, found = territory().edition(day), territory().commune(insee, day)
    if edition is None or found is None:
        raise Problem(types.NOT_FOUND, f"Aucune commune du département n'a le code INSEE « {insee} » ce jour-là.")
    response.headers.update(CACHED)
    return _shown(found, edition)


def _shown(commune: Commune, edition: Edition) -> CommuneOut:
    epci = EpciOut(siren=commune.epci, name=edition.epci[commune.epci]) if commune.epci is not None else None
    return CommuneOut.showing(commune, arrondissement=edition.arrondissements[commune.arrondissement], epci=epci)
