"""The kinds of file that are accepted, and how the first bytes of a file tell its kind."""

import re
from dataclasses import dataclass
from typing import Final

from domain.sentence import N_


@dataclass(frozen=True, slots=True)
class Kind:
    """One accepted kind: its fixed media type, the extensions that may name it, and what French people call it."""

    media_type: str
    extensions: tuple[str, ...]
    words: str


PDF: Final = Kind("application/pdf", ("pdf",), N_("PDF"))
JPEG: Final = Kind("image/jpeg", ("jpg", "jpeg", "jpe", "jfif"), N_("image JPEG"))
PNG: Final = Kind("image/png", ("png",), N_("image PNG"))
TIFF: Final = Kind("image/tiff", ("tif", "tiff"), N_("image TIFF"))
WEBP: Final = Kind("image/webp", ("webp",), N_("image WebP"))
DOCX: Final = Kind(
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document", ("docx",), N_("document Word (.docx)")
)
XLSX: Final = Kind("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", ("xlsx",), N_("classeur Excel"))
ODT: Final = Kind("application/vnd.oasis.opendocument.text", ("odt",), N_("document OpenDocument"))
ODS: Final = Kind("application/vnd.oasis.opendocument.spreadsheet", ("ods",), N_("classeur OpenDocument"))
ZIP: Final = Kind("application/zip", ("zip",), N_("archive ZIP"))

ACCEPTED: Final = (PDF, JPEG, PNG, TIFF, WEBP, DOCX, XLSX, ODT, ODS, ZIP)
IMAGES: Final = frozenset({JPEG, PNG, TIFF, WEBP})
STILL: Final = IMAGES | {PDF}
"""What is only looked at: one that bears another's extension deceives nobody, and is renamed."""
OFFICE: Final = {DOCX.media_type: DOCX, XLSX.media_type: XLSX, ODT.media_type: ODT, ODS.media_type: ODS}
BY_EXTENSION: Final = {extension: kind for kind in ACCEPTED for extension in kind.extensions}
BY_MEDIA_TYPE: Final = {kind.media_type: kind for kind in ACCEPTED}
ACCEPTED_WORDS: Final = N_("PDF, JPEG, PNG, TIFF, WebP, Word (.docx), Excel (.xlsx), OpenDocument (.odt, .ods) ou ZIP")

HEAD: Final = 16
"""How many first bytes tell a kind, a PDF's aside."""
PDF_HEAD: Final = 1024 + 5
"""Within how many first bytes a PDF begins: printers, mail servers and scanners write before (ISO 32000-1, annex H)."""

_SIGNATURES: Final = (
    (b"%PDF-", PDF),
    (b"\xff\xd8\xff", JPEG),
    (b"\x89PNG\r\n\x1a\n", PNG),
    (b"II*\x00", TIFF),
    (b"MM\x00*", TIFF),
    (b"PK\x03\x04", ZIP),
)
_OTHERS: Final = re.compile(
    rb"MZ|\x7fELF|#!|GIF8|BM|Rar!|7z\xbc\xaf|PK|\xd0\xcf\x11\xe0|\xca\xfe\xba\xbe|[\xfe\xce\xcf]\xed\xfa|\{\\rtf|RIFF"
    rb"|ID3|OggS|\x1f\x8b|BZh|\xfd7zXZ|MSCF|ITSF|L\0\0\0\x01\x14\x02|\0\0\x01\0|....ftyp|%!PS|@echo|\0asm|\x1aE\xdf\xa3",
    re.DOTALL | re.IGNORECASE,
)
"""How a file of another kind begins: what follows is not looked at."""
_INSIDE: Final = re.compile(
    rb"<([?!]|(html|head|body|script|svg|iframe|img|object|embed|meta|link|style|form|a)\b)|PK\x03\x04", re.IGNORECASE
)
_PHOTOGRAPHS: Final = frozenset(b"heic heix hevc hevx heim heis hevm hevs mif1 msf1 avif avis".split())
_EXTENSION: Final = re.compile(r"\.(?!\d+$)([A-Za-z0-9]{1,5})$")
_COMPOUND: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def words(said: str) -> frozenset[str]:
    """A list of words, as a set."""
    return frozenset(said.split())


def kind_of(head: bytes) -> Kind | None:
    """The kind that the first PDF_HEAD bytes show; ZIP stands for every kind made of one. None: not accepted."""
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return WEBP
    found = next((kind for signature, kind in _SIGNATURES if head.startswith(signature)), None)
    return PDF if found is None and _begins_late(head) else found


def _begins_late(head: bytes) -> bool:
    before, begun, _ = head[:PDF_HEAD].partition(b"%PDF-")
    return bool(begun) and not _OTHERS.match(before) and not _INSIDE.search(before)


def is_another(head: bytes) -> bool:
    """Whether the first HEAD bytes are those of a kind that is not accepted, whatever follows."""
    return _OTHERS.match(head) is not None


def is_heif(head: bytes) -> bool:
    """A photograph as telephones now keep them (HEIC, AVIF), which few programs open."""
    return head[4:8] == b"ftyp" and head[8:12] in _PHOTOGRAPHS


def is_compound(head: bytes) -> bool:
    """An OLE compound file: old Office, or an Office document under a password."""
    return head.startswith(_COMPOUND)


def extension_of(name: str) -> str:
    """The extension of a name, in lower case; empty without one (« facture du 12.03.2026 » has none)."""
    found = _EXTENSION.search(name)
    return found[1].lower() if found else ""


def renamed(name: str, real: Kind, longest: int) -> str:
    """The name, with the extension of what the file really is when it bears that of another still kind."""
    extension = extension_of(name)
    if extension in real.extensions or not {real, BY_EXTENSION.get(extension)} <= STILL:
        return name
    ending = f".{real.extensions[0]}"
    return within(name[: -len(extension) - 1], longest - len(ending)) + ending


def within(text: str, bytes_: int) -> str:
    """The beginning of a text that takes at most so many bytes, no character cut."""
    return text.encode()[:bytes_].decode("utf-8", "ignore")
