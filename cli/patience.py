"""How long a caller may keep a connection without saying anything: uvicorn itself waits for ever.

A handshake of TLS, then headers, come whole within `HEADERS` seconds. A body then goes forward: `LEAST` bytes in each
`BODY` seconds, unless it is we who are not reading. Otherwise a few hundred silent connections would hold every place
(slow HTTP attacks).
"""

from asyncio import SelectorEventLoop, Server, TimerHandle, Transport
from typing import Any

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

HEADERS = 10.0
BODY = 20.0
LEAST = 1_024
TOO_SLOW = b"HTTP/1.1 408 Request Timeout\r\nconnection: close\r\ncontent-length: 0\r\n\r\n"


class PatientLoop(SelectorEventLoop):
    """The loop that serves: over TLS asyncio waits a minute for a handshake, and uvicorn cannot be asked for less."""

    async def create_server(self, *args: Any, **options: Any) -> Server:
        """A server, whose handshakes are as patient as the rest."""
        if options.get("ssl") is not None:
            options.setdefault("ssl_handshake_timeout", HEADERS)
        return await super().create_server(*args, **options)


class PatientProtocol(H11Protocol):
    """One connection, and the time that its caller still has."""

    _timer: TimerHandle | None = None
    _in_body = False
    _came = 0

    def connection_made(self, transport: Transport) -> None:  # type: ignore[override]
        """Begin to wait for the headers of the first request."""
        super().connection_made(transport)
        self._wait(HEADERS)

    def connection_lost(self, exc: Exception | None) -> None:
        """Wait for nothing more."""
        self._stop()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Wait for what is still to come of the request: its headers, the rest of its body, or nothing."""
        super().data_received(data)
        awaited = self.conn.their_state
        if awaited is h11.SEND_BODY:
            self._came += len(data)
            if not self._in_body:
                self._in_body, self._came = True, 0
                self._wait(BODY)
        elif awaited is not h11.IDLE:
            self._in_body = False
            self._stop()
        elif self._timer is None and self.timeout_keep_alive_task is None:
            # Between two requests uvicorn's own time-out counts, until something comes.
            self._in_body = False
            self._wait(HEADERS)

    def _wait(self, seconds: float) -> None:
        self._stop()
        self._timer = self.loop.call_later(seconds, self._tired)

    def _stop(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _tired(self) -> None:
        self._timer = None
        if self._in_body and (self._came >= LEAST or self.flow.read_paused):
            self._came = 0
            self._wait(BODY)
            return
        if not self.transport.is_closing():
            # A route that reads the body of its request sees its caller gone.
            if not self._in_body:
                self.transport.write(TOO_SLOW)
            self.transport.close()
