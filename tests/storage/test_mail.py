"""E-mails: the same message twice is one message; SMTP when configured, a folder otherwise, or a refusal."""

from __future__ import annotations

import asyncio
import email
import os
from dataclasses import replace
from datetime import UTC, datetime
from email.policy import default
from pathlib import Path

import pytest

from storage.mail import (
    ByServer,
    MailNotConfigured,
    MailNotSent,
    Message,
    ToFolder,
    composed,
    kept,
    mail_of,
    message_id,
)
from storage.settings import Settings

MESSAGE = Message(
    to="anne@example.org",
    subject="Votre code : été",
    text="Voici l'accusé de réception.\n",
    key="notice|1|2",
    at=datetime(2026, 11, 23, 10, tzinfo=UTC),
)


async def test_a_message_sent_twice_is_one_file(tmp_path: Path) -> None:
    mail = ToFolder(tmp_path / "mail", "guichet.example")

    first, second = await mail.send(MESSAGE), await mail.send(MESSAGE)
    (file,) = await asyncio.to_thread(lambda: list((tmp_path / "mail").iterdir()))
    read = email.message_from_bytes(file.read_bytes(), policy=default)

    assert first == second == read["Message-ID"] == message_id("notice|1|2", "guichet.example")
    assert (read["To"], read["Subject"]) == ("anne@example.org", "Votre code : été")
    assert read.get_content().strip() == "Voici l'accusé de réception."
    assert (tmp_path / "mail").stat().st_mode & 0o077 == 0


async def test_a_folder_is_read_the_latest_first(tmp_path: Path) -> None:
    mail, folder = ToFolder(tmp_path / "mail", "guichet.example"), tmp_path / "mail"
    await mail.send(MESSAGE)
    await mail.send(replace(MESSAGE, key="notice|1|3", subject="La suite"))
    first, last = sorted(folder.iterdir(), key=lambda file: "La suite" in file.read_text(encoding="utf-8"))
    os.utime(first, (1, 1))
    os.utime(last, (2, 2))

    read = kept(folder, 2)

    assert [one.subject for one in read] == ["La suite", "Votre code : été"]
    assert (read[1].to, read[1].text.strip(), read[1].at) == (MESSAGE.to, MESSAGE.text.strip(), MESSAGE.at)
    assert len(kept(folder, 1)) == 1
    assert kept(tmp_path / "nowhere", 2) == ()


def test_another_key_is_another_message() -> None:
    assert message_id("notice|1|2", "h") != message_id("notice|1|3", "h")


@pytest.mark.parametrize("to", ["anne@example.org\nBcc: all@example.org", "anne@example.org\r\nX: y"])
def test_a_header_cannot_be_slipped_in(to: str) -> None:
    with pytest.raises(ValueError, match="linefeed or carriage return"):
        composed(replace(MESSAGE, to=to), "h")


async def test_a_server_receives_the_message_over_smtp() -> None:
    """A server of the test's own, that speaks the protocol on a socket."""
    received: list[str] = []

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"220 test\r\n")
        in_data = False
        while line := (await reader.readline()).decode():
            if in_data:
                in_data = line != ".\r\n"
                received.append(line)
                if not in_data:
                    writer.write(b"250 kept\r\n")
            elif line.startswith("DATA"):
                in_data = True
                writer.write(b"354 go on\r\n")
            elif line.startswith("QUIT"):
                writer.write(b"221 bye\r\n")
                break
            else:
                writer.write(b"250 ok\r\n")
        await writer.drain()
        writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    async with server:
        sent = await ByServer(f"smtp://127.0.0.1:{port}", "guichet.example").send(MESSAGE)

    assert any(sent in line for line in received)
    assert any(line.startswith("To: anne@example.org") for line in received)


async def test_a_server_that_does_not_answer_is_a_message_not_sent() -> None:
    with pytest.raises(MailNotSent, match="serveur de courriel"):
        await ByServer("smtp://127.0.0.1:9", "h").send(MESSAGE)


def test_without_server_nor_folder_the_product_says_what_to_give(settings: Settings) -> None:
    with pytest.raises(MailNotConfigured, match=r"SMTP_URL.*MAIL_FOLDER"):
        mail_of(settings.model_copy(update={"smtp_url": None, "mail_folder": None}))
