"""Webhooks: each move told once to each system that asked, signed, tried again; never to a private address."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from sqlalchemy import text
from standardwebhooks import Webhook, WebhookVerificationError

from domain.permissions import Scope
from storage.accounts import tokens, webhooks
from storage.egress import Egress, ForbiddenAddress
from storage.engine.database import WORKING
from storage.register import webhook_deliveries
from storage.tables.accounts import external_system
from tests.workers.office import Office

HOSTILE = [
    "https://127.0.0.1/", "https://169.254.169.254/latest/", "https://[::1]/", "https://[::ffff:10.0.0.1]/",
    "https://0x7f.1/", "https://2130706433/", "https://127.1/", "https://0/", "https://10.1.2.3/",
    "https://192.168.1.1/", "https://100.64.0.1/", "https://[fe80::1]/", "https://[fc00::1]/", "https://[fec0::1]/",
    "https://[64:ff9b::7f00:1]/", "https://[2002:7f00:1::]/", "https://[::127.0.0.1]/", "https://224.0.0.1/",
    "https://a:b@example.org/", "https://a@example.org/", "http://example.org/", "https://example.org:25/",
    "https://example.org:6379/", "https://example.org:99999/", "ftp://example.org/", "file:///etc/passwd", "https://",
    "https://localhost/", "gopher://127.0.0.1:70/", "",
]  # fmt: skip


@dataclass
class Receiver:
    """A system's address, and what reached it; it answers `answers` in turn, then 204."""

    url: str = ""
    answers: list[str] = field(default_factory=list)
    received: list[tuple[dict[str, str], bytes]] = field(default_factory=list)

    async def answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = (await reader.readuntil(b"\r\n\r\n")).decode().split("\r\n")
        headers = {name.lower(): value for name, _, value in (line.partition(": ") for line in head[1:] if line)}
        self.received.append((headers, await reader.readexactly(int(headers["content-length"]))))
        status = self.answers.pop(0) if self.answers else "204 No Content"
        writer.write(f"HTTP/1.1 {status}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n".encode())
        await writer.drain()
        writer.close()


@asynccontextmanager
async def receiver(*answers: str) -> AsyncIterator[Receiver]:
    """A receiver on a port of its own."""
    made = Receiver(answers=list(answers))
    server = await asyncio.start_server(made.answer, "127.0.0.1", 0)
    made.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/moves"
    async with server:
        yield made


async def subscribed(office: Office, url: str, *procedures: str) -> str:
    """A system that wants to be told; its signing secret."""
    system = uuid4()
    async with office.owner.transaction(WORKING) as connection:
        name = f"essai {system}"
        await connection.execute(external_system.insert().values(id=system, name=name))
        await tokens.create(connection, name, [Scope(each, "webhook") for each in procedures], timedelta(days=1))
        made = await webhooks.register(connection, office.world.settings.master, system, url, procedures)
    return made.text


async def delivered(office: Office, dossier: UUID, count: int) -> bool:
    """Whether that many deliveries arrived."""
    rows = await office.rows("SELECT 1 FROM webhook_delivery WHERE dossier = :d AND status = 'delivered'", d=dossier)
    return len(rows) == count


async def test_each_move_is_told_once_signed_with_identifiers_only(office: Office) -> None:
    async with receiver() as system, office.working():
        secret = await subscribed(office, system.url, "acces-documents")
        dossier = await office.file("acces-documents")
        moves = (await office.story(dossier)).version
        await office.until(lambda: delivered(office, dossier, moves))
    assert len(system.received) == moves
    assert len({headers["webhook-id"] for headers, _ in system.received}) == moves
    for headers, body in system.received:
        told = Webhook(secret).verify(body.decode(), headers)
        assert told["data"]["dossier"] == str(dossier)
        assert set(told["data"]) == {"dossier", "procedure", "event", "version", "effective"}
        with pytest.raises(WebhookVerificationError):
            Webhook(secret).verify(
                body.decode().replace("filed", "granted").replace("received", "lost").replace("completed", "x"), headers
            )


async def test_a_system_that_fails_is_told_again_under_the_same_id(office: Office) -> None:
    async with receiver("500 Oops") as system, office.working():
        await subscribed(office, system.url, "*")
        dossier = await office.file("acces-documents")
        moves = (await office.story(dossier)).version
        await office.until(lambda: delivered(office, dossier, moves))
    ids = [headers["webhook-id"] for headers, _ in system.received]
    assert len(ids) == moves + 1
    assert len(set(ids)) == moves


async def test_a_system_that_wants_no_more_of_it_is_left_alone_and_it_is_said(office: Office) -> None:
    async with receiver(*["410 Gone"] * 20) as system, office.working():
        await subscribed(office, system.url, "acces-documents")
        dossier = await office.file("acces-documents")
        moves = (await office.story(dossier)).version
        failed = "SELECT 1 FROM webhook_delivery WHERE dossier = :d AND status = 'failed'"
        await office.until(lambda: _count(office, failed, dossier, moves))
    assert len(system.received) == moves


async def test_a_system_is_told_of_the_procedures_it_asked_for_only(office: Office) -> None:
    async with receiver() as system, office.working():
        await subscribed(office, system.url, "apa-domicile")
        dossier = await office.file("acces-documents")
        await office.settled(dossier)
    assert await office.rows("SELECT 1 FROM webhook_delivery WHERE dossier = :d", d=dossier) == []
    assert system.received == []


@pytest.mark.parametrize(
    "lost",
    [
        "UPDATE system_token SET revoked_at = clock_timestamp()",
        "UPDATE system_token SET expires_at = clock_timestamp()",
        "UPDATE external_system SET disabled_at = clock_timestamp()",
        "UPDATE system_token SET scopes = '{acces-documents:read,apa-domicile:webhook}'",
    ],
    ids=["revoked", "expired", "disabled", "without-the-right"],
)
async def test_a_system_that_lost_its_right_is_told_of_nothing_more(office: Office, lost: str) -> None:
    """Neither of the next moves, nor of one that was already waiting to be told."""
    async with receiver() as system:
        await subscribed(office, system.url, "acces-documents")
        waiting = await office.file("acces-documents")
        async with office.owner.transaction(WORKING) as connection:
            assert await webhook_deliveries.prepare(connection, waiting, "acces-documents", 1) == 1
            await connection.execute(text(lost))
        async with office.working():
            next_one = await office.file("acces-documents")
            failed = "SELECT 1 FROM webhook_delivery WHERE dossier = :d AND status = 'failed'"
            await office.until(lambda: _count(office, failed, waiting, 1))
            await office.settled(next_one)
    assert await office.rows("SELECT 1 FROM webhook_delivery WHERE dossier = :d", d=next_one) == []
    assert system.received == []


@pytest.mark.parametrize("url", HOSTILE)
async def test_in_production_a_hostile_address_is_refused_before_any_connection(url: str) -> None:
    with pytest.raises(ForbiddenAddress):
        await Egress(strict=True).post(url, b"{}", {})


async def test_a_redirect_is_not_followed(office: Office) -> None:
    del office
    async with receiver("307 Temporary Redirect\r\nLocation: http://127.0.0.1:1/") as system:
        assert await Egress(strict=False).post(system.url, json.dumps({}).encode(), {}) == 307


async def _count(office: Office, sql: str, dossier: UUID, count: int) -> bool:
    return len(await office.rows(sql, d=dossier)) == count
