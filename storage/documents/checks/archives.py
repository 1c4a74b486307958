"""ZIP containers, before anything in them is believed: frame, names, encryption, real sizes, depth.

The rules follow PyPI's: only stored or deflated members, records that do not overlap, a bounded ratio.
Every size is counted by inflating, never read from the archive's own word.
"""

import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator
from typing import BinaryIO, Final

from domain.sentence import Sentence
from storage.documents.checks.names import checked_member
from storage.documents.checks.refusals import DocumentRefused, Reason, protected, too_demanding, two_at_once, unreadable
from storage.documents.checks.stream_watch import MEGABYTE

MOST_MEMBERS: Final = 2000
LARGEST_INFLATED: Final = 1024 * MEGABYTE
RATIO_FROM: Final = 64 * MEGABYTE
LARGEST_RATIO: Final = 50
DEEPEST: Final = 2
LARGEST_NESTED: Final = 64 * MEGABYTE

_LOCAL_HEADER: Final = struct.Struct("<4s2B4HL2L2H")
_ENCRYPTED: Final = 0x1 | 0x40
_AT_ONCE: Final = 1 << 18


class Inflation:
    """How much an upload has given once inflated, nested archives included, against what was sent."""

    def __init__(self, sent: int) -> None:
        self._sent = max(1, sent)
        self._inflated = 0

    def add(self, size: int) -> None:
        """Count inflated bytes. Raises DocumentRefused above the limits."""
        self._inflated += size
        swollen = self._inflated > RATIO_FROM and self._inflated > LARGEST_RATIO * self._sent
        if swollen or self._inflated > LARGEST_INFLATED:
            raise too_demanding("son contenu est démesuré une fois décompressé")


def opened(file: BinaryIO) -> zipfile.ZipFile:
    """The archive, its frame checked. Raises DocumentRefused."""
    try:
        archive = zipfile.ZipFile(file)
    except (zipfile.BadZipFile, NotImplementedError, struct.error, ValueError, OSError) as error:
        raise unreadable() from error
    members = archive.infolist()
    if len(members) > MOST_MEMBERS:
        raise too_demanding(Sentence("elle contient plus de {limit} fichiers", limit=MOST_MEMBERS))
    if not members:
        raise DocumentRefused(Reason.EMPTY, "L'archive ne contient aucun fichier.")
    for member in members:
        _check_member(member)
    if len({member.filename for member in members}) != len(members):
        raise unreadable()
    _check_records(file, archive, members)
    return archive


def _check_member(member: zipfile.ZipInfo) -> None:
    checked_member(member.orig_filename)
    if member.flag_bits & _ENCRYPTED or member.compress_type == 99:
        raise protected()
    if member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise unreadable()
    mode = member.external_attr >> 16
    if mode and not (stat.S_ISREG(mode) or stat.S_ISDIR(mode) or not stat.S_IFMT(mode)):
        raise DocumentRefused(Reason.NAME, "L'archive contient un lien. Envoyez les fichiers eux-mêmes, un par un.")


def _check_records(file: BinaryIO, archive: zipfile.ZipFile, members: list[zipfile.ZipInfo]) -> None:
    """The local records follow one another from the first byte, none over another, each named as listed."""
    free_from = 0
    for member in sorted(members, key=lambda one: one.header_offset):
        file.seek(member.header_offset)
        header = file.read(_LOCAL_HEADER.size)
        if len(header) < _LOCAL_HEADER.size or not header.startswith(b"PK\x03\x04"):
            raise unreadable()
        *_, name_length, extra_length = _LOCAL_HEADER.unpack(header)
        if member.header_offset < free_from:
            raise too_demanding("ses fichiers se recouvrent")
        if member.header_offset > 0 and free_from == 0:
            raise two_at_once("des données avant l'archive")
        free_from = member.header_offset + len(header) + name_length + extra_length + member.compress_size
    if free_from > archive.start_dir:
        raise too_demanding("ses fichiers se recouvrent")


def inflated(archive: zipfile.ZipFile, member: zipfile.ZipInfo, counted: Inflation) -> Iterator[bytes]:
    """The member's bytes, counted. Raises DocumentRefused when they are too many, or not what was listed."""
    try:
        with archive.open(member) as content:
            while piece := content.read(_AT_ONCE):
                counted.add(len(piece))
                yield piece
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError, OSError) as error:
        raise unreadable() from error
