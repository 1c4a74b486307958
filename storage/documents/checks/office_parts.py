"""The parts of an OOXML document, judged by what they say that they are: a list of what is admitted, nothing else.

Names of parts compare without regard to case, percents undone (ECMA-376 part 2, 6.2.2); what a part does comes from
its content type and from the relation that leads to it.
"""

import zipfile
from collections.abc import Callable, Iterator
from io import BytesIO
from typing import Any, BinaryIO, Final
from urllib.parse import unquote

from storage.documents.checks.archives import LARGEST_NESTED, Inflation, inflated
from storage.documents.checks.kinds import is_another, words
from storage.documents.checks.links import is_dangerous, is_here, scheme_of
from storage.documents.checks.office_markup import Picture, Words, parsed, read
from storage.documents.checks.refusals import DocumentRefused, active, too_demanding, unreadable

CONTENT_TYPES: Final = "[content_types].xml"
LARGEST_LIST: Final = 8 << 20
Judge = Callable[[str, Iterator[bytes], Callable[[BinaryIO, str], object]], None]

_OOXML: Final = "application/vnd.openxmlformats-officedocument."
_XML_PARTS: Final = frozenset(
    {
        f"{_OOXML}{room}.{name}+xml"
        for room, names in {
            "wordprocessingml": "document.main document.glossary styles settings websettings fonttable numbering "
            "footnotes endnotes header footer comments",
            "spreadsheetml": "sheet.main worksheet chartsheet styles sharedstrings calcchain table tablesinglecells "
            "comments pivottable pivotcachedefinition pivotcacherecords sheetmetadata usernames revisionheaders "
            "revisionlog externallink",
            "drawingml": "chart chartshapes diagramdata diagramlayout diagramstyle diagramcolors",
        }.items()
        for name in words(names)
    }
    | {
        f"{_OOXML}{name}+xml"
        for name in words("drawing theme themeoverride custom-properties extended-properties customxmlproperties")
    }
    | {
        f"application/vnd.ms-{name}+xml"
        for name in words(
            "word.styleswitheffects word.commentsextended word.commentsids word.commentsext word.people "
            "office.chartstyle office.chartcolorstyle office.chartex office.drawingml.diagramdrawing "
            "office.classificationlabels excel.slicer excel.slicercache excel.timeline excel.timelinecache "
            "excel.threadedcomments excel.person excel.controlproperties excel.rdrichvalue "
            "excel.rdrichvaluestructure excel.rdarray excel.rdrichvaluetypes excel.richstyles "
            "excel.rdsupportingpropertybag excel.rdsupportingpropertybagstructure "
            "excel.featurepropertybag excel.richvaluerel "
            "excel.namedsheetviews office.chartuserdata"
        )
    }
    | {
        f"{_OOXML}wordprocessingml.commentsextended+xml",
        f"{_OOXML}wordprocessingml.commentsids+xml",
        f"{_OOXML}wordprocessingml.commentsextensible+xml",
        f"{_OOXML}wordprocessingml.people+xml",
        f"{_OOXML}vmldrawing",
        "application/vnd.openxmlformats-package.core-properties+xml",
        "application/vnd.openxmlformats-package.digital-signature-xmlsignature+xml",
        "application/inkml+xml",
        "application/xml",
        "text/xml",
    }
)
_BYTES: Final = frozenset(
    {
        *(f"image/{name}" for name in words("png jpeg jpg pjpeg gif bmp tiff x-emf x-wmf emf wmf vnd.ms-photo webp")),
        *(f"application/{name}" for name in words("x-fontdata x-font-ttf x-font-otf")),
        f"{_OOXML}obfuscatedfont",
        f"{_OOXML}wordprocessingml.printersettings",
        f"{_OOXML}spreadsheetml.printersettings",
        "application/vnd.openxmlformats-package.digital-signature-origin",
        "application/vnd.openxmlformats-package.digital-signature-certificate",
    }
)
_CARRIED: Final = {f"{_OOXML}spreadsheetml.sheet": "xlsx", f"{_OOXML}wordprocessingml.document": "docx"}
_SVG: Final = "image/svg+xml"
_ENDINGS: Final = words(
    "xml rels vml png jpg jpeg jpe jfif gif bmp dib tif tiff emf wmf wdp hdp webp svg odttf ttf otf fntdata bin sigs"
    " cer xlsx docx"
)
_RELATIONS: Final = words(
    "officedocument core-properties extended-properties custom-properties thumbnail styles styleswitheffects settings "
    "websettings fonttable numbering footnotes endnotes header footer comments commentsextended commentsids "
    "commentsextensible people theme themeoverride image hdphoto hyperlink chart chartex chartusershapes chartstyle "
    "chartcolorstyle diagramdata diagramlayout diagramquickstyle diagramcolors diagramdrawing drawing vmldrawing "
    "customxml customxmlprops customxmldata glossarydocument font printersettings worksheet chartsheet sharedstrings "
    "calcchain table tablesinglecells pivottable pivotcachedefinition pivotcacherecords sheetmetadata usernames "
    "revisionheaders revisionlog ctrlprop slicer slicercache timeline timelinecache threadedcomment person rdrichvalue "
    "rdrichvaluestructure rdrichvaluetypes rdarray richstyles rdsupportingpropertybag rdsupportingpropertybagstructure "
    "featurepropertybag richvaluerel namedsheetview package "
    "origin signature certificate classificationlabels ink externallink metadata"
)
_MAY_BE_HERE: Final = words("image attachedtemplate externallinkpath xlpathmissing xlstartup")
"""Relations that may name a file of the writer's own machine: it is not found, and nobody learns of it."""


def part_name(name: str) -> str:
    """The name of a part, as programs compare it."""
    return unquote(name).lower()


def whole(archive: zipfile.ZipFile, member: zipfile.ZipInfo, counted: Inflation, most: int) -> bytes:
    """A short part. Raises DocumentRefused above `most` bytes."""
    return gathered(inflated(archive, member, counted), most)


def gathered(pieces: Iterator[bytes], most: int) -> bytes:
    """These pieces, as one. Raises DocumentRefused above `most` bytes."""
    content = bytearray()
    for piece in pieces:
        content += piece
        if len(content) > most:
            raise unreadable() if most < LARGEST_NESTED else too_demanding("un de ses fichiers est démesuré")
    return bytes(content)


class Types:
    """What `[Content_Types].xml` says: the type of each part, by its name or by its extension."""

    def __init__(self, content: bytes) -> None:
        self._by_name: dict[str, str] = {}
        self._by_ending: dict[str, str] = {}
        parsed(content, self._read)

    def _read(self, _: str, attributes: dict[str, Any]) -> None:
        said = str(attributes.get("ContentType", "")).partition(";")[0].strip().lower()
        if "PartName" in attributes:
            self._by_name[part_name(attributes["PartName"]).lstrip("/")] = said
        elif "Extension" in attributes:
            self._by_ending[part_name(attributes["Extension"])] = said

    def said(self) -> tuple[str, ...]:
        """Every type, in order."""
        return (*self._by_name.values(), *self._by_ending.values())

    def of(self, name: str) -> str:
        """The type of one part; empty when nothing says it."""
        return self._by_name.get(name) or self._by_ending.get(name.rpartition(".")[2], "")


class Parts:
    """The parts of one document."""

    def __init__(self, types: Types) -> None:
        self._types = types

    def judge(self, name: str, pieces: Iterator[bytes], nested: Callable[[BinaryIO, str], object]) -> None:
        """Raise DocumentRefused unless this part is one of those that a document needs to be read."""
        ending, kind = name.rpartition(".")[2], self._types.of(name)
        if ending not in _ENDINGS:
            raise _unknown()
        if ending == "rels":
            parsed(gathered(pieces, LARGEST_LIST), _check_relation)
        elif kind in _XML_PARTS:
            read(pieces, Words())
        elif kind == _SVG:
            read(pieces, Picture())
        elif kind in _CARRIED:
            nested(BytesIO(gathered(pieces, LARGEST_NESTED)), f"annexe.{_CARRIED[kind]}")
        elif kind in _BYTES:
            check_bytes(pieces)
        else:
            raise _unknown()


def check_bytes(pieces: Iterator[bytes]) -> None:
    """A picture, a font, the settings of a printer: read to their end, and no other kind of file."""
    head = next(pieces, b"")[:16]
    pictures = head[:4] in (b"GIF8", b"RIFF") or head[:2] == b"BM"
    if head.lstrip()[:1] == b"<" or head.startswith((b"%PDF-", b"<")) or (is_another(head) and not pictures):
        raise active("un fichier d'un autre type que ce qu'il annonce")
    for _ in pieces:
        continue


def _check_relation(name: str, attributes: dict[str, Any]) -> None:
    if name.rpartition(":")[2].lower() != "relationship":
        return
    said = {key.rpartition(":")[2].lower(): str(value) for key, value in attributes.items()}
    kind, target = said.get("type", "").rstrip("/").rpartition("/")[2].lower(), said.get("target", "").strip()
    if said.get("targetmode", "internal").strip().lower() == "internal":
        elsewhere = scheme_of(target) or target.startswith(("//", "\\"))
        if elsewhere and kind != "hyperlink":
            raise active("une référence à un fichier extérieur")
        if kind not in _RELATIONS:
            raise _unknown()
    elif kind == "hyperlink":
        if is_dangerous(target):
            raise active("un lien qui n'est pas celui d'une page")
    elif kind not in _MAY_BE_HERE or not is_here(target):
        raise active("une référence à un fichier extérieur")


def _unknown() -> DocumentRefused:
    return active("un élément qui n'est pas nécessaire pour le lire")
