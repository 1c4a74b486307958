"""A format is one value: registered by one line, it is judged, hinted at, read, written, drawn; so is its own input."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from catalogue.checks.form_fields import _words
from catalogue.departement import ROOT
from catalogue.formats import FORMATS, Format, Unreadable
from catalogue.forms import Form
from catalogue.schemas import Schema
from domain.sentence import N_, Sentence
from tests.web.forms.browsing import Sent, drawn
from web.forms.answers import Answer, Place, Posting
from web.forms.checking import checked
from web.forms.drawing import Drawing
from web.forms.kinds import KINDS, Kind
from web.forms.page import Part, Question
from web.forms.reading import Read, read_page, wrong
from web.forms.showing import shown_page

CODE = re.compile(r"\A[0-9]{4}[A-Z]\Z")


def _read(typed: str) -> str:
    bare = re.sub(r"[\s.]", "", typed).upper()
    if "?" in bare:
        raise Unreadable("ape", N_("Un code APE n'a pas de point d'interrogation."))
    return bare


APE = Format(
    name="ape",
    valid=lambda text: CODE.match(text) is not None,
    help="Ce code APE n'est pas valide : il a 4 chiffres et une lettre.",
    because=lambda text: Sentence("Ce code APE n'a que {count} signes.", count=len(text)) if len(text) < 5 else None,
    example="8810A",
    read=_read,
    write=lambda text: f"{text[:2]}.{text[2:]}" if CODE.match(text) else text,
    input={"spellcheck": "false", "autocapitalize": "characters"},
    width=5,
    unit="APE",
)
HOUR = Format(
    name="hour", valid=lambda text: re.match(r"\A[0-9]{2}:[0-9]{2}\Z", text) is not None, help="Quelle heure ?"
)


class Hour(Kind):
    """An hour, in two fields."""

    format = "hour"

    def draw(self, drawing: Drawing, base: Question, field: Schema, value: Any) -> Question:
        """The hours and the minutes."""
        del field
        kept = str(value or ":").split(":")
        parts = tuple(
            Part(id=f"{base.id}.{part}", name=f"{base.name}.{part}", label=part, value=said, width=2, attributes={})
            for part, said in zip("hm", kept, strict=True)
        )
        assert drawing.root
        return replace(base, kind="date", parts=parts)

    def read(self, posting: Posting, field: Schema, place: Place, before: Any, *, required: bool) -> Answer:
        """Both, with a colon."""
        del field, before, required
        return Answer(":".join(posting.inputs.one(f"{place.source}.{part}").rjust(2, "0") for part in "hm"))


@pytest.fixture
def form(monkeypatch: pytest.MonkeyPatch) -> Form:
    """A form of one page, with the two formats; each is registered by its line."""
    monkeypatch.setitem(FORMATS, APE.name, APE)
    monkeypatch.setitem(FORMATS, HOUR.name, HOUR)
    monkeypatch.setattr("web.forms.kinds.kind.KINDS", [Hour(), *KINDS])
    page = {
        "type": "object",
        "title": "Activité",
        "additionalProperties": False,
        "required": ["code"],
        "properties": {
            "code": {"type": "string", "title": "Code APE", "format": "ape", "maxLength": 8},
            "depart": {"type": "string", "title": "Départ", "format": "hour", "maxLength": 5},
        },
    }
    return Form({"type": "object", "additionalProperties": False, "properties": {"activite": page}})


def _posted(form: Form, **typed: str) -> Read:
    sent = Sent([(name.replace("__", "."), text) for name, text in typed.items()])
    return read_page(form, "activite", sent, {})


def test_it_is_judged_and_the_rule_that_a_text_breaks_is_said(form: Form) -> None:
    """By the validator that reads what people send, in the format's own words."""
    assert form.errors({"activite": {"code": "8810A"}}) == ()
    assert [(each.code, each.message) for each in form.errors({"activite": {"code": "88100A"}})] == [
        ("format", "Ce code APE n'est pas valide : il a 4 chiffres et une lettre.")
    ]
    assert [each.message for each in form.errors({"activite": {"code": "88"}})] == ["Ce code APE n'a que 2 signes."]


def test_it_is_drawn_with_its_example_its_width_and_its_unit(form: Form) -> None:
    """As people write it, not as it is kept."""
    page = drawn(shown_page(form, "activite", {"activite": {"code": "8810A"}}, translate=str))
    (line,) = [each for each in page.of("input") if each.get("name") == "activite.code"]

    assert (line.get("value"), line.get("class")) == ("88.10A", "input input--width-5")
    assert (line.get("spellcheck"), line.get("autocapitalize")) == ("false", "characters")
    assert "Par exemple : 88.10A." in [each.text for each in page.of("p")]
    assert "APE" in [each.text for each in page.of("span")]


def test_it_is_read_and_said_back(form: Form) -> None:
    """What a person types is kept as the format wants it; what cannot be read is told in its words."""
    read = _posted(form, activite__code="88.10 a")
    rows = checked(form, {"activite": read.answers}, translate=str)
    bad = _posted(form, activite__code="88?")

    assert read.answers["code"] == "8810A"
    assert rows[0].lines == ("88.10A",)
    assert [(each.code, each.message) for each in wrong(form, "activite", bad) if each.pointer == "/activite/code"] == [
        ("ape", "Un code APE n'a pas de point d'interrogation.")
    ]


def test_one_that_has_its_own_input_is_one_class_more(form: Form) -> None:
    """Drawn in two fields, read from them."""
    page = drawn(shown_page(form, "activite", {"activite": {"depart": "08:30"}}, translate=str))

    assert [each.get("value") for each in page.of("input") if "depart" in each.get("name")] == ["08", "30"]
    assert _posted(form, activite__depart__h="9", activite__depart__m="05").answers["depart"] == "09:05"


def test_authors_may_write_it(form: Form) -> None:
    """`procedure check` knows it at once."""
    assert list(_words("essai", form.schema)) == []


def test_no_table_and_no_match_beside_speaks_of_a_format() -> None:
    """A dictionary, a set, a comparison or a `case` that names one would be a second place to write it."""
    assert [f"{file}: {name}" for file in _beside() for name in _named(file)] == []


def _beside() -> Iterator[Path]:
    for room in ("catalogue", "web/forms"):
        yield from sorted((ROOT / room).rglob("*.py"))


def _named(file: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        for each in _told(node):
            # `commune` is the name of a field of an address as well.
            if isinstance(each, ast.Constant) and each.value in FORMATS.keys() - {"commune"}:
                yield str(each.value)


def _told(node: ast.AST) -> list[Any]:
    match node:
        case ast.Dict():
            return list(node.keys)
        case ast.Compare():
            return [node.left, *node.comparators]
        case ast.MatchValue():
            return [node.value]
        case ast.Set() | ast.List() | ast.Tuple():
            return list(node.elts)
        case ast.Subscript():
            return [node.slice]
        case _:
            return []
