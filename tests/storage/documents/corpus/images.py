"""Images too large for a memory, that say where they were taken, or that are broken."""

import io
import struct
import zlib
from functools import partial

from PIL import Image

from storage.documents.checks.refusals import Reason
from tests.storage.documents.corpus.case import Case
from tests.storage.documents.corpus.making import image

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


def noise(form: str, **saving: object) -> bytes:
    """An image that does not compress, so that it has a middle."""
    made = io.BytesIO()
    Image.effect_noise((200, 200), 80).convert("RGB").save(made, form, **saving)
    return made.getvalue()


def cut(form: str, percent: int, **saving: object) -> bytes:
    """The beginning of an image: a sending that stopped, a telephone that was full."""
    made = noise(form, **saving)
    return made[: len(made) * percent // 100]


def grey() -> bytes:
    """A photograph without colours."""
    return image("JPEG", mode="L")


def two_pictures() -> bytes:
    """What some telephones make: a photograph, and another behind it."""
    made = io.BytesIO()
    Image.new("RGB", (40, 30)).save(made, "MPO", save_all=True, append_images=[Image.new("RGB", (40, 30))])
    return made.getvalue()


CASES = (
    Case("a flood of pixels", "a.png", lambda: flood(60_000, 60_000), Reason.PIXELS),
    Case("a flood on the largest side", "a.png", lambda: flood(2_000_000_000, 2), Reason.PIXELS),
    Case("a TIFF of 201 pages", "a.tiff", lambda: many_pages(201), Reason.PIXELS),
    Case("a TIFF of 3 pages", "a.tiff", lambda: many_pages(3)),
    Case("a photograph that says its place", "a.jpg", located, flags=frozenset({"gps"})),
    Case("a JPEG cut after its first bytes", "a.jpg", lambda: image("JPEG")[:40], Reason.UNREADABLE),
    *(
        Case(f"a {form} cut at {percent} %", f"a.{name}", partial(cut, form, percent), Reason.UNREADABLE)
        for form, name in (("JPEG", "jpg"), ("TIFF", "tif"), ("PNG", "png"), ("WEBP", "webp"))
        for percent in (30, 50, 90)
    ),
    Case("a progressive JPEG cut in half", "a.jpg", lambda: cut("JPEG", 50, progressive=True), Reason.UNREADABLE),
    Case("a TIFF of 3 pages cut in half", "a.tif", lambda: many_pages(3)[: len(many_pages(3)) // 2], Reason.UNREADABLE),
    Case("a compressed TIFF cut in half", "a.tif", lambda: cut("TIFF", 50, compression="tiff_lzw"), Reason.UNREADABLE),
    Case("a JPEG without its end marker", "a.jpg", lambda: noise("JPEG")[:-2]),
    Case("a JPEG without half of its end marker", "a.jpg", lambda: noise("JPEG")[:-1]),
    Case("a JPEG in grey without its end marker", "a.jpg", lambda: grey()[:-2]),
    Case("a JPEG of restarts without its end marker", "a.jpg", lambda: noise("JPEG", restart_marker_blocks=4)[:-2]),
    Case("a JPEG of restarts cut", "a.jpg", lambda: cut("JPEG", 70, restart_marker_blocks=4), Reason.UNREADABLE),
    Case(
        "a progressive JPEG without its end", "a.jpg", lambda: noise("JPEG", progressive=True)[:-2], Reason.UNREADABLE
    ),
    Case("a progressive JPEG", "a.jpg", lambda: noise("JPEG", progressive=True)),
    Case("a JPEG in grey", "a.jpg", grey),
    Case("a JPEG in four colours", "a.jpg", lambda: image("JPEG", mode="CMYK")),
    Case("a JPEG with bytes after its end", "a.jpg", lambda: image("JPEG") + bytes(40)),
    Case("a JPEG of two pictures (MPO)", "a.jpg", two_pictures),
    Case("a JPEG of two pictures, without the second", "a.jpg", lambda: two_pictures()[: len(image("JPEG")) + 200]),
    Case("a compressed TIFF", "a.tif", lambda: noise("TIFF", compression="tiff_lzw")),
    Case("a fax", "a.tif", lambda: image("TIFF", mode="1", compression="group4")),
    Case("a PNG altered", "a.png", lambda: image("PNG").replace(b"IDAT", b"IDOT"), Reason.UNREADABLE),
)
