"""What is wrong in one dictionary of a PDF, wherever it stands: programs, media that run, files from elsewhere."""

import io
import re
from collections.abc import Callable, Collection
from typing import Final

import pikepdf

from storage.documents.checks.kinds import PDF, PDF_HEAD, extension_of, kind_of, words
from storage.documents.checks.links import is_dangerous, is_program, reaches_out
from storage.documents.checks.refusals import active

SUSPECT: Final = re.compile(
    rb"/(JS|JavaScript|Launch|ImportData|SubmitForm|RichMedia\w*|Rendition|Movie|3D|EmbeddedFiles?|EF|XFA|AA|OpenAction"
    rb"|URI|UF|DOS|Unix|FS)\b|/F ?(\(|<|\d+ \d+ R)"
)
TELLING: Final = words(
    "/S /JS /JavaScript /Subtype /XFA /EF /F /UF /DOS /Unix /Mac /URI /AA /A /OpenAction /FT /T /Type"
)
"""A dictionary with none of these keys says nothing to judge."""
_RUNS: Final = {"/Launch", "/ImportData", "/Rendition", "/RichMediaExecute", "/Movie"}
_MEDIA: Final = {"/RichMedia", "/3D", "/Movie"}
_FILES: Final = ("/F", "/UF", "/DOS", "/Unix", "/Mac")
_MARKUP: Final = re.compile(
    rb"<!DOCTYPE|<!ENTITY|<\?xml-stylesheet|<[\w-]*:?(html|script|svg|stylesheet)[\s>/]",
    re.IGNORECASE,
)

Nested = Callable[[io.BytesIO], object]


def check_dictionary(found: pikepdf.Dictionary, keys: Collection[str]) -> None:
    """Raise DocumentRefused for a program, an active medium, a file from elsewhere, an address that is no page."""
    if "/S" in keys and str(found["/S"]) in _RUNS:
        raise active("un programme (JavaScript ou lancement d'application)")
    if "/Subtype" in keys and str(found["/Subtype"]) in _MEDIA:
        raise active("un média actif")
    if "/XFA" in keys:
        raise active("un formulaire dynamique (XFA)")
    if "/JavaScript" in keys and isinstance(found["/JavaScript"], (pikepdf.Dictionary, pikepdf.Array)):
        raise active("un programme (JavaScript)")
    if not set(_FILES).isdisjoint(keys):
        _check_files(found)
    if "/URI" in keys and isinstance(found["/URI"], pikepdf.String) and is_dangerous(str(found["/URI"])):
        raise active("un lien qui n'est pas celui d'une page")


def _check_files(found: pikepdf.Dictionary) -> None:
    """A specification of a file that is not inside (GoToR, a stream elsewhere…) may only name a neighbour."""
    if "/EF" in found or str(found.get("/S", "")) == "/SubmitForm":
        return
    refused = is_dangerous if str(found.get("/FS", "")) == "/URL" else _is_elsewhere
    named = [found.get(key) for key in _FILES]
    if any(refused(str(one)) for one in named if isinstance(one, pikepdf.String)):
        raise active("une référence à un fichier extérieur")


def _is_elsewhere(name: str) -> bool:
    return reaches_out(name) or is_program(name)


def check_stream(found: pikepdf.Stream) -> None:
    """A stream whose content is said to be in another file: nobody has it, and looking for it tells who reads."""
    if "/F" in found.stream_dict:
        raise active("une référence à un fichier extérieur")


def embedded_in(found: pikepdf.Dictionary) -> list[tuple[pikepdf.Stream, str]]:
    """The files that this specification carries, each with the name that it would be saved under."""
    carried = found.get("/EF")
    if not isinstance(carried, pikepdf.Dictionary):
        return []
    names = [str(found[key]) for key in _FILES if isinstance(found.get(key), pikepdf.String)]
    name = next((one for one in names if is_program(one)), names[0] if names else "")
    return [(stream, name) for _, stream in carried.items() if isinstance(stream, pikepdf.Stream)]


def check_attachment(attached: pikepdf.Stream, name: str, nested: Nested) -> None:
    """An invoice carries its XML (Factur-X); a PDF may carry images or PDF. Anything else is a smuggled file."""
    content = attached.read_bytes()
    known = kind_of(content[:PDF_HEAD])
    is_text = content.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"<?xml") and not _MARKUP.search(content)
    said = extension_of(name)
    honest = known is not None and not content.startswith(b"PK") and (not said or said in known.extensions)
    if not (honest or (is_text and said in ("", "xml"))) or is_program(name):
        raise active("un fichier joint d'un type qui n'est pas accepté")
    if known is PDF:
        nested(io.BytesIO(content))
