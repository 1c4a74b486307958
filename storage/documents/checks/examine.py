"""A whole file judged: what it really is, and whether anything in it is a trap."""

import io
import re
import zipfile
from dataclasses import dataclass
from functools import partial
from pathlib import PurePosixPath
from typing import BinaryIO, Final

from domain.sentence import Sentence, Verbatim
from storage.documents.checks import archives, office
from storage.documents.checks.archives import Inflation, inflated
from storage.documents.checks.images import check_image
from storage.documents.checks.kinds import PDF, PDF_HEAD, ZIP, Kind, is_compound, kind_of
from storage.documents.checks.pdfs import check_pdf
from storage.documents.checks.refusals import DocumentRefused, protected, too_demanding, two_at_once
from storage.documents.checks.stream_watch import check_claim, unaccepted

_LITTER: Final = {".ds_store": b"\0\0\0\1Bud1", "thumbs.db": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "desktop.ini": b""}
_APPLE_DOUBLE: Final = b"\0\5\x16\7"
_LARGEST_LITTER: Final = 4 << 20
_ELSEWHERE: Final = re.compile(rb"(\\|/|\\\0|/\0){2}|://")
_ENCRYPTED_PACKAGE: Final = "EncryptedPackage".encode("utf-16-le")
_COMPOUND_READ: Final = 1 << 20
_END_RECORD: Final = 22


@dataclass(frozen=True, slots=True)
class Examined:
    """An acceptable file: its real kind, and what is worth knowing (`gps`, `attachments`)."""

    kind: Kind
    flags: frozenset[str] = frozenset()


def examine(file: BinaryIO, name: str, declared: str = "") -> Examined:
    """Judge a seekable file named `name`. Raises DocumentRefused with the reason."""
    size = file.seek(0, io.SEEK_END)
    examined = _examine(file, name, declared, Inflation(size), 0)
    check_claim(examined.kind, name, declared)
    return examined


def _examine(file: BinaryIO, name: str, declared: str, counted: Inflation, depth: int) -> Examined:
    file.seek(0)
    head = file.read(PDF_HEAD)
    kind = kind_of(head)
    if kind is None:
        raise protected() if _holds_encrypted_package(file, head) else unaccepted(name, declared, head)
    if kind is ZIP:
        return _examine_archive(file, counted, depth)
    _refuse_hidden_archive(file)
    if kind is PDF:
        return Examined(PDF, check_pdf(file))
    return Examined(kind, check_image(file, kind))


def _holds_encrypted_package(file: BinaryIO, head: bytes) -> bool:
    """Whether it is an office document under a password: a compound file that holds an `EncryptedPackage`."""
    if not is_compound(head):
        return False
    end = file.seek(0, io.SEEK_END)
    for start in (0, max(0, end - _COMPOUND_READ)):
        file.seek(start)
        if _ENCRYPTED_PACKAGE in file.read(_COMPOUND_READ):
            return True
    return False


def _examine_archive(file: BinaryIO, counted: Inflation, depth: int) -> Examined:
    if depth > archives.DEEPEST:
        raise too_demanding("elle contient des archives imbriquées")
    with archives.opened(file) as archive:
        kind = office.office_kind(archive, counted)
        if kind is not None:
            office.check_office(archive, counted, partial(_examine_carried, counted=counted, depth=depth + 1))
            return Examined(kind)
        flags: frozenset[str] = frozenset()
        for member in archive.infolist():
            if not member.is_dir():
                flags |= _examine_member(archive, member, counted, depth)
        return Examined(ZIP, flags)


def _examine_member(
    archive: zipfile.ZipFile, member: zipfile.ZipInfo, counted: Inflation, depth: int
) -> frozenset[str]:
    content = io.BytesIO()
    for piece in inflated(archive, member, counted):
        if content.tell() + len(piece) > archives.LARGEST_NESTED:
            limit = archives.LARGEST_NESTED >> 20
            raise too_demanding(Sentence("un de ses fichiers dépasse {limit} Mo", limit=limit))
        content.write(piece)
    name = PurePosixPath(member.filename).name
    if _is_litter(name, content.getvalue()):
        return frozenset()
    try:
        return _examine_carried(content, name, counted, depth + 1).flags
    except DocumentRefused as refused:
        inside = Sentence("Dans l'archive, « {name} » : {detail}", name=Verbatim(name[:60]), detail=refused.detail)
        raise DocumentRefused(refused.reason, inside) from refused


def _examine_carried(file: BinaryIO, name: str, counted: Inflation, depth: int) -> Examined:
    """A file inside another."""
    examined = _examine(file, name, "", counted, depth)
    check_claim(examined.kind, name, "")
    return examined


def _is_litter(name: str, content: bytes) -> bool:
    """What macOS and Windows leave in the archives that they make, known by its content: a name proves nothing."""
    if len(content) > _LARGEST_LITTER:
        return False
    if name.startswith("._"):
        return content.startswith(_APPLE_DOUBLE)
    begins = _LITTER.get(name.lower())
    # An icon of a folder that is on another machine would tell that machine who opens it.
    return begins is not None and content.startswith(begins) and not (begins == b"" and _ELSEWHERE.search(content))


def _refuse_hidden_archive(file: BinaryIO) -> None:
    """A PDF or an image that also opens as an archive: its end is a ZIP directory."""
    end = file.seek(0, io.SEEK_END)
    start = max(0, end - (1 << 16) - _END_RECORD)
    file.seek(start)
    tail = file.read()
    found = tail.rfind(b"PK\x05\x06")
    if found < 0 or len(tail) - found < _END_RECORD:
        return
    directory_size = int.from_bytes(tail[found + 12 : found + 16], "little")
    file.seek(max(0, start + found - directory_size))
    if file.read(4) == b"PK\x01\x02":
        raise two_at_once("une archive ZIP")
