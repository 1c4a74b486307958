"""multipart/form-data read as it arrives (RFC 7578): a part's content is given piece by piece and never kept.

Starlette's own reader spools files in clear on the disk; here they go straight to where they are sealed.
"""

import asyncio
import hashlib
from collections import deque
from collections.abc import AsyncIterator
from dataclasses import dataclass
from enum import Enum, auto
from typing import Final
from urllib.parse import unquote

from python_multipart.exceptions import FormParserError
from python_multipart.multipart import MultipartParser, parse_options_header
from starlette.requests import ClientDisconnect, Request

MOST_PARTS: Final = 60
LONGEST_FIELD: Final = 4096
IDLE: Final = 60.0
"""Seconds without a byte after which a sender is gone."""


class NotMultipart(Exception):
    """The body is not multipart/form-data with a boundary."""


class BrokenMultipart(Exception):
    """The body ends before its last boundary, or is not made of parts."""


class Mark(Enum):
    """What is neither a part's beginning nor its content."""

    PART_END = auto()
    END = auto()


@dataclass(frozen=True, slots=True)
class Part:
    """The beginning of a part: its field's `name`; `filename` is None for a field that is not a file.

    Content follows from `Multipart.content()` or `Multipart.text()`, before the next part.
    """

    name: str
    filename: str | None
    content_type: str
    digest: str


class Multipart:
    """One body: `async for part in body.parts()`, and for each its content."""

    def __init__(self, request: Request) -> None:
        kind, options = parse_options_header(request.headers.get("content-type", ""))
        if kind != b"multipart/form-data" or not options.get(b"boundary"):
            raise NotMultipart
        self._stream = request.stream()
        self._events: deque[Part | bytes | Mark] = deque()
        self._headers: dict[str, str] = {}
        self._field, self._value = bytearray(), bytearray()
        self._ended = False
        self._whole = hashlib.sha256()
        try:
            self._parser = self._parser_of(options[b"boundary"])
        except FormParserError as error:
            # A boundary has 70 characters at most (RFC 2046 §5.1.1); the parser takes some more.
            raise NotMultipart from error

    def _parser_of(self, boundary: bytes) -> MultipartParser:
        return MultipartParser(
            boundary,
            {
                "on_part_begin": self._headers.clear,
                "on_header_field": lambda data, start, end: self._field.extend(data[start:end]),
                "on_header_value": lambda data, start, end: self._value.extend(data[start:end]),
                "on_header_end": self._on_header_end,
                "on_headers_finished": lambda: self._events.append(part_of(self._headers)),
                "on_part_data": lambda data, start, end: self._events.append(data[start:end]),
                "on_part_end": lambda: self._events.append(Mark.PART_END),
                "on_end": self._on_end,
            },
        )

    async def parts(self) -> AsyncIterator[Part]:
        """The parts, in the order they come; what was not read of one is passed over. Raises BrokenMultipart."""
        count = 0
        while (event := await self._next()) is not Mark.END:
            if isinstance(event, Part):
                count += 1
                if count > MOST_PARTS:
                    raise BrokenMultipart
                yield event

    async def content(self) -> AsyncIterator[bytes]:
        """The present part's content, as it comes."""
        while isinstance(event := await self._next(), bytes):
            yield event

    async def text(self) -> str:
        """The present part's content, as a short text. Raises BrokenMultipart when it is long, or not UTF-8."""
        gathered = bytearray()
        async for piece in self.content():
            gathered += piece
            if len(gathered) > LONGEST_FIELD:
                raise BrokenMultipart
        try:
            return gathered.decode()
        except UnicodeDecodeError as error:
            raise BrokenMultipart from error

    async def drain(self) -> None:
        """Read and drop the rest, so that a sender that reads only after having written sees the answer."""
        try:
            async with asyncio.timeout(IDLE):
                async for piece in self._stream:
                    self._whole.update(piece)
        except (ClientDisconnect, TimeoutError):
            return

    async def digest(self) -> bytes:
        """SHA-256 of the whole body, whose parts have been read."""
        await self.drain()
        return self._whole.digest()

    async def _next(self) -> Part | bytes | Mark:
        while not self._events:
            if self._ended:
                return Mark.END
            await self._read()
        return self._events.popleft()

    async def _read(self) -> None:
        try:
            piece = await asyncio.wait_for(anext(self._stream), IDLE)
            self._whole.update(piece)
            self._parser.write(piece)
        except (StopAsyncIteration, ClientDisconnect, TimeoutError, FormParserError) as error:
            raise BrokenMultipart from error

    def _on_header_end(self) -> None:
        self._headers[self._field.decode("latin-1").lower()] = self._value.decode("utf-8", "surrogateescape")
        self._field.clear()
        self._value.clear()

    def _on_end(self) -> None:
        self._ended = True


def part_of(headers: dict[str, str]) -> Part:
    """A part from its headers. Browsers write quotes and line breaks of a file's name as %22, %0D and %0A."""
    name, filename = "", None
    _, options = parse_options_header(_latin(headers.get("content-disposition", "")))
    name = _text(options.get(b"name", b""))
    if b"filename" in options:
        filename = _text(options[b"filename"])
        for escaped in ("%22", "%0D", "%0A"):
            filename = filename.replace(escaped, unquote(escaped))
    kind, _ = parse_options_header(headers.get("content-type", ""))
    return Part(name, filename, kind.decode("latin-1"), headers.get("content-digest", ""))


def _latin(value: str) -> str:
    """As `parse_options_header` wants it: one character per byte."""
    return value.encode("utf-8", "surrogateescape").decode("latin-1")


def _text(value: bytes) -> str:
    return value.decode("utf-8", "surrogateescape")
