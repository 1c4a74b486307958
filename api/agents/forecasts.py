"""What silence will decide of my groups' open dossiers by a day, if nobody acts."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query

from api import problem_types as types
from api.futures import DayOrMoment
from api.identity import Agent
from api.inputs import In
from api.problems import FieldError, Problem
from api.services import Use
from api.shown.forecast import ForecastOut, shown_forecast
from domain.forecast import forecast
from domain.fork import refuse_date
from domain.said import Misdescribed
from storage import forecasts, queues
from storage.legal_time import legal_now

router = APIRouter()
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
