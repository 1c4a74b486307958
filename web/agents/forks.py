"""What becomes of a request if nobody acts, or if one act is done on a day: drawn, and told in a table."""

from datetime import timedelta
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query
from pydantic import ValidationError
from starlette.responses import Response

from api.forks import ForkIn, forked
from api.http import problem_types as types
from api.http.problems import Problem
from api.shown.fork import ForkOut
from domain.calendar import civil
from domain.commands import COMMANDS
from web.agents.dossier_view import DossierView, Open
from web.site.page import At, Here
from web.site.rendering import page
from web.site.timeline import timeline

router = APIRouter(prefix="/agents/dossiers/{dossier}")
MONTHS = (3, 6, 12, 24, 60)
MONTH = timedelta(days=31)


@router.get("/avenir")
async def future_page(
    dossier: UUID,
    here: At,
    opened: Open,
    months: Annotated[int, Query(alias="mois", ge=1, le=120)] = 12,
    act: Annotated[str, Query(alias="acte", max_length=100)] = "",
    day: Annotated[str, Query(alias="le", max_length=10)] = "",
) -> Response:
    """The story from the filing to that month; nothing is recorded."""
    one = await opened(dossier, "fork")
    until = (one.seen.at + months * MONTH).isoformat()
    then = [{"at": day, "act": act}] if act and day else []
    told, wrong = _told(one, here, until, then)
    return page(
        here,
        "agents/future.html",
        status=422 if wrong else 200,
        one=one,
        tab="/avenir",
        told=told,
        drawn=timeline(told.lines, told.clock.ledger, now=told.now, until=civil(told.until)),
        asked={"mois": months, "acte": act, "le": day},
        wrong=wrong,
        months=MONTHS,
        acts={name: command.label for name, command in COMMANDS.items() if command.label},
    )


def _told(one: DossierView, here: Here, until: str, then: list[dict[str, str]]) -> tuple[ForkOut, str]:
    """The story, or why it cannot be told with that act: then the one in which nobody acts."""
    try:
        return forked(one.seen, ForkIn.model_validate({"until": until, "then": then}), "agent"), ""
    except ValidationError:
        wrong = here.words.gettext("Cette date ne se lit pas. Écrivez-la ainsi : 2027-03-01.")
    except Problem as problem:
        if problem.type is not types.VALIDATION_FAILED:
            raise
        wrong = here.words.say(problem.detail)
    return forked(one.seen, ForkIn.model_validate({"until": until}), "agent"), wrong
