"""E-mails: the same message twice is one message; SMTP when configured, a folder otherwise, or a refusal."""

from __future__ import annotations

import asyncio
import email
import os
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from email.policy import default
from pathlib import Path

import pytest

from parts.tls import local_tls
from storage.engine.settings import Settings
from storage.mail import (
    AddressRefused,
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


@dataclass
class Post:
    """A mail server of the test's own, that speaks the protocol on a socket; `tls` makes it offer STARTTLS."""

    tls: ssl.SSLContext | None = None
    received: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    talks: list[asyncio.Future[None]] = field(default_factory=list)

    @asynccontextmanager
    async def listening(self) -> AsyncIterator[int]:
        """Serve on every address of this machine; gives the port."""
        server = await asyncio.start_server(self._serve, "0.0.0.0", 0)  # noqa: S104 (an address that is not loopback)
        async with server:
            yield server.sockets[0].getsockname()[1]
            await asyncio.gather(*self.talks)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.talks.append(asyncio.ensure_future(self._talk(reader, writer)))

    async def _talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"220 test\r\n")
        while line := (await reader.readline()).decode():
            self.asked.append(line.split()[0].upper())
            if line.startswith("DATA"):
                writer.write(b"354 go on\r\n")
                while (part := (await reader.readline()).decode()) != ".\r\n":
                    self.received.append(part)
            elif line.startswith("STARTTLS") and self.tls is not None:
                writer.write(b"220 go on\r\n")
                try:
                    await writer.start_tls(self.tls)
                except (ssl.SSLError, ConnectionError):
                    break
                continue
            writer.write(b"250-test\r\n250 STARTTLS\r\n" if line.startswith("EHLO") and self.tls else b"250 ok\r\n")
            if line.startswith("QUIT"):
                break
        writer.close()
        with suppress(OSError):
            await writer.wait_closed()


async def test_a_server_receives_the_message_over_smtp() -> None:
    """On this very machine, where nobody stands on the way, in clear."""
    post = Post()
    async with post.listening() as port:
        sent = await ByServer(f"smtp://127.0.0.1:{port}", "guichet.example").send(MESSAGE)

    assert any(sent in line for line in post.received)
    assert any(line.startswith("To: anne@example.org") for line in post.received)


async def test_elsewhere_nothing_is_said_in_clear_unless_the_address_says_so() -> None:
    """A server that does not offer STARTTLS, or from whose answer somebody took it away, receives nothing."""
    post = Post()
    async with post.listening() as port:
        with pytest.raises(MailNotSent):
            await ByServer(f"smtp://anne:secret@0.0.0.0:{port}", "guichet.example").send(MESSAGE)
        assert not {"AUTH", "MAIL", "DATA"} & set(post.asked)
        for said in ("optional", "no"):
            await ByServer(f"smtp://0.0.0.0:{port}?starttls={said}", "guichet.example").send(MESSAGE)

    assert post.asked.count("DATA") == 2


async def test_starttls_needs_a_certificate_that_is_trusted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = local_tls(tmp_path, ("127.0.0.1",))
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(made.certificate, made.key)
    post = Post(tls=context)
    async with post.listening() as port:
        mail = ByServer(f"smtp://127.0.0.1:{port}?starttls=required", "guichet.example")
        with pytest.raises(MailNotSent):
            await mail.send(MESSAGE)
        assert post.received == []
        monkeypatch.setenv("SSL_CERT_FILE", str(made.trusted))
        await mail.send(MESSAGE)

    assert "STARTTLS" in post.asked
    assert any(line.startswith("To: anne@example.org") for line in post.received)


async def test_a_server_that_does_not_answer_is_a_message_not_sent() -> None:
    with pytest.raises(MailNotSent, match="serveur de courriel"):
        await ByServer("smtp://127.0.0.1:9", "h").send(MESSAGE)


def test_without_server_nor_folder_the_product_says_what_to_give(settings: Settings) -> None:
    with pytest.raises(MailNotConfigured, match=r"SMTP_URL.*MAIL_FOLDER"):
        mail_of(settings.model_copy(update={"smtp_url": None, "mail_folder": None}))


@pytest.mark.parametrize(
    ("written", "posted"),
    [
        ("zoe@château-exemple.fr", "zoe@xn--chteau-exemple-chb.fr"),
        ("zoe@straße.example", "zoe@xn--strae-oqa.example"),
        ("zoe@example.org", "zoe@example.org"),
        ("zoe@sous_domaine.example.org", "zoe@sous_domaine.example.org"),
    ],
)
def test_a_domain_with_accents_travels_as_servers_read_it(written: str, posted: str) -> None:
    assert composed(replace(MESSAGE, to=written), "h")["To"] == posted


@pytest.mark.parametrize("to", ["zoé@example.org", "zoe@-é-.fr"])
def test_what_no_server_can_read_is_refused_for_good(to: str) -> None:
    with pytest.raises(AddressRefused):
        composed(replace(MESSAGE, to=to), "h")
