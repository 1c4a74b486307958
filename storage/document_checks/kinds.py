"""The kinds of file that are accepted, and how the first bytes of a file tell its kind."""

import re
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Kind:
    """One accepted kind: its fixed media type, the extensions that may name it, and what French people call it."""

    media_type: str
    extensions: tuple[str, ...]
    words: str


PDF: Final = Kind("application/pdf", ("pdf",), "PDF")
JPEG: Final = Kind("image/jpeg", ("jpg", "jpeg", "jpe", "jfif"), "image JPEG")
PNG: Final = Kind("image/png", ("png",), "image PNG")
TIFF: Final = Kind("image/tiff", ("tif", "tiff"), "image TIFF")
WEBP: Final = Kind("image/webp", ("webp",), "image WebP")
DOCX: Final = Kind(
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document", ("docx",), "document Word (.docx)"
)
XLSX: Final = Kind("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", ("xlsx",), "classeur Excel")
ODT: Final = Kind("application/vnd.oasis.opendocument.text", ("odt",), "document OpenDocument")
ODS: Final = Kind("application/vnd.oasis.opendocument.spreadsheet", ("ods",), "classeur OpenDocument")
ZIP: Final = Kind("application/zip", ("zip",), "archive ZIP")

ACCEPTED: Final = (PDF, JPEG, PNG, TIFF, WEBP, DOCX, XLSX, ODT, ODS, ZIP)
IMAGES: Final = frozenset({JPEG, PNG, TIFF, WEBP})
OFFICE: Final = {DOCX.media_type: DOCX, XLSX.media_type: XLSX, ODT.media_type: ODT, ODS.media_type: ODS}
BY_EXTENSION: Final = {extension: kind for kind in ACCEPTED for extension in kind.extensions}
BY_MEDIA_TYPE: Final = {kind.media_type: kind for kind in ACCEPTED}
ACCEPTED_WORDS: Final = "PDF, JPEG, PNG, TIFF, WebP, Word (.docx), Excel (.xlsx), OpenDocument (.odt, .ods) ou ZIP"

HEAD: Final = 16
"""How many first bytes tell a kind."""

_SIGNATURES: Final = (
    (b"%PDF-", PDF),
    (b"\xff\xd8\xff", JPEG),
    (b"\x89PNG\r\n\x1a\n", PNG),
    (b"II*\x00", TIFF),
    (b"MM\x00*", TIFF),
    (b"PK\x03\x04", ZIP),
)
_EXTENSION: Final = re.compile(r"\.(?!\d+$)([A-Za-z0-9]{1,5})$")
_COMPOUND: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def kind_of(head: bytes) -> Kind | None:
    """The kind that the first HEAD bytes show; ZIP stands for every kind made of one. None: not accepted."""
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return WEBP
    return next((kind for signature, kind in _SIGNATURES if head.startswith(signature)), None)


def is_compound(head: bytes) -> bool:
    """An OLE compound file: old Office, or an Office document under a password."""
    return head.startswith(_COMPOUND)


def extension_of(name: str) -> str:
    """The extension of a name, in lower case; empty without one (« facture du 12.03.2026 » has none)."""
    found = _EXTENSION.search(name)
    return found[1].lower() if found else ""
