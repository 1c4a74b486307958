"""Images: whole, readable, of a size that a screen and a memory can hold."""

import hashlib
import io
import warnings
from typing import BinaryIO, Final

from PIL import Image, UnidentifiedImageError

from domain.sentence import Sentence
from storage.documents.checks.kinds import JPEG, PNG, TIFF, WEBP, Kind
from storage.documents.checks.refusals import DocumentRefused, Reason, unreadable

MOST_PIXELS: Final = 120_000_000
MOST_PIXELS_TOGETHER: Final = 600_000_000
MOST_PAGES: Final = 200
_FORMATS: Final = {JPEG: "JPEG", PNG: "PNG", TIFF: "TIFF", WEBP: "WEBP"}
_GPS: Final = 0x8825
_PLACES: Final = ((273, 279), (324, 325))
"""TIFF 6.0: where strips (StripOffsets, StripByteCounts) and tiles are, and how long."""
END: Final = b"\xff\xd9"
"""EOI, which some telephones forget."""
NOISE: Final = b"".join(
    b"\0" + hashlib.shake_256(bytes([n])).digest(60).replace(b"\xff", b"\xfe") + bytes([0xFF, 0xD0 + n % 8])
    for n in range(16)
)
"""Points of any kind, and every restart marker."""

Image.MAX_IMAGE_PIXELS = None  # our own limit, below, says it better


def check_image(file: BinaryIO, kind: Kind) -> frozenset[str]:
    """The flags of an acceptable image (`gps`: it says where it was taken). Raises DocumentRefused."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter(
                "ignore"
            )  # an odd label is no reason to refuse a photograph; what is cut is seen below
            return _checked(file, kind)
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, EOFError, KeyError, TypeError) as error:
        raise unreadable() from error


def _checked(file: BinaryIO, kind: Kind) -> frozenset[str]:
    if kind is PNG:
        _verify(file)
    file.seek(0)
    with Image.open(file, formats=[_FORMATS[kind]]) as image:
        _check_pixels(image, 1 if kind is JPEG else getattr(image, "n_frames", 1))
        _check_whole(file, image, kind)
        return frozenset({"gps"}) if image.getexif().get_ifd(_GPS) else frozenset()


def _verify(file: BinaryIO) -> None:
    """Check the sums of a PNG: Pillow wants it to be the first thing asked of an image."""
    file.seek(0)
    with Image.open(file, formats=["PNG"]) as image:
        _check_pixels(image, 1)
        image.verify()


def _check_whole(file: BinaryIO, image: Image.Image, kind: Kind) -> None:
    """The image is there to its end: half a photograph is refused now, not found out by who examines the request."""
    if kind is TIFF:
        _check_strips(image, file.seek(0, 2))
    elif kind is JPEG:
        _check_jpeg(file, image)
    elif kind is WEBP:
        image.load()


def _check_jpeg(file: BinaryIO, image: Image.Image) -> None:
    """Every byte read, an eighth of the points kept; one that lacks its end marker alone has all its points.

    What a scan of a progressive one lacks is not seen at an eighth: it must end.
    """
    progressive, size = bool(image.info.get("progressive")), (image.width // 8, image.height // 8)
    try:
        _eighth(image, size)
    except OSError:
        file.seek(0)
        content = file.read()
        if progressive or _ended_by(content, size, END) != _ended_by(content, size, NOISE + END):
            raise


def _ended_by(content: bytes, size: tuple[int, int], end: bytes) -> bytes:
    """Its points with that end: another end changes nothing where no point was missing."""
    with Image.open(io.BytesIO(content + end), formats=["JPEG"]) as image:
        return _eighth(image, size).tobytes()


def _eighth(image: Image.Image, size: tuple[int, int]) -> Image.Image:
    image.draft("RGB", size)
    image.load()
    return image


def _check_strips(image: Image.Image, size: int) -> None:
    """Every strip or tile of every page of a TIFF lies within its file."""
    for frame in range(getattr(image, "n_frames", 1)):
        image.seek(frame)
        tags = getattr(image, "tag_v2", {})
        places = [place for kind in _PLACES for place in zip(*(_numbers(tags.get(tag)) for tag in kind), strict=True)]
        if not places or any(start + length > size for start, length in places):
            raise unreadable()
    image.seek(0)


def _numbers(said: object) -> tuple[int, ...]:
    return tuple(said) if isinstance(said, (tuple, list)) else (said,) if isinstance(said, int) else ()


def _check_pixels(image: Image.Image, frames: int) -> None:
    together = 0
    if frames > MOST_PAGES:
        raise _refused(f"l'image a {frames} pages, {MOST_PAGES} au plus sont admises")
    for frame in range(frames):
        image.seek(frame)
        pixels = image.width * image.height
        together += pixels
        if pixels > MOST_PIXELS or together > MOST_PIXELS_TOGETHER:
            raise _refused(
                Sentence(
                    "elle fait {width} × {height} points, {limit} millions au plus",
                    width=image.width,
                    height=image.height,
                    limit=MOST_PIXELS // 1_000_000,
                )
            )
    image.seek(0)


def _refused(what: str) -> DocumentRefused:
    return DocumentRefused(
        Reason.PIXELS, Sentence("L'image est trop grande : {what}. Réduisez-la, puis renvoyez-la.", what=what)
    )
