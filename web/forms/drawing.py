"""What the questions of one page are drawn with."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from catalogue.forms import FieldError
from catalogue.schemas import Schema
from domain.sentence import Translate
from web.forms.choices import Choice
from web.forms.communes import Communes
from web.forms.page import Option, id_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawing:
    """The form, the reader's language, what is wrong and what was typed, by name; the draft's files, by id.

    `opened` gathers the names of the questions that an answer opened. `own`: who types speaks of themselves.
    """

    root: Schema
    say: Translate
    communes: Communes
    errors: Mapping[str, FieldError]
    typed: Mapping[str, str]
    documents: Mapping[str, str]
    own: bool
    opened: list[str] = field(default_factory=list)

    @property
    def never(self) -> dict[str, str]:
        """Who types for somebody else must not be offered their own name and address (WCAG 1.3.5: the user's)."""
        return {} if self.own else {"autocomplete": "off"}

    def options(self, name: str, known: Iterable[Choice], chosen: list[Any]) -> tuple[Option, ...]:
        """The answers proposed under a name, those chosen marked."""
        return tuple(
            Option(
                id=f"{id_of(name)}-{number}",
                value=each.posted,
                label=self.say(each.title) if each.title else each.posted,
                chosen=each.among(chosen),
            )
            for number, each in enumerate(known, 1)
        )
