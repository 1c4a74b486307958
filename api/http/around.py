"""What every middleware of ours is: it is given requests, and all else passes by it (ASGI)."""

from abc import ABC, abstractmethod
from collections.abc import Callable

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send


class Around(ABC):
    """A middleware around `app`."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await (self.request if scope["type"] == "http" else self.app)(scope, receive, send)

    @abstractmethod
    async def request(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or have `app` answer it."""


def with_headers(send: Send, give: Callable[[MutableHeaders], None]) -> Send:
    """What an answer is sent by, once `give` has put its own headers."""

    async def sent(message: Message) -> None:
        if message["type"] == "http.response.start":
            give(MutableHeaders(scope=message))
        await send(message)

    return sent
