"""The scripts of a PDF form's fields: calculations, formats and buttons are honest; not so all that they may reach."""

import re
from collections.abc import Iterator
from typing import Final

import pikepdf

from storage.documents.checks.links import is_dangerous
from storage.documents.checks.refusals import active

BY_ITSELF: Final = frozenset({"/PO", "/PC", "/PV", "/PI"})
"""Triggers of a field that nobody causes: its page opens, closes, is seen, is hidden."""
LONGEST: Final = 1 << 16
LONGEST_CHAIN: Final = 20
_HARMLESS: Final = frozenset({"/GoTo", "/GoToE", "/Named", "/Hide", "/ResetForm", "/SetOCGState", "/Trans", "/Thread"})
_CLICKED: Final = _HARMLESS | {"/GoToR", "/URI", "/SubmitForm", "/JavaScript"}
_REACHES: Final = re.compile(
    r"DataObject|importTextData|importAnF|importIcon|launchURL|getURL|submitForm|mail(Doc|Form|Msg|GetAddrs)|openDoc"
    r"|\bapp\s*\.\s*(open|newDoc|beginPriv|endPriv|trusted\w*|trust\w*|add\w+|set(TimeOut|Interval))|addScript|setAction"
    r"|setPageAction|trustedFunction|trustPropagatorFunction|beginPriv|\bSOAP\b|\bNet\s*\.|\bADBC\b|\bRSS\b|\bCollab\b"
    r"|\beval\b|\bFunction\s*\(|unescape|fromCharCode|ActiveXObject|XMLHttp|saveAs|extractPages|insertPages|createTemplate"
    r"|\bmedia\s*\.|activeDocs|\bglobal\s*\.|https?:|file:|\\\\\\\\|\\x[0-9a-f]{2}|\\u00[2-7]|\[\s*[\"'][^\"'\]]*[\"']\s*\+",
    re.IGNORECASE,
)

_NOT_A_FIELD: Final = ("/Contents", "/MediaBox", "/Resources", "/Pages", "/OpenAction", "/Names", "/Root")
"""Of a page or of the whole: written beside a field's own entries, they would lend it the field's rights."""

Place = tuple[int, int]
"""The number and the generation of an object."""


def is_field(found: pikepdf.Dictionary) -> bool:
    """Whether a dictionary is a field of a form, or the place where one shows."""
    shown = str(found.get("/Subtype", "/Widget"))
    if shown != "/Widget" or any(key in found for key in _NOT_A_FIELD):
        return False
    return "/Subtype" in found or "/FT" in found or ("/T" in found and ("/Kids" in found or "/Parent" in found))


def admitted_of(field: pikepdf.Dictionary) -> Iterator[Place]:
    """Where the actions of this field are written; each is judged on the way. Raises DocumentRefused."""
    yield from _judged(field.get("/A"), _CLICKED)
    triggers = field.get("/AA")
    if not isinstance(triggers, pikepdf.Dictionary):
        return
    yield triggers.objgen
    for trigger, action in triggers.items():
        yield from _judged(action, _HARMLESS if trigger in BY_ITSELF else _HARMLESS | {"/JavaScript"})


def check_by_itself(action: object) -> None:
    """What happens without anybody asking (at opening, on a page): it may only move within the document."""
    for _ in _judged(action, _HARMLESS):
        continue


def _judged(action: object, admitted: frozenset[str]) -> Iterator[Place]:
    waiting, seen = [action], 0
    while waiting:
        seen += 1
        if seen > LONGEST_CHAIN:
            raise active("une suite d'actions sans fin")
        one = waiting.pop()
        if isinstance(one, pikepdf.Array):
            yield one.objgen
            waiting.extend(each for each in one if isinstance(each, pikepdf.Dictionary))
        elif isinstance(one, pikepdf.Dictionary):
            yield one.objgen
            _check_action(one, admitted)
            waiting.append(one.get("/Next"))


def _check_action(action: pikepdf.Dictionary, admitted: frozenset[str]) -> None:
    kind = str(action.get("/S", ""))
    if "/JS" in action:
        kind = "/JavaScript"
    if kind and kind not in admitted:
        raise active("une action qui part toute seule, ou qui en fait trop")
    if kind == "/JavaScript":
        _check_script(action.get("/JS"))
    elif kind == "/SubmitForm":
        _check_addressee(action.get("/F"))


def _check_script(script: object) -> None:
    if isinstance(script, pikepdf.Stream):
        said = script.read_bytes()
        text = said.decode("utf-16" if said.startswith((b"\xff\xfe", b"\xfe\xff")) else "latin-1", "replace")
    else:
        text = str(script)
    if len(text) > LONGEST or _REACHES.search(text):
        raise active("un programme (JavaScript) qui sort du formulaire")


def _check_addressee(place: object) -> None:
    if isinstance(place, pikepdf.Dictionary):
        place = place.get("/F", place.get("/UF"))
    said = str(place or "")
    if not re.match(r"(https?|mailto):", said, re.IGNORECASE) or is_dangerous(said):
        raise active("un formulaire qui s'envoie ailleurs que sur le web")
