"""A picture of the first page: of what can be drawn, without what the file said of itself; nothing of the rest."""

from __future__ import annotations

import io
import tempfile
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pikepdf
import pytest
from PIL import Image

from storage.documents.preview import NotDrawn, preview
from tests.api.journeys import PDF
from tests.storage.documents.corpus.making import blank_pdf


def _image(kind: str, *, size: tuple[int, int] = (2400, 1200)) -> bytes:
    made = io.BytesIO()
    exif = Image.Exif()
    exif[0x010F] = "Marque de l'appareil"
    Image.new("RGB", size, "navy").save(made, kind, exif=exif)
    return made.getvalue()


def _scan(*, pages: int = 1) -> bytes:
    """What a scanner sends: a JPEG of a page in a PDF, hence bytes that are no text."""
    sheets = [Image.effect_noise((900, 1200), 60).convert("RGB") for _ in range(pages)]
    made = io.BytesIO()
    sheets[0].save(made, "PDF", save_all=True, append_images=sheets[1:])
    return made.getvalue()


def _left_in(folder: Path) -> list[Path]:
    return list(folder.iterdir())


async def arriving(content: bytes) -> AsyncIterator[bytes]:
    """The content as the vault gives it, piece by piece."""
    for begin in range(0, len(content), 65_536):
        yield content[begin : begin + 65_536]


@pytest.fixture
def passage(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder for temporary files that any account may go through, as /tmp: the drawer has an account of its own."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        monkeypatch.setattr(tempfile, "tempdir", folder)
        yield Path(folder)


async def test_a_real_pdf_is_drawn_and_nothing_of_it_stays_on_the_disk(passage: Path) -> None:
    """Binary, of several pages, compressed, with bytes before its header, or a letter of ours: never a blank page."""
    for content in (_scan(), _scan(pages=3), b"\xff\xfe\n" + _scan()):
        with pytest.raises(UnicodeDecodeError):
            content.decode()
        with Image.open(io.BytesIO(await preview(arriving(content), "application/pdf"))) as shown:
            darkest, lightest = shown.convert("L").getextrema()
            assert shown.size == (900, 1200)
            assert (darkest, lightest) != (255, 255)
    assert _left_in(passage) == []


@pytest.mark.parametrize(
    ("content", "media_type"),
    [
        (PDF, "application/pdf"),
        (blank_pdf(object_stream_mode=pikepdf.ObjectStreamMode.generate), "application/pdf"),
        (_image("JPEG"), "image/jpeg"),
        (_image("PNG"), "image/png"),
        (_image("WEBP"), "image/webp"),
    ],
    ids=["pdf", "packed-pdf", "jpeg", "png", "webp"],
)
async def test_a_page_or_an_image_becomes_a_small_picture(content: bytes, media_type: str) -> None:
    picture = await preview(arriving(content), media_type)

    with Image.open(io.BytesIO(picture)) as shown:
        assert shown.format == "JPEG"
        assert max(shown.size) <= 1300
        assert dict(shown.getexif()) == {}


@pytest.mark.parametrize(
    ("content", "media_type"),
    [(b"PK\x03\x04", "application/zip"), (b"%PDF-1.7 et rien d'autre", "application/pdf"), (PDF, "image/png")],
    ids=["archive", "broken", "disguised"],
)
async def test_what_cannot_be_drawn_gives_nothing(content: bytes, media_type: str) -> None:
    with pytest.raises(NotDrawn):
        await preview(arriving(content), media_type)
