"""Images too large for a memory, that say where they were taken, or that are broken."""

import struct
import zlib

from PIL import Image

from storage.document_checks.refusals import Reason
from tests.storage.documents_corpus.case import Case
from tests.storage.documents_corpus.making import image

GPS_IFD = 0x8825


def chunk(kind: bytes, content: bytes) -> bytes:
    """A chunk of PNG."""
    return len(content).to_bytes(4, "big") + kind + content + zlib.crc32(kind + content).to_bytes(4, "big")


def flood(width: int, height: int) -> bytes:
    """A PNG of a few bytes that announces an immense image."""
    header = struct.pack(">2L5B", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"")) + chunk(b"IEND", b"")


def located() -> bytes:
    """A photograph with its place."""
    exif = Image.Exif()
    exif.get_ifd(GPS_IFD)[1] = "N"
    exif.get_ifd(GPS_IFD)[2] = (48.0, 5.0, 30.0)
    return image("JPEG", exif=exif)


def many_pages(count: int) -> bytes:
    """A TIFF of many pages."""
    return image("TIFF", size=(2, 2), save_all=True, append_images=[Image.new("RGB", (2, 2))] * (count - 1))


CASES = (
    Case("a flood of pixels", "a.png", lambda: flood(60_000, 60_000), Reason.PIXELS),
    Case("a flood on the largest side", "a.png", lambda: flood(2_000_000_000, 2), Reason.PIXELS),
    Case("a TIFF of 201 pages", "a.tiff", lambda: many_pages(201), Reason.PIXELS),
    Case("a TIFF of 3 pages", "a.tiff", lambda: many_pages(3)),
    Case("a photograph that says its place", "a.jpg", located, flags=frozenset({"gps"})),
    Case("a JPEG cut after its first bytes", "a.jpg", lambda: image("JPEG")[:40], Reason.UNREADABLE),
    Case("a PNG altered", "a.png", lambda: image("PNG").replace(b"IDAT", b"IDOT"), Reason.UNREADABLE),
)
