"""PDF: openable without a password, nothing that runs by itself, nothing else after its end."""

import re
from typing import BinaryIO, Final

import pikepdf

from storage.document_checks.kinds import kind_of
from storage.document_checks.refusals import active, protected, too_demanding, two_at_once, unreadable

MOST_OBJECTS: Final = 400_000
_TAIL: Final = 1 << 16
_AFTER_END: Final = 1024
_SUSPECT: Final = re.compile(rb"/(JS|JavaScript|Launch|ImportData|RichMedia|Rendition|EmbeddedFiles?|EF|XFA)\b")
_RUNS: Final = {"/JavaScript", "/Launch", "/ImportData", "/Rendition", "/RichMediaExecute"}
_DEEPEST: Final = 60


def check_pdf(file: BinaryIO) -> frozenset[str]:
    """The flags of an acceptable PDF (`attachments`). Raises DocumentRefused."""
    _check_tail(file)
    file.seek(0)
    try:
        with pikepdf.open(file, access_mode=pikepdf.AccessMode.stream, suppress_warnings=True) as pdf:
            if len(pdf.objects) > MOST_OBJECTS:
                raise too_demanding("le PDF contient trop d'objets")
            if not len(pdf.pages):
                raise unreadable()
            return _walk(pdf)
    except pikepdf.PasswordError as error:
        raise protected() from error
    except (pikepdf.PdfError, pikepdf.DataDecodingError, ValueError, TypeError, RecursionError) as error:
        if "bad_alloc" in str(error):  # qpdf's way of saying that memory ran out
            raise too_demanding("le PDF demande trop de mémoire pour être lu") from error
        raise unreadable() from error


def _check_tail(file: BinaryIO) -> None:
    """Little may follow the last `%%EOF` (scanners add a line or two, not a file)."""
    end = file.seek(0, 2)
    file.seek(max(0, end - _TAIL))
    tail = file.read(_TAIL)
    _, found, after = tail.rpartition(b"%%EOF")
    if not found:
        raise unreadable()
    if len(after.strip(b"\0\r\n\t ")) > _AFTER_END:
        raise two_at_once("des données après la fin du PDF")


def _walk(pdf: pikepdf.Pdf) -> frozenset[str]:
    flags: set[str] = set()
    for thing in pdf.objects:
        shown = thing.stream_dict if isinstance(thing, pikepdf.Stream) else thing
        if isinstance(shown, (pikepdf.Dictionary, pikepdf.Array)) and _SUSPECT.search(shown.unparse(resolved=True)):
            _look_into(shown, 0)
        if isinstance(thing, pikepdf.Stream) and thing.get("/Type") == "/EmbeddedFile":
            _check_attachment(thing)
            flags.add("attachments")
    return frozenset(flags)


def _look_into(thing: object, depth: int) -> None:
    """Look at a dictionary or an array, and at what is written inside it (not at what it refers to)."""
    if depth > _DEEPEST:
        raise too_demanding("le PDF est imbriqué trop profondément")
    inside: list[object] = []
    if isinstance(thing, pikepdf.Dictionary):
        _check_dictionary(thing)
        inside = [value for _, value in thing.items()]
    elif isinstance(thing, pikepdf.Array):
        inside = list(thing)
    for value in inside:
        if isinstance(value, pikepdf.Object) and not value.is_indirect:
            _look_into(value, depth + 1)


def _check_dictionary(found: pikepdf.Dictionary) -> None:
    action = found.get("/S")
    if "/JS" in found or (action is not None and str(action) in _RUNS):
        raise active("un programme (JavaScript ou lancement d'application)")
    if str(found.get("/Subtype", "")) == "/RichMedia":
        raise active("un média actif")
    if "/XFA" in found:
        raise active("un formulaire dynamique (XFA)")
    names = found.get("/JavaScript")
    if isinstance(names, (pikepdf.Dictionary, pikepdf.Array)):
        raise active("un programme (JavaScript)")


def _check_attachment(attached: pikepdf.Stream) -> None:
    """An invoice carries its XML (Factur-X); a PDF may carry images or PDF. Anything else is a smuggled file."""
    content = attached.read_bytes()
    is_text = content.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"<?xml") and b"<!DOCTYPE" not in content[:4096]
    known = kind_of(content[:16])
    if not is_text and (known is None or content.startswith(b"PK")):
        raise active("un fichier joint d'un type qui n'est pas accepté")
