"""The HTTP application as each serving process makes it."""

from collections.abc import MutableMapping
from typing import Any

import structlog
from starlette.types import ASGIApp, Receive, Scope, Send

from api.http.around import Around
from cli import noting
from storage.engine.settings import settings
from web.app import create_app

log = structlog.get_logger(__name__)


def application() -> ASGIApp:
    """The application of this process's environment."""
    noting.begin()
    return Answered(create_app(settings()))


class Answered(Around):
    """Ends a request whose defect has been answered and noted: Starlette raises it again, to be printed whole."""

    async def request(self, scope: Scope, receive: Receive, send: Send) -> None:
        begun = False

        async def noted(message: MutableMapping[str, Any]) -> None:
            nonlocal begun
            begun = True
            await send(message)

        try:
            await self.app(scope, receive, noted)
        except Exception:
            if not begun:
                raise
            log.exception("request ended by a defect", request_id=scope.get("request_id"))
