"""How the API listens when several processes share its socket."""

from __future__ import annotations

import asyncio
import socket
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
import uvicorn
from starlette.applications import Starlette
from starlette.requests import ClientDisconnect, Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from cli import patience
from cli.serving import believed, listening, served
from parts.tls import local_tls

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


async def _echo(request: Request) -> PlainTextResponse:
    try:
        body = await request.body()
    except ClientDisconnect:
        return PlainTextResponse("gone")
    return PlainTextResponse(f"{request.client.host if request.client else ''} {len(body)}")


@asynccontextmanager
async def serving(config: uvicorn.Config | None = None) -> AsyncIterator[int]:
    """A small application, served as ours are; gives its port."""
    app = Starlette(routes=[Route("/", _echo, methods=["GET", "POST"])])
    server = uvicorn.Server(config or served(app, lifespan="off", log_level="error"))
    with listening(HOST, 0) as shared:
        task = asyncio.create_task(server.serve(sockets=[shared]))
        while not server.started:
            await asyncio.sleep(0.01)
        yield shared.getsockname()[1]
        server.should_exit = True
        await task


async def asked(port: int, *said: bytes, pause: float = 0.0) -> bytes:
    """What is answered to these bytes, one after the other, until the connection ends."""
    reader, writer = await asyncio.open_connection(HOST, port)
    try:
        for one in said:
            writer.write(one)
            await writer.drain()
            await asyncio.sleep(pause)
        return await reader.read()
    except ConnectionError:
        return b""
    finally:
        writer.close()


GET = b"GET / HTTP/1.1\r\nHost: guichet.test\r\n"
POST = b"POST / HTTP/1.1\r\nHost: guichet.test\r\nContent-Length: 5000\r\n\r\n"
SLOW = {
    "says nothing": (b"",),
    "stops in its first line": (b"GET / HT",),
    "stops in its headers": (GET,),
    "sends blank lines": (b"\r\n",),
    "goes on from header to header": tuple(GET if n == 0 else b"X-A: b\r\n" for n in range(12)),
    "sends no body": (POST,),
    "sends its body byte by byte": (POST, *(b"x" for _ in range(12))),
    "stops after a first request": (GET + b"\r\n", b"\r\n"),
}


@pytest.mark.parametrize("said", SLOW.values(), ids=SLOW)
async def test_who_keeps_a_connection_without_going_on_is_left(
    said: tuple[bytes, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(patience, "HEADERS", 0.4)
    monkeypatch.setattr(patience, "BODY", 0.4)
    async with serving() as port, asyncio.timeout(5):
        began = time.monotonic()
        await asked(port, *said, pause=0.1)

        assert time.monotonic() - began < 3


async def test_three_hundred_half_open_connections_are_gone_and_others_served_meanwhile(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(patience, "HEADERS", 1.0)
    async with serving() as port, asyncio.timeout(20):
        silent = [asyncio.create_task(asked(port, GET)) for _ in range(300)]
        served_meanwhile = await asked(port, GET + b"Connection: close\r\n\r\n")
        answers = await asyncio.gather(*silent)

    assert served_meanwhile.startswith(b"HTTP/1.1 200")
    assert all(answer.startswith(b"HTTP/1.1 408") for answer in answers)


def test_a_handshake_that_stops_is_left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Over TLS nothing of a request comes before it; asyncio alone would wait a minute for each."""
    monkeypatch.setattr(patience, "HEADERS", 0.4)
    tls = local_tls(tmp_path, (HOST,))
    files = {"ssl_certfile": tls.certificate, "ssl_keyfile": tls.key}
    config = served(Starlette(), lifespan="off", log_level="error", **files)

    async def left() -> float:
        async with serving(config) as port:
            began = time.monotonic()
            await asked(port, b"\x16\x03\x01")
            return time.monotonic() - began

    with asyncio.Runner(loop_factory=config.get_loop_factory()) as runner:
        assert runner.run(asyncio.wait_for(left(), 20)) < 10


async def test_a_slow_body_that_goes_forward_is_read_to_its_end(monkeypatch: pytest.MonkeyPatch) -> None:
    """A telephone at the end of its network is no attack."""
    monkeypatch.setattr(patience, "BODY", 0.3)
    pieces = [b"x" * 1250 for _ in range(4)]
    async with serving() as port, asyncio.timeout(10):
        answer = await asked(port, POST.replace(b"Host", b"Connection: close\r\nHost"), *pieces, pause=0.2)

    assert answer.endswith(b" 5000")


@pytest.mark.parametrize(
    ("proxies", "seen"), [("", HOST), ("192.0.2.0/24", HOST), ("127.0.0.1", "203.0.113.9")], ids=["none", "other", "it"]
)
async def test_only_a_proxy_that_was_named_says_where_a_request_comes_from(
    proxies: str, seen: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Or anybody would choose the network by which limits count them."""
    monkeypatch.setenv("FORWARDED_ALLOW_IPS", proxies)
    async with serving() as port:
        answer = await asked(port, GET + b"X-Forwarded-For: 203.0.113.9\r\nConnection: close\r\n\r\n")

    assert answer.endswith(f"{seen} 0".encode())


@pytest.mark.parametrize("said", ["*", "10.0.0.1, *", "mandataire", "10.0.0.0/33"])
def test_a_proxy_is_an_address_or_a_network(said: str) -> None:
    with pytest.raises(ValueError, match="FORWARDED_ALLOW_IPS"):
        believed(said)
