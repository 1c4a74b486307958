"""Office documents (OOXML, OpenDocument): no macro, no embedded program, nothing fetched from elsewhere."""

import re
import zipfile
from collections.abc import Callable
from typing import BinaryIO, Final

from storage.documents.checks import office_parts, opendocument
from storage.documents.checks.archives import Inflation, inflated
from storage.documents.checks.kinds import OFFICE, Kind
from storage.documents.checks.office_parts import CONTENT_TYPES, Types, part_name
from storage.documents.checks.refusals import active, unreadable

OPENDOCUMENT_TYPE: Final = "mimetype"
_PROGRAMS: Final = re.compile(
    r"(vbaproject|vbadata|macros?/|activex/|oleobject|^basic/|^scripts/|xl/macrosheets/|customui/"
    r"|\.(bin|exe|dll|js|vbs|scr|hta|com|bat|cmd|lnk|ps1|jar)$)"
)
_HARMLESS: Final = re.compile(r"printersettings\d*\.bin$")
_MAIN_PARTS: Final = {
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
}
_MACRO_MAIN: Final = "macroenabled"

Nested = Callable[[BinaryIO, str], object]
"""Examines a document carried by another. Raises DocumentRefused."""


def office_kind(archive: zipfile.ZipFile, counted: Inflation) -> Kind | None:
    """Which office document an archive is, or None. Raises DocumentRefused for one that carries macros."""
    names = {part_name(member.filename): member for member in archive.infolist()}
    first = archive.infolist()[0]
    if first.filename == OPENDOCUMENT_TYPE:
        declared = office_parts.whole(archive, first, counted, 200).decode("ascii", "replace").strip()
        return OFFICE.get(declared)
    if CONTENT_TYPES not in names:
        return None
    types = Types(office_parts.whole(archive, names[CONTENT_TYPES], counted, 1 << 20))
    if any(_MACRO_MAIN in kind for kind in types.said()):
        raise active("des macros")
    main = next((kind for kind in types.said() if kind in _MAIN_PARTS), "")
    return OFFICE.get(main.removesuffix(".main+xml"))


def check_office(archive: zipfile.ZipFile, counted: Inflation, nested: Nested) -> None:
    """Raise DocumentRefused for a program, a reference to elsewhere, a DTD, a password, or a part that is not known."""
    members = {part_name(member.filename): member for member in archive.infolist() if not member.is_dir()}
    if len(members) != sum(not member.is_dir() for member in archive.infolist()):
        raise unreadable()
    for name in members:
        if _PROGRAMS.search(name) and not _HARMLESS.search(name):
            raise active("un programme ou des macros")
    judge = (
        opendocument.judge if archive.infolist()[0].filename == OPENDOCUMENT_TYPE else _judge_parts(archive, counted)
    )
    for name, member in members.items():
        if name != CONTENT_TYPES or judge is opendocument.judge:
            judge(name, inflated(archive, member, counted), nested)


def _judge_parts(archive: zipfile.ZipFile, counted: Inflation) -> office_parts.Judge:
    listed = next(member for member in archive.infolist() if part_name(member.filename) == CONTENT_TYPES)
    return office_parts.Parts(Types(office_parts.whole(archive, listed, counted, 1 << 20))).judge
