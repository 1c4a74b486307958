"""Office documents (OOXML, OpenDocument): no macro, no embedded program, nothing fetched from elsewhere."""

import re
import zipfile
from typing import Final
from xml.parsers import expat

from storage.document_checks.archives import Inflation, inflated
from storage.document_checks.kinds import OFFICE, Kind
from storage.document_checks.refusals import active, protected, unreadable

CONTENT_TYPES: Final = "[Content_Types].xml"
OPENDOCUMENT_TYPE: Final = "mimetype"
_MANIFEST: Final = "META-INF/manifest.xml"
_PROGRAMS: Final = re.compile(
    r"(vbaProject|vbaData|macros?/|activeX/|oleObject|^Basic/|^Scripts/|xl/macrosheets/|customUI/|\.(bin|exe|dll|js|vbs)$)",
    re.IGNORECASE,
)
_HARMLESS: Final = re.compile(r"(printerSettings\d*\.bin$|^xl/vbaProjectSignature\.bin$)", re.IGNORECASE)
_MAIN_PARTS: Final = {
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
}
_XML: Final = (".xml", ".rdf", ".vml")
LARGEST_LIST: Final = 8 << 20
_MACRO_MAIN: Final = "macroEnabled"
_LINK_TYPES: Final = ("/hyperlink",)


class _Stop(Exception):
    """Enough of the document was read."""


def office_kind(archive: zipfile.ZipFile, counted: Inflation) -> Kind | None:
    """Which office document an archive is, or None. Raises DocumentRefused for one that carries macros."""
    names = set(archive.namelist())
    if OPENDOCUMENT_TYPE in names and archive.infolist()[0].filename == OPENDOCUMENT_TYPE:
        declared = _whole(archive, OPENDOCUMENT_TYPE, counted, 200).decode("ascii", "replace").strip()
        return OFFICE.get(declared)
    if CONTENT_TYPES not in names:
        return None
    said = _overrides(_whole(archive, CONTENT_TYPES, counted, 1 << 20))
    if any(_MACRO_MAIN in kind for kind in said):
        raise active("des macros")
    main = next((kind for kind in said if kind in _MAIN_PARTS), "")
    return OFFICE.get(main.removesuffix(".main+xml"))


def check_office(archive: zipfile.ZipFile, counted: Inflation) -> None:
    """Raise DocumentRefused for a program, an external reference, a DTD, or a password."""
    for member in archive.infolist():
        name = member.filename
        if _PROGRAMS.search(name) and not _HARMLESS.search(name):
            raise active("un programme ou des macros")
        if name.endswith(".rels") or name == _MANIFEST:
            _check_links(_whole(archive, name, counted, LARGEST_LIST))
            continue
        pieces = inflated(archive, member, counted)
        if name.endswith(_XML):
            _check_prologue(next(pieces, b""))
        for _ in pieces:
            continue


def _whole(archive: zipfile.ZipFile, name: str, counted: Inflation, most: int) -> bytes:
    content = b"".join(inflated(archive, archive.getinfo(name), counted))
    if len(content) > most:
        raise unreadable()
    return content


def _parser() -> expat.XMLParserType:
    """An XML parser that refuses any document type: no entity, no external reference (XXE)."""
    parser = expat.ParserCreate()

    def refuse_doctype(*_: object) -> None:
        raise active("une définition de type XML (DTD)")

    parser.StartDoctypeDeclHandler = refuse_doctype
    return parser


def _overrides(content: bytes) -> list[str]:
    found: list[str] = []
    parser = _parser()

    def element(_: str, attributes: dict[str, str]) -> None:
        found.append(attributes.get("ContentType", ""))

    parser.StartElementHandler = element
    _parse(parser, content)
    return found


def _check_links(content: bytes) -> None:
    parser = _parser()

    def element(name: str, attributes: dict[str, str]) -> None:
        if attributes.get("TargetMode", "").lower() == "external" and not attributes.get("Type", "").endswith(
            _LINK_TYPES
        ):
            raise active("une référence à un fichier extérieur")
        if name.rpartition(":")[2] == "encryption-data":
            raise protected()

    parser.StartElementHandler = element
    _parse(parser, content)


def _check_prologue(head: bytes) -> None:
    parser = _parser()

    def element(*_: object) -> None:
        raise _Stop

    parser.StartElementHandler = element
    try:
        parser.Parse(head, False)
    except _Stop:
        return
    except expat.ExpatError as error:
        raise unreadable() from error


def _parse(parser: expat.XMLParserType, content: bytes) -> None:
    try:
        parser.Parse(content, True)
    except expat.ExpatError as error:
        raise unreadable() from error
