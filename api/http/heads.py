"""HEAD is answered as GET is, without the content (RFC 9110 §9.3.2): no route has to think of it."""

from starlette.types import Message, Receive, Scope, Send

from api.http.around import Around


class Heads(Around):
    """Ask the routes for GET, and pass its status and headers on alone."""

    async def request(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["method"] != "HEAD":
            await self.app(scope, receive, send)
            return

        async def without_content(message: Message) -> None:
            if message["type"] == "http.response.body":
                message = {**message, "body": b""}
            await send(message)

        await self.app({**scope, "method": "GET"}, receive, without_content)
