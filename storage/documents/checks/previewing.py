"""The process that draws a hostile file: its bytes are in a folder of their own, one small picture goes out, no more.

Started by `storage/documents/preview.py`. Nothing of the file survives but points of colour.
"""

import io
import sys
from pathlib import Path
from typing import Final

import typst
from PIL import Image, ImageOps

from storage.documents.checks.confined import confine
from storage.documents.checks.kinds import JPEG, PDF, PNG, TIFF, WEBP

WIDTH, HEIGHT = 900, 1300
QUALITY: Final = 70
PIECE: Final = "piece"
"""The name of the file in its folder."""
_PAGE: Final = f"""#set page(width: 900pt, height: auto, margin: 0pt, fill: white)
#image("/{PIECE}", format: "pdf", page: 1, width: 900pt)
""".encode()
_FORMATS: Final = {JPEG.media_type: "JPEG", PNG.media_type: "PNG", TIFF.media_type: "TIFF", WEBP.media_type: "WEBP"}


def drawn(folder: Path, media_type: str) -> bytes:
    """A JPEG of the first page of the piece that lies in `folder`. Whatever is wrong with the file raises."""
    if media_type == PDF.media_type:
        # Its stub wants the root to be of the same type as the page.
        content = typst.compile(_PAGE, root=folder, ignore_system_fonts=True, format="png", ppi=72)  # type: ignore[call-overload]
        media_type = PNG.media_type
    else:
        content = (folder / PIECE).read_bytes()
    with Image.open(io.BytesIO(content), formats=[_FORMATS[media_type]]) as image:
        image.draft("RGB", (WIDTH, HEIGHT))
        flat = _on_white(ImageOps.exif_transpose(image))
        flat.thumbnail((WIDTH, HEIGHT))
        made = io.BytesIO()
        flat.save(made, "JPEG", quality=QUALITY, optimize=True)
    return made.getvalue()


def _on_white(image: Image.Image) -> Image.Image:
    """Without transparency nor anything that the file said of itself (where it was taken, by what)."""
    colours = image.convert("RGBA")
    paper = Image.new("RGB", colours.size, "white")
    paper.paste(colours, mask=colours.getchannel("A"))
    return paper


def main() -> None:
    """Draw what lies in the folder; say nothing when it cannot be drawn."""
    confine(Path(sys.argv[2]))
    sys.stdout.buffer.write(drawn(Path(sys.argv[2]), sys.argv[1]))


if __name__ == "__main__":
    main()
