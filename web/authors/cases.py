"""The worked cases of a procedure, each drawn in time as `guichet simulate` tells it."""

from fastapi import APIRouter, Depends
from starlette.responses import Response

from api.admin.workshop import CHECKED, Bench
from api.http import problem_types as types
from api.http.problems import Problem
from api.shown.clock import ClockOut
from api.shown.fork import FutureLineOut
from catalogue.cases import Disagreement, cases, disagreements, story
from domain.futures.simulation import Story
from domain.sentence import N_, Sentence, Verbatim
from web.sign_in.identity import administrator_here
from web.site.page import At
from web.site.rendering import page
from web.site.timeline import Timeline, timeline

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
    plan = bench.procedures.plan(slug)
    told, wrong = await CHECKED.run(slug, lambda: (story(plan, chosen), disagreements(plan, chosen)))
    return page(
        here, "authors/case.html", piece=piece, case=chosen, drawn=_drawn(told), disagreements=[*map(_said, wrong)]
    )


def _drawn(told: Story) -> Timeline:
    lines = [FutureLineOut.of(line) for line in told.lines]
    return timeline(lines, ClockOut.of(told.dossier).ledger if told.events else ())


def _said(one: Disagreement) -> Sentence:
    text = N_("{expected} est attendu au {on} ; le noyau donne {given}.")
    return Sentence(text, expected=one.expected, on=Verbatim(one.on), given=one.given)
