"""Images: readable, of a size that a screen and a memory can hold."""

from typing import BinaryIO, Final

from PIL import Image, UnidentifiedImageError

from domain.worded import Sentence
from storage.document_checks.kinds import JPEG, PNG, TIFF, WEBP, Kind
from storage.document_checks.refusals import DocumentRefused, Reason, unreadable

MOST_PIXELS: Final = 120_000_000
MOST_PIXELS_TOGETHER: Final = 600_000_000
MOST_PAGES: Final = 200
_FORMATS: Final = {JPEG: "JPEG", PNG: "PNG", TIFF: "TIFF", WEBP: "WEBP"}
_GPS: Final = 0x8825

Image.MAX_IMAGE_PIXELS = None  # our own limit, below, says it better


def check_image(file: BinaryIO, kind: Kind) -> frozenset[str]:
    """The flags of an acceptable image (`gps`: it says where it was taken). Raises DocumentRefused."""
    try:
        if kind is PNG:
            _verify(file)
        file.seek(0)
        with Image.open(file, formats=[_FORMATS[kind]]) as image:
            _check_pixels(image)
            return frozenset({"gps"}) if image.getexif().get_ifd(_GPS) else frozenset()
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, EOFError, KeyError, TypeError) as error:
        raise unreadable() from error


def _verify(file: BinaryIO) -> None:
    """Check the sums of a PNG: Pillow wants it to be the first thing asked of an image."""
    file.seek(0)
    with Image.open(file, formats=["PNG"]) as image:
        _check_pixels(image)
        image.verify()


def _check_pixels(image: Image.Image) -> None:
    together = 0
    frames = getattr(image, "n_frames", 1)
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
