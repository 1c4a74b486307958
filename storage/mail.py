"""E-mail: by SMTP when `SMTP_URL` says where, otherwise one .eml file per message in `MAIL_FOLDER`.

The Message-ID is made from the caller's key, so that a message sent twice is the same message: receivers and
folders keep one.
"""

import asyncio
import hashlib
import os
from dataclasses import dataclass
from email.message import EmailMessage
from email.parser import BytesParser
from email.policy import SMTP
from email.utils import format_datetime
from ipaddress import ip_address
from pathlib import Path
from typing import Protocol
from urllib.parse import SplitResult, parse_qs, unquote, urlsplit

import aiosmtplib
import idna

from domain.calendar import Instant
from storage.engine.settings import Settings

TIMEOUT = 20.0
PERMANENT = 500


class MailNotSent(Exception):
    """The message was not accepted; sending it again is safe."""


class AddressRefused(MailNotSent):
    """The server refuses this address, or this message to it, for good (SMTP 5xx): sending it again would not help."""


class MailNotConfigured(ValueError):
    """Neither SMTP_URL nor MAIL_FOLDER says where e-mails go."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """A plain-text message; `key` ("notice|<dossier>|<seq>"…) names it once and for all."""

    to: str
    subject: str
    text: str
    key: str
    at: Instant


class Mail(Protocol):
    """Something that sends messages."""

    async def send(self, message: Message) -> str:
        """Send, and give the Message-ID. Raises MailNotSent, AddressRefused."""


class Unsent:
    """Takes messages, and sends none."""

    async def send(self, message: Message) -> str:
        """Its key, as if it had left."""
        return message.key


def mail_of(settings: Settings) -> Mail:
    """The way e-mails leave this process. Raises MailNotConfigured."""
    host = urlsplit(settings.public_url).hostname or "guichet.invalid"
    if settings.smtp_url:
        return ByServer(settings.smtp_url, host)
    if settings.mail_folder:
        return ToFolder(settings.mail_folder, host)
    raise MailNotConfigured("Donnez SMTP_URL (smtp://utilisateur:secret@hôte:port) ou MAIL_FOLDER (un dossier local).")


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """A message that a folder keeps, as its reader sees it."""

    to: str
    subject: str
    text: str
    at: Instant


def kept(folder: Path, most: int) -> tuple[Kept, ...]:
    """The last messages of a folder, the latest first."""
    files = sorted(folder.glob("*.eml"), key=lambda file: file.stat().st_mtime_ns, reverse=True)
    return tuple(_read(file) for file in files[:most])


def _read(file: Path) -> Kept:
    email = BytesParser(policy=SMTP).parsebytes(file.read_bytes())
    text = email.get_body(("plain",))
    return Kept(
        to=str(email["To"]),
        subject=str(email["Subject"]),
        text=str(text.get_content()) if text is not None else "",
        at=email["Date"].datetime,
    )


def message_id(key: str, host: str) -> str:
    """The Message-ID of a key: the same for every attempt."""
    return f"<{hashlib.sha256(key.encode()).hexdigest()[:40]}@{host}>"


def posted_to(address: str) -> str:
    """The address as every mail server reads it: its domain in IDNA (RFC 5891). Raises AddressRefused.

    An accent before the « @ » has no such spelling: it takes servers that speak SMTPUTF8 all along the way.
    """
    local, _, domain = address.rpartition("@")
    try:
        local.encode("ascii")
        return address if domain.isascii() else f"{local}@{idna.encode(domain, uts46=True).decode()}"
    except (UnicodeEncodeError, idna.IDNAError) as error:
        raise AddressRefused(f"Cette adresse ne peut pas être écrite à un serveur ({type(error).__name__}).") from error


def composed(message: Message, host: str) -> EmailMessage:
    """The message as it travels; header injection is refused by the policy (ValueError). Raises AddressRefused."""
    email = EmailMessage(policy=SMTP)
    email["From"] = f"Guichet <ne-pas-repondre@{host}>"
    email["To"] = posted_to(message.to)
    email["Subject"] = message.subject
    email["Date"] = format_datetime(message.at)
    email["Message-ID"] = message_id(message.key, host)
    email["Auto-Submitted"] = "auto-generated"
    email.set_content(message.text)
    return email


class ByServer:
    """Sends through an SMTP server: `smtps://`, or `smtp://` by STARTTLS (`start_tls`)."""

    def __init__(self, url: str, host: str) -> None:
        self._url = urlsplit(url)
        self._host = host

    async def send(self, message: Message) -> str:
        """Hand the message to the server. Raises MailNotSent, AddressRefused."""
        email = composed(message, self._host)
        try:
            await aiosmtplib.send(
                email,
                hostname=self._url.hostname,
                port=self._url.port,
                username=unquote(self._url.username) if self._url.username else None,
                password=unquote(self._url.password) if self._url.password else None,
                use_tls=self._url.scheme == "smtps",
                start_tls=start_tls(self._url),
                timeout=TIMEOUT,
            )
        except (aiosmtplib.SMTPException, OSError) as error:
            if for_good(error):
                raise AddressRefused(
                    f"Le serveur de courriel refuse cette adresse ({type(error).__name__})."
                ) from error
            raise MailNotSent(f"Le serveur de courriel n'a pas pris le message ({type(error).__name__}).") from error
        return str(email["Message-ID"])


def start_tls(place: SplitResult) -> bool | None:
    """Whether STARTTLS is required (True), taken when offered (None) or never asked (False).

    Required, the server's certificate being checked, unless the address says otherwise (`?starttls=optional`, `=no`) or
    the server is on this very machine. Without it, whoever stands on the way reads the codes (RFC 8314).
    """
    said = parse_qs(place.query).get("starttls", [""])[-1]
    if place.scheme == "smtps" or said == "no":
        return False
    return None if said == "optional" or (not said and _is_here(place.hostname or "")) else True


def _is_here(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def for_good(error: Exception) -> bool:
    """Whether a failure is about this address and will not pass (RFC 5321 §4.2.1).

    A server that refuses us (its greeting, our name, our password, our sender) says nothing of the address: that is
    mended by somebody, and the message waits.
    """
    if isinstance(error, aiosmtplib.SMTPRecipientsRefused):
        return all(each.code >= PERMANENT for each in error.recipients)
    return isinstance(error, aiosmtplib.SMTPDataError) and error.code >= PERMANENT


class ToFolder:
    """Writes each message to `<folder>/<message-id>.eml`; the same message again replaces itself."""

    def __init__(self, folder: Path, host: str) -> None:
        self._folder = folder
        self._host = host

    async def send(self, message: Message) -> str:
        """Write the file whole, or not at all. Raises MailNotSent."""
        email = composed(message, self._host)
        name = str(email["Message-ID"]).strip("<>").partition("@")[0]
        try:
            await asyncio.to_thread(self._write, name, email.as_bytes())
        except OSError as error:
            raise MailNotSent(f"Le dossier des courriels n'est pas accessible ({error.strerror}).") from error
        return str(email["Message-ID"])

    def _write(self, name: str, content: bytes) -> None:
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        part = self._folder / f".{name}.{os.getpid()}.part"
        part.write_bytes(content)
        part.replace(self._folder / f"{name}.eml")
