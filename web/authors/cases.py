"""The worked cases of a procedure, each drawn in time as `guichet simulate` tells it."""

from __future__ import annotations

import asyncio

from fastapi import APIRouter, Depends
from starlette.responses import Response

from api import problem_types as types
from api.problems import Problem
from catalogue.cases import cases, story
from web.authors.workshop import Bench
from web.here import At
from web.identity import administrator_here
from web.rendering import page

router = APIRouter(prefix="/auteurs", dependencies=[Depends(administrator_here)])


@router.get("/{slug}/cas")
async def cases_page(slug: str, here: At, bench: Bench) -> Response:
    """Every case."""
    return page(here, "authors/cases.html", piece=bench.piece(slug), cases=cases(slug, bench.procedures))


@router.get("/{slug}/cas/{name}")
async def case_page(slug: str, name: str, here: At, bench: Bench) -> Response:
    """One case, from its filing until nothing is due any more."""
    piece = bench.piece(slug)
    chosen = next((case for case in cases(slug, bench.procedures) if case.name == name), None)
    if chosen is None:
        raise Problem(types.NOT_FOUND, "La démarche n'a pas de cas de ce nom.")
    told = await asyncio.to_thread(story, bench.procedures.plan(slug), chosen)
    return page(here, "authors/case.html", piece=piece, case=chosen, lines=told.lines)
