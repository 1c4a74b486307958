"""Every form that is shipped, page by page, with an answer to it; the one that has every format; the template."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from catalogue.departement import ROOT
from catalogue.examples import example, forms_of
from catalogue.forms import Form, form
from catalogue.loader import catalogue
from tests.catalogue.every_format import written
from tests.web.forms.browsing import Page, Sent, drawn
from web.forms.communes import Communes, today
from web.forms.page import QuestionPage
from web.forms.reading import Read, read_page
from web.forms.showing import shown_page


@dataclass(frozen=True, slots=True, eq=False)
class FormPage:
    """A page of a form, or a whole one when `page` is None; an answer to the form."""

    name: str
    form: Form
    page: str | None
    answers: Mapping[str, Any]

    def __repr__(self) -> str:
        return f"{self.name} {self.page or ''}".strip()

    @property
    def asks_nothing(self) -> bool:
        """Whether the page may be left empty."""
        return not (self.form.errors({}) if self.page is None else self.form.page_errors(self.page, {}))

    def shown(self, answers: Mapping[str, Any] | None = None, **more: Any) -> QuestionPage:
        """The page with the answers of its example, or others."""
        given = self.answers if answers is None else answers
        options: dict[str, Any] = {"translate": str, "communes": communes()} | more
        return shown_page(self.form, self.page, given, **options)

    def drawn(self, answers: Mapping[str, Any] | None = None, **more: Any) -> Page:
        """The same, as the browser reads it."""
        return drawn(self.shown(answers, **more))

    def read(self, posted: Sent, before: Mapping[str, Any] | None = None) -> Read:
        """What was posted, read."""
        return read_page(self.form, self.page, posted, before or {}, communes=communes())

    def content(self, answers: Mapping[str, Any]) -> Any:
        """The part of an answer to the form that this page holds, computed fields left out."""
        whole = self.form.uncomputed(dict(answers))
        return whole if self.page is None else whole[self.page]


@cache
def communes() -> Communes:
    """The communes of today, read once."""
    return today()


def _pages() -> list[FormPage]:
    found = []
    for slug in catalogue().slugs():
        answers = example(slug)
        for key, name in forms_of(catalogue().plan(slug)).items():
            asked = form(slug, name)
            pages: tuple[str | None, ...] = asked.pages if key == "form" else (None,)
            found += [FormPage(f"{slug}/{name}", asked, page, answers[key]) for page in pages]
    for name, (asked, answers) in {"every_format": written(), "template": _template()}.items():
        found += [FormPage(name, asked, page, answers) for page in (*asked.pages, None)]
    return found


def _template() -> tuple[Form, dict[str, Any]]:
    """The form that an author starts a sixteenth procedure from, before anything is written for it."""
    folder = ROOT / "catalogue" / "template"
    asked = Form(json.loads((folder / "forms" / "v1.json").read_text(encoding="utf-8")))
    return asked, json.loads((folder / "procedure" / "example.json").read_text(encoding="utf-8"))["form"]


PAGES = _pages()


def page_of(name: str, page: str | None) -> FormPage:
    """The page of a form, by their names."""
    return next(each for each in PAGES if (each.name, each.page) == (name, page))
