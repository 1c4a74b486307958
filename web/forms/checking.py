"""Check your answers: each question that was asked, its answer in words, where to change it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from catalogue.formats import is_date
from catalogue.forms import Form
from catalogue.schemas import DEEPEST, Schema, resolved
from domain.days_in_words import day_in_words
from domain.worded import N_, Translate
from web.forms.asked import asked
from web.forms.communes import Communes, today
from web.forms.dates import parts_of
from web.forms.drawing import NUMBERED
from web.forms.kinds import YES, choices_of, kind_of
from web.forms.shown import id_of
from web.forms.written import amount, written

NONE = N_("Aucun")


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One question: its page and its page's title, the groups it is in, its answer, one line each.

    No line when it is not answered. `anchor` is the id, on its page, of the question.
    """

    page: str
    page_title: str
    group: str
    question: str
    lines: tuple[str, ...]
    pointer: str
    anchor: str


def checked(
    form: Form,
    answers: Mapping[str, Any],
    *,
    translate: Translate,
    day: Callable[[date], str] = day_in_words,
    euros: Callable[[str], str] = lambda text: f"{amount(text)}\u00a0€",
    communes: Communes | None = None,
    documents: Mapping[str, str] | None = None,
) -> tuple[Row, ...]:
    """Every question that these answers make the form ask, in order; `day` and `euros` say dates and amounts."""
    rows = _Rows(form.schema, translate, day, euros, communes or today(), documents or {})
    return tuple(rows.of(form.schema, form.completed(dict(answers)), "", ()))


@dataclass(frozen=True, slots=True)
class _Rows:
    root: Schema
    say: Translate
    day: Callable[[date], str]
    euros: Callable[[str], str]
    communes: Communes
    documents: Mapping[str, str]

    def of(self, schema: Schema, data: Any, name: str, titles: tuple[str, ...]) -> Iterator[Row]:
        """The rows of a group; `titles` are its page's, then those of the groups down to it."""
        given = data if isinstance(data, Mapping) else {}
        fields = asked(schema, data, self.root).fields if name.count(".") <= DEEPEST else {}
        for key, field in fields.items():
            inner = f"{name}.{key}" if name else key
            yield from self._of_field(field, given.get(key), inner, titles)

    def _of_field(self, field: Schema, value: Any, name: str, titles: tuple[str, ...]) -> Iterator[Row]:
        title = self.say(str(field["title"])) if field.get("title") else ""
        match kind_of(field, self.root):
            case "group":
                if value is None and titles:
                    yield self._row(name, title, (), titles)
                else:
                    yield from self.of(field, value, name, (*titles, title))
            case "blocks" if value:
                items = resolved(field["items"], self.root)
                for number, each in enumerate(value):
                    block = self.say(NUMBERED).format(title=title, number=number + 1)
                    yield from self.of(items, each, f"{name}.{number}", (*titles, block))
            case "blocks":
                yield self._row(name, title, (self.say(NONE),), titles)
            case _:
                yield self._row(name, title, self._lines(field, value), titles)

    def _row(self, name: str, title: str, lines: tuple[str, ...], titles: tuple[str, ...]) -> Row:
        page, *groups = titles or ("",)
        return Row(
            page=name.partition(".")[0] if titles else "",
            page_title=page,
            group=", ".join(groups),
            question=title,
            lines=lines,
            pointer="/" + name.replace(".", "/"),
            anchor=id_of(name),
        )

    def _lines(self, field: Schema, value: Any) -> tuple[str, ...]:
        if value is None or value == "":
            return ()
        match kind_of(field, self.root), value:
            case (("checkboxes" | "lines"), [*several]):
                items = resolved(field["items"], self.root)
                return tuple(self._said(items, each) for each in several)
            case "consent", _:
                return (self.say(YES),)
            case _:
                return tuple(self._said(field, value).split("\n"))

    def _said(self, field: Schema, value: Any) -> str:
        for each in choices_of(field):
            if type(each.value) is type(value) and each.value == value:
                return self.say(each.title)
        match field.get("format"):
            case "date" | "birth" if is_date(str(value)):
                return self.day(date.fromisoformat(value))
            case "birth":
                return "/".join(filter(None, parts_of(str(value))))
            case "money":
                return self.euros(value)
            case "commune" | "departement-commune":
                return self.communes.name(value)
            case "document":
                return self.documents.get(value, value)
            case _:
                return written(field, value)
