"""What silence will decide of my groups' open dossiers by a day, if nobody acts."""

from typing import Annotated

from fastapi import Query

from api.forks import DayOrMoment
from api.http import problem_types as types
from api.http.inputs import In
from api.http.problems import FieldError, Problem
from api.http.rooms import Room
from api.services import Use
from api.shown.forecast import ForecastOut, shown_forecast
from api.sign_in.identity import Agent
from domain.act_description import Misdescribed
from domain.futures.forecast import forecast
from domain.futures.fork import refuse_date
from storage.engine.legal_time import legal_now
from storage.lists import forecasts, queues

router = Room()
MOST = 200


class ForecastIn(In):
    """Until which day (noon in Paris) or instant."""

    on: DayOrMoment


@router.get("/forecast")
async def read_forecast(wanted: Annotated[ForecastIn, Query()], agent: Agent, services: Use) -> ForecastOut:
    """Queue by queue, what silence will decide by that day; read from the clocks alone."""
    async with services.database.transaction(agent.context) as connection:
        now = await legal_now(connection)
        try:
            refuse_date(wanted.on, now, "on")
        except Misdescribed as bad:
            raise Problem(types.VALIDATION_FAILED, bad.told, (FieldError("#query/on", "past", bad.sentence),)) from bad
        mine = [
            (group, slug) for group in sorted(agent.groups) for slug in await queues.procedures_of(connection, group)
        ]
        served = sorted({slug for _, slug in mine})
        clocks = await forecasts.due_by(connection, served, wanted.on)
        counts = await queues.open_counts(connection, served)
    found = {slug: forecast(clocks[slug], now, wanted.on) for slug in served}
    return shown_forecast(mine, found, counts, now=now, on=wanted.on, most=MOST)
