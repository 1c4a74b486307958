"""The XML of office documents, read to its end: fields and formulas that start a program or fetch, listeners, scripts.

Only local names count: whoever writes the file chooses its prefixes.
"""

import re
from collections.abc import Callable, Iterator
from typing import Any, Final, Protocol
from xml.parsers import expat

from storage.documents.checks.kinds import words
from storage.documents.checks.links import is_dangerous, is_here, reaches_out, scheme_of
from storage.documents.checks.refusals import active, protected, unreadable

_FIELD: Final = re.compile(r'\s*"?\\?(\w+)"?\s*(?:"([^"]*)"|(\S+))?')
_RUNS: Final = words("dde ddeauto link include includetext import database rd print htmlactivex")
_FORMULA_TEXT: Final = re.compile(r'"[^"]*"')
_FORMULA_SHEET: Final = re.compile(r"'[^']*'")
_FORMULA: Final = re.compile(r"\b(WEBSERVICE|RTD|CALL|REGISTER(\.ID)?|EXEC|IMAGE|DDE|SQL\.REQUEST)\s*\(", re.IGNORECASE)
_FORMULA_LINK: Final = re.compile(r'HYPERLINK\s*\(\s*"([^"]*)"', re.IGNORECASE)
_LONGEST_TEXT: Final = 1 << 16
_FORMULAS: Final = frozenset(("f", "formula", "formula1", "formula2", "definedname", "calculatedcolumnformula"))
_TEXTS: Final = _FORMULAS | {"instrtext", "delinstrtext"}


class Reader(Protocol):
    """What looks at an XML document as it is read; each raises DocumentRefused."""

    looks_at: frozenset[str] | None
    """The elements that it looks at; None for all: a large sheet has millions of others."""

    def start(self, name: str, attributes: dict[str, Any]) -> bool:
        """An element begins; whether its text is wanted."""

    def end(self, name: str, text: str) -> None:
        """An element whose text was wanted ends."""


def parser() -> expat.XMLParserType:
    """An XML parser that refuses any document type: no entity, no external reference (XXE)."""
    made = expat.ParserCreate()

    def refuse_doctype(*_: object) -> None:
        raise active("une définition de type XML (DTD)")

    made.StartDoctypeDeclHandler = refuse_doctype
    return made


def parsed(content: bytes, element: Callable[[str, dict[str, Any]], None]) -> None:
    """Read a short document, element by element. Raises DocumentRefused."""
    reading = parser()
    reading.StartElementHandler = element
    try:
        reading.Parse(content, True)
    except expat.ExpatError as error:
        raise unreadable() from error


def read(pieces: Iterator[bytes], reader: Reader) -> None:
    """Read a long document as it comes. Raises DocumentRefused."""
    reading = parser()
    gathered: list[str] = []
    names: dict[str, str] = {}

    def start(name: str, attributes: dict[str, Any]) -> None:
        if (said := names.get(name)) is None:
            plain = local(name)
            said = names[name] = plain if reader.looks_at is None or plain in reader.looks_at else ""
        # What is wanted holds text alone: `m:f` is a fraction of a mathematical text, not a formula of a sheet.
        if reading.CharacterDataHandler is not None:
            reading.CharacterDataHandler = reading.EndElementHandler = None
        if said and reader.start(said, attributes):
            gathered.clear()
            reading.CharacterDataHandler, reading.EndElementHandler = gathered.append, end

    def end(name: str) -> None:
        reading.CharacterDataHandler = reading.EndElementHandler = None
        reader.end(local(name), "".join(gathered)[:_LONGEST_TEXT])

    reading.StartElementHandler = start
    try:
        for piece in pieces:
            reading.Parse(piece, False)
        reading.Parse(b"", True)
    except expat.ExpatError as error:
        raise unreadable() from error


def local(name: str) -> str:
    """The name of an element or an attribute without its prefix, in lower case."""
    return name.rpartition(":")[2].lower()


class Words:
    """The XML parts of OOXML."""

    looks_at: frozenset[str] | None

    def __init__(self) -> None:
        self.looks_at = _LOOKED_AT
        self._fields: list[_Field] = []

    def start(self, name: str, attributes: dict[str, Any]) -> bool:
        """An element begins."""
        if name == "fldchar":
            self._field(next((str(value) for key, value in attributes.items() if local(key) == "fldchartype"), ""))
        elif name == "fldsimple":
            check_field(next((str(value) for key, value in attributes.items() if local(key) == "instr"), ""))
        elif name in _OOXML_ELEMENTS:
            _OOXML_ELEMENTS[name]({local(key): str(value) for key, value in attributes.items()})
        return name in _TEXTS

    def end(self, name: str, text: str) -> None:
        """A formula, or a piece of a field's instruction."""
        if name in _FORMULAS:
            check_formula(text)
        elif self._fields:
            self._fields[-1].add(text)
        else:
            check_field(text)

    def _field(self, mark: str) -> None:
        if mark == "begin":
            if self._fields:
                self._fields[-1].nest()
            self._fields.append(_Field())
        elif self._fields and mark == "separate":
            self._fields[-1].check()
        elif self._fields:
            self._fields.pop().check()


class _Field:
    """The instruction of a field of Word, which may be cut in pieces and hold other fields."""

    def __init__(self) -> None:
        self._said, self._is_said = "", False

    def add(self, text: str) -> None:
        if not self._is_said and len(self._said) < _LONGEST_TEXT:
            self._said += text

    def nest(self) -> None:
        """Another field begins inside: it may compute what this one does, or where it looks."""
        if not self._is_said and (not self._said.strip() or re.match(r"\s*includepicture", self._said, re.IGNORECASE)):
            raise active("un champ qui va chercher un fichier ou lance un programme")

    def check(self) -> None:
        self._is_said = True
        check_field(self._said)


def check_field(instruction: str) -> None:
    """Raise DocumentRefused for a field of Word that starts a program (DDE) or fetches (INCLUDEPICTURE…)."""
    found = _FIELD.match(instruction)
    if found is None:
        return
    kind, target = found[1].lower(), found[2] or found[3] or ""
    fetches = kind == "includepicture" and not (is_here(target) or scheme_of(target) == "cid")
    if kind in _RUNS or fetches or (kind == "hyperlink" and is_dangerous(target)):
        raise active("un champ qui va chercher un fichier ou lance un programme")


def check_formula(formula: str) -> None:
    """Raise DocumentRefused for a formula that starts a program (DDE) or fetches."""
    linked = _FORMULA_LINK.findall(formula)
    bare = _FORMULA_TEXT.sub("", formula)
    elsewhere = (name[1:-1].lstrip("[") for name in _FORMULA_SHEET.findall(bare))
    if (
        "|" in _FORMULA_SHEET.sub("", bare)
        or _FORMULA.search(bare)
        or any(map(is_dangerous, linked))
        or any(reaches_out(name) and not is_here(name) for name in elsewhere)
    ):
        raise active("une formule qui va chercher un fichier ou lance un programme")


def _refuse(_: dict[str, str]) -> None:
    raise active("un élément qui lance un programme ou va chercher un fichier")


def _embeds_only(said: dict[str, str]) -> None:
    if said.get("type", "embed").strip().lower() != "embed":
        _refuse(said)


def _fetches_nothing(said: dict[str, str]) -> None:
    targets = (said.get(name, "") for name in ("src", "href", "althref"))
    if any(reaches_out(target) and not is_here(target) for target in targets):
        _refuse(said)


_OOXML_ELEMENTS: Final = {
    **dict.fromkeys(("ddelink", "olelink", "altchunk", "subdoc", "mailmerge", "script"), _refuse),
    "oleobject": _embeds_only,
    **dict.fromkeys(("imagedata", "fill", "stroke", "textpath", "image", "iframe", "frame"), _fetches_nothing),
}

_LOOKED_AT: Final = frozenset({"fldchar", "fldsimple", *_TEXTS, *_OOXML_ELEMENTS})


class Picture:
    """A picture in SVG: it draws, it does nothing and fetches nothing."""

    looks_at: frozenset[str] | None = None

    def start(self, name: str, attributes: dict[str, Any]) -> bool:
        """An element begins."""
        said = {local(key): str(value) for key, value in attributes.items()}
        targets = [said.get(key, "") for key in ("href", "src")]
        fetched = [one for one in targets if reaches_out(one) and not one.strip().lower().startswith("data:image/")]
        if name in _ACTIVE_SVG or any(key.startswith("on") for key in said) or (fetched and name != "a"):
            raise active("une image qui contient un programme")
        return False

    def end(self, name: str, text: str) -> None:
        """Nothing of its texts is wanted."""


_ACTIVE_SVG: Final = frozenset(("script", "foreignobject", "iframe", "object", "embed", "handler", "listener"))


class Open:
    """The XML parts of an OpenDocument."""

    looks_at: frozenset[str] | None = None

    def start(self, name: str, attributes: dict[str, Any]) -> bool:
        """An element begins."""
        if name in _ACTIVE_OPEN:
            raise active("un élément qui lance un programme ou va chercher un fichier")
        if name == "encryption-data":
            raise protected()
        for key, value in attributes.items():
            self._attribute(name, local(key), str(value))
        return False

    def end(self, name: str, text: str) -> None:
        """Nothing of its texts is wanted."""

    @staticmethod
    def _attribute(element: str, name: str, value: str) -> None:
        if name in ("formula", "condition"):
            check_formula(value)
        elif name in ("href", "src", "action") and element not in _NAMED_ONLY:
            if element == "a":
                if is_dangerous(value):
                    raise active("un lien qui n'est pas celui d'une page")
            elif reaches_out(value) and not is_here(value):
                raise active("une référence à un fichier extérieur")
        elif value.lower().startswith(("macro:", "vnd.sun.star.script:", "script:", "javascript:")):
            raise active("un élément qui lance un programme ou va chercher un fichier")


_ACTIVE_OPEN: Final = words(
    "event-listener script plugin applet floating-frame object-ole dde-source dde-link dde-connection"
    " dde-connection-decl database-source-sql database-source-query database-source-table"
)
_NAMED_ONLY: Final = frozenset(("template", "description", "haspart", "file"))
"""Elements whose address is only a name: the model that a document was made from, the subject of a statement (RDF)."""
