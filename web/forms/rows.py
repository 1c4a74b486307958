"""The answers of a form as they are read back, and what they are said with."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from catalogue.schemas import Schema
from domain.sentence import Translate
from web.forms.communes import Communes
from web.forms.page import id_of


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


@dataclass(frozen=True, slots=True)
class Checking:
    """The form, the reader's language, how days and amounts are said, the communes of the day, the draft's files."""

    root: Schema
    say: Translate
    day: Callable[[date], str]
    euros: Callable[[str], str]
    communes: Communes
    documents: Mapping[str, str]

    def title(self, field: Schema) -> str:
        """The question, in the reader's language."""
        return self.say(str(field["title"])) if field.get("title") else ""

    def row(self, name: str, title: str, lines: tuple[str, ...], titles: tuple[str, ...]) -> Row:
        """A question; `titles` are its page's, then those of the groups down to it."""
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
