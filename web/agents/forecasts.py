"""What silence will decide in my groups by a day, if nobody acts."""

from datetime import timedelta
from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import ValidationError
from starlette.responses import Response

from api.agents.forecasts import ForecastIn, read_forecast
from api.http import problem_types as types
from api.http.problems import Problem
from api.legal_time import legal_now
from api.services import Services, Use
from api.shown.forecast import ForecastOut
from api.sign_in.identity import AgentPerson
from domain.calendar import civil
from web.sign_in.identity import Agent
from web.site.page import At, Here
from web.site.rendering import page

router = APIRouter(prefix="/agents")
AHEAD = timedelta(days=31)


@router.get("/previsions")
async def forecast_page(
    here: At, agent: Agent, services: Use, day: Annotated[str, Query(alias="le", max_length=10)] = ""
) -> Response:
    """Queue by queue; a month ahead unless another day is asked."""
    usual = civil(await legal_now(services) + AHEAD).isoformat()
    told, wrong = await _told(here, agent, services, day or usual, usual)
    status = 422 if wrong else 200
    return page(here, "agents/forecast.html", status=status, told=told, day=day or usual, wrong=wrong)


async def _told(here: Here, agent: AgentPerson, services: Services, day: str, usual: str) -> tuple[ForecastOut, str]:
    """The forecast of that day, or why there is none: then the usual one."""
    try:
        return await read_forecast(ForecastIn.model_validate({"on": day}), agent, services), ""
    except ValidationError:
        wrong = here.words.gettext("Cette date ne se lit pas. Écrivez-la ainsi : 2027-03-01.")
    except Problem as problem:
        if problem.type is not types.VALIDATION_FAILED:
            raise
        wrong = here.words.say(problem.detail)
    return await read_forecast(ForecastIn.model_validate({"on": usual}), agent, services), wrong
