"""PDF: openable without a password, nothing that runs by itself, nothing else after its end."""

import re
from typing import BinaryIO, Final

import pikepdf

from storage.documents.checks.pdf_parts import (
    SUSPECT,
    TELLING,
    check_attachment,
    check_dictionary,
    check_stream,
    embedded_in,
)
from storage.documents.checks.pdf_scripts import Place, admitted_of, check_by_itself, is_field
from storage.documents.checks.refusals import active, protected, too_demanding, two_at_once, unreadable

MOST_OBJECTS: Final = 300_000
MOST_SUSPECTS: Final = 20_000
"""Objects that have to be looked into one by one: a long document has hundreds of them."""
_TAIL: Final = 1 << 16
_AFTER_END: Final = 1024
_DEEPEST: Final = 60
_NESTED: Final = 2
_REFERENCE: Final = re.compile(rb"\b(\d+) (\d+) R\b")


def check_pdf(file: BinaryIO, nested: int = 0) -> frozenset[str]:
    """The flags of an acceptable PDF (`attachments`). Raises DocumentRefused."""
    _check_tail(file)
    file.seek(0)
    try:
        with pikepdf.open(file, access_mode=pikepdf.AccessMode.stream, suppress_warnings=True) as pdf:
            if len(pdf.objects) > MOST_OBJECTS:
                raise too_demanding("le PDF contient trop d'objets")
            if not len(pdf.pages):
                raise unreadable()
            return _Walk(pdf, nested).flags()
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


class _Walk:
    """Every object of a PDF, reachable or not, looked at once.

    An action may be written apart from what causes it: those that only a field may have are gathered as `loose`, and
    whoever refers to them is found at the end.
    """

    def __init__(self, pdf: pikepdf.Pdf, nested: int) -> None:
        self._pdf, self._nested = pdf, nested
        self._suspects = 0
        self._loose: set[Place] = set()
        self._admitted: set[Place] = set()
        self._attachments: dict[Place, tuple[pikepdf.Stream, str]] = {}

    def flags(self) -> frozenset[str]:
        """Look at everything. Raises DocumentRefused."""
        for thing in self._pdf.objects:
            shown = _shown(thing)
            if isinstance(shown, (pikepdf.Dictionary, pikepdf.Array)) and SUSPECT.search(shown.unparse(resolved=True)):
                self._count()
                self._look_into(shown, thing.objgen, 0)
            if isinstance(thing, pikepdf.Stream):
                check_stream(thing)
                if thing.get("/Type") == "/EmbeddedFile":
                    self._attachments.setdefault(thing.objgen, (thing, ""))
        if self._loose:
            self._check_loose()
        for stream, name in self._attachments.values():
            check_attachment(stream, name, self._check_nested)
        return frozenset({"attachments"}) if self._attachments else frozenset()

    def _count(self) -> None:
        self._suspects += 1
        if self._suspects > MOST_SUSPECTS:
            raise too_demanding("le PDF contient trop de liens ou d'actions")

    def _check_nested(self, content: BinaryIO) -> None:
        if self._nested >= _NESTED:
            raise too_demanding("le PDF contient des PDF imbriqués")
        check_pdf(content, self._nested + 1)

    def _look_into(self, thing: object, place: Place | None, depth: int) -> None:
        """Look at a dictionary or an array, and at what is written inside it (not at what it refers to).

        `place` is None inside a field: its actions were judged with it.
        """
        if depth > _DEEPEST:
            raise too_demanding("le PDF est imbriqué trop profondément")
        if isinstance(thing, pikepdf.Dictionary):
            place = self._check(thing, place)
        for value in _inside(thing):
            if not value.is_indirect:
                self._look_into(value, place, depth + 1)

    def _check(self, found: pikepdf.Dictionary, place: Place | None) -> Place | None:
        keys = found.keys()
        if keys.isdisjoint(TELLING):
            return place
        check_dictionary(found, keys)
        for stream, name in embedded_in(found):
            self._attachments[stream.objgen] = (stream, name)
        if is_field(found):
            self._admitted.update(admitted_of(found))
            return None
        check_by_itself(found.get("/OpenAction"))
        triggers = found.get("/AA")
        for _, action in triggers.items() if isinstance(triggers, pikepdf.Dictionary) else ():
            check_by_itself(action)
        if place is not None and _only_a_field_may(found):
            self._loose.add(place)
        return place

    def _check_loose(self) -> None:
        """Scripts and forms to send: each is caused by a field, and by nothing else."""
        concerned = [
            (shown, thing.objgen) for thing in self._pdf.objects if self._concerns(shown := _shown(thing), thing)
        ]
        for shown, _ in concerned:
            self._admit_fields(shown, 0)
        for shown, place in concerned:
            if place not in self._admitted:
                self._only_fields_cause(shown, 0)

    def _concerns(self, shown: pikepdf.Object, thing: pikepdf.Object) -> bool:
        """Whether this object is, or refers to, what only a field may cause."""
        if not isinstance(shown, (pikepdf.Dictionary, pikepdf.Array)):
            return False
        said = {(int(one[1]), int(one[2])) for one in _REFERENCE.finditer(shown.unparse(resolved=True))}
        return thing.objgen in self._loose or not said.isdisjoint(self._loose)

    def _admit_fields(self, thing: object, depth: int) -> None:
        """Judge the actions of the fields of this object that were written apart from them."""
        if depth > _DEEPEST:
            raise too_demanding("le PDF est imbriqué trop profondément")
        if isinstance(thing, pikepdf.Dictionary) and is_field(thing):
            self._admitted.update(admitted_of(thing))
        for value in _inside(thing):
            if not value.is_indirect:
                self._admit_fields(value, depth + 1)

    def _only_fields_cause(self, thing: object, depth: int) -> None:
        """Within this object, what runs or refers to what runs stands in a field. Its actions were judged there."""
        if depth > _DEEPEST:
            raise too_demanding("le PDF est imbriqué trop profondément")
        if isinstance(thing, pikepdf.Dictionary):
            if is_field(thing):
                return
            if _only_a_field_may(thing):
                raise active("un programme (JavaScript ou lancement d'application)")
        for value in _inside(thing):
            if value.is_indirect and value.objgen in self._loose:
                raise active("un programme (JavaScript ou lancement d'application)")
            if not value.is_indirect:
                self._only_fields_cause(value, depth + 1)


def _shown(thing: pikepdf.Object) -> pikepdf.Object:
    return thing.stream_dict if isinstance(thing, pikepdf.Stream) else thing


def _inside(thing: object) -> list[pikepdf.Object]:
    if isinstance(thing, pikepdf.Dictionary):
        values: list[object] = [value for _, value in thing.items()]
    else:
        values = list(thing) if isinstance(thing, pikepdf.Array) else []
    return [value for value in values if isinstance(value, pikepdf.Object)]


def _only_a_field_may(found: pikepdf.Dictionary) -> bool:
    return "/JS" in found or str(found.get("/S", "")) in ("/JavaScript", "/SubmitForm")
