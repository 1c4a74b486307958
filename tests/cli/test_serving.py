"""How the API listens when several processes share its socket."""

from __future__ import annotations

import asyncio
import socket

import pytest

from cli.serving import listening

HOST = "127.0.0.1"


def answers_at_once(shared: socket.socket) -> bool:
    """Whether asyncio leaves no delay on the connections that it accepts from this socket."""

    async def accepted() -> bool:
        seen: asyncio.Future[bool] = asyncio.get_running_loop().create_future()

        def note(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            found: socket.socket = writer.get_extra_info("socket")
            seen.set_result(bool(found.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)))
            writer.close()

        async with await asyncio.start_server(note, sock=shared):
            _, writer = await asyncio.open_connection(*shared.getsockname()[:2])
            said = await seen
            writer.close()
            await writer.wait_closed()
            return said

    return asyncio.run(accepted())


def test_the_shared_socket_makes_no_answer_wait_for_an_acknowledgement() -> None:
    """Unlike a socket that does not say it is TCP, as uvicorn's own: 40 ms more for each request."""
    plain = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    plain.bind((HOST, 0))

    assert not answers_at_once(plain)
    assert answers_at_once(listening(HOST, 0))


def test_a_taken_port_is_said_at_once() -> None:
    with listening(HOST, 0) as held:
        held.listen()
        with pytest.raises(OSError, match="in use"):
            listening(HOST, held.getsockname()[1])
