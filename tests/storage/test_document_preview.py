"""A picture of the first page: of what can be drawn, without what the file said of itself; nothing of the rest."""

from __future__ import annotations

import io

import pytest
from PIL import Image

from storage.document_preview import NotDrawn, preview
from tests.api.journeys import PDF


def _image(kind: str, *, size: tuple[int, int] = (2400, 1200)) -> bytes:
    made = io.BytesIO()
    exif = Image.Exif()
    exif[0x010F] = "Marque de l'appareil"
    Image.new("RGB", size, "navy").save(made, kind, exif=exif)
    return made.getvalue()


@pytest.mark.parametrize(
    ("content", "media_type"),
    [
        (PDF, "application/pdf"),
        (_image("JPEG"), "image/jpeg"),
        (_image("PNG"), "image/png"),
        (_image("WEBP"), "image/webp"),
    ],
    ids=["pdf", "jpeg", "png", "webp"],
)
async def test_a_page_or_an_image_becomes_a_small_picture(content: bytes, media_type: str) -> None:
    picture = await preview(content, media_type)

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
        await preview(content, media_type)
