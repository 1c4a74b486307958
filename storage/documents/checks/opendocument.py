"""The parts of an OpenDocument, by a list of what is admitted (OpenDocument 1.3, part 2)."""

import re
from collections.abc import Callable, Iterator
from io import BytesIO
from typing import BinaryIO, Final

from storage.documents.checks.archives import LARGEST_NESTED
from storage.documents.checks.office_markup import Open, Picture, read
from storage.documents.checks.office_parts import check_bytes, gathered
from storage.documents.checks.refusals import active

_OBJECT: Final = r"(obj[^/]*/)*"
_XML: Final = re.compile(
    rf"^({_OBJECT}(content|styles|meta|settings)\.xml|{_OBJECT}meta-inf/(manifest|documentsignatures)\.xml"
    rf"|{_OBJECT}manifest\.rdf|configurations2/[\w /-]+\.xml)$"
)
_BYTES: Final = re.compile(
    rf"^(mimetype|{_OBJECT}mimetype|layout-cache|{_OBJECT}layout-cache|objectreplacements/[^/]+"
    rf"|{_OBJECT}(pictures|media|thumbnails)/[^/]+\.(png|jpe?g|jpe|gif|bmp|tiff?|svm|emf|wmf|webp|wdp)"
    r"|configurations2/[\w /-]+\.png|fonts/[^/]+\.(ttf|otf))$"
)
_DRAWN: Final = re.compile(rf"^{_OBJECT}(pictures|media)/[^/]+\.svg$")
_CARRIED: Final = re.compile(rf"^({_OBJECT}pictures|thumbnails)/[^/]+\.pdf$")


def judge(name: str, pieces: Iterator[bytes], nested: Callable[[BinaryIO, str], object]) -> None:
    """Raise DocumentRefused unless this part is one of those that a document needs to be read."""
    if _XML.match(name):
        _read(name, pieces)
    elif _BYTES.match(name):
        check_bytes(pieces)
    elif _DRAWN.match(name):
        read(pieces, Picture())
    elif _CARRIED.match(name):
        nested(BytesIO(gathered(pieces, LARGEST_NESTED)), "image.pdf")
    else:
        raise active("un élément qui n'est pas nécessaire pour le lire")


def _read(name: str, pieces: Iterator[bytes]) -> None:
    """Some programs leave the settings of their bars empty."""
    first = next(pieces, b"")
    if first or not name.startswith("configurations2/"):
        read(_again(first, pieces), Open())


def _again(first: bytes, pieces: Iterator[bytes]) -> Iterator[bytes]:
    yield first
    yield from pieces
