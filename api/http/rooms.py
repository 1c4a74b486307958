"""How every router of the API is made: its routes take the JSON that was read at the door (`api/http/bodies.py`)."""

from collections.abc import Callable, Coroutine
from typing import Any

from fastapi import APIRouter
from fastapi.routing import APIRoute
from starlette.requests import Request
from starlette.responses import Response

READ = "guichet.json"
"""Where, in what a request brings along, the value of its body is."""


class Room(APIRouter):
    """A router whose JSON bodies are parsed once."""

    def __init__(self, **options: Any) -> None:
        super().__init__(route_class=_Route, **options)


class _Route(APIRoute):
    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        answers = super().get_route_handler()

        async def answered(request: Request) -> Response:
            return await answers(_Read(request.scope, request.receive))

        return answered


class _Read(Request):
    async def json(self) -> Any:
        """The value that the door read, strictly: it was there for every body that says it is JSON."""
        return self.scope[READ]
