"""The day by which what people write is judged, in a demonstration: there legal time may be months ahead."""

from datetime import date

from psycopg import OperationalError as PsycopgOperationalError
from sqlalchemy.exc import InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from starlette.types import Receive, Scope, Send

from api.http.around import Around
from api.services import ANONYMOUS, Services
from catalogue.forms import today, written_on
from domain.calendar import civil
from storage.engine.legal_time import legal_now

UNREACHABLE = (OperationalError, InterfaceError, PoolTimeout, PsycopgOperationalError)


class WritingDay(Around):
    """A decision received « yesterday » in legal time is past, though the real calendar has not reached it."""

    async def request(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer with today's legal day known to every form."""
        with written_on(await _legal_day(scope["app"].state.services)):
            await self.app(scope, receive, send)


async def _legal_day(services: Services) -> date:
    """Today's, in law; the real one while the database is away, which whoever needs it will say."""
    try:
        async with services.database.transaction(ANONYMOUS) as connection:
            return civil(await legal_now(connection))
    except UNREACHABLE:
        return today()
