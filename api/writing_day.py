"""The day by which what people write is judged, in a demonstration: there legal time may be months ahead."""

from __future__ import annotations

from starlette.types import ASGIApp, Receive, Scope, Send

from api.services import ANONYMOUS, Services
from catalogue.forms import written_on
from domain.calendar import civil
from storage.legal_time import legal_now


class WritingDay:
    """A decision received « yesterday » in legal time is past, though the real calendar has not reached it."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer with today's legal day known to every form."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        services: Services = scope["app"].state.services
        async with services.database.transaction(ANONYMOUS) as connection:
            day = civil(await legal_now(connection))
        with written_on(day):
            await self.app(scope, receive, send)
