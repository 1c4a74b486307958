"""What a kind of question is: one class that draws it, reads it, checks it, tells what is wrong, hints at how."""

from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping
from typing import Any, ClassVar

from catalogue.extensions import ADVISED
from catalogue.forms import FieldError
from catalogue.schemas import Schema, resolved
from domain.sentence import N_, Sentence, Translate
from web.forms.answers import Answer, Place, Posting
from web.forms.choices import choices_of
from web.forms.drawing import Drawing
from web.forms.page import Question
from web.forms.rows import Checking, Row
from web.forms.text import written

ADVISED_BECAUSE = N_("Conseillé. {why}")
EXAMPLE = N_("Par exemple : {example}.")
WITH_EXAMPLE = N_("Cette réponse n'a pas la forme attendue. Par exemple : {example}.")


class Kind(ABC):
    """A way to answer a question. `format` is the one that it is for, when it is for one.

    `words` are the sentences of pages for some codes of error, where the form's own speak of what pages do not show.
    `answered`: whether people answer it, or only read it.
    """

    format: ClassVar[str] = ""
    words: ClassVar[Mapping[str, str]] = {}
    answered: ClassVar[bool] = True

    def asks(self, field: Schema, root: Schema) -> bool:
        """Whether a question, its `$ref` read, is of this kind; the first of KINDS that says so has it."""
        return bool(self.format) and field.get("format") == self.format

    @abstractmethod
    def draw(self, drawing: Drawing, base: Question, field: Schema, value: Any) -> Question:
        """The question with its answer; `base` has its words."""

    @abstractmethod
    def read(self, posting: Posting, field: Schema, place: Place, before: Any, *, required: bool) -> Answer:
        """The answer that was posted; `before` is what was kept."""

    def unseen(self, place: Place) -> Answer:
        """What is read of a question that has just opened: it is asked now."""
        return Answer(opened=(place.target,))

    def rows(self, checking: Checking, field: Schema, value: Any, name: str, titles: tuple[str, ...]) -> Iterator[Row]:
        """The question and its answer, to be checked."""
        lines = () if value is None or value == "" else self.lines(checking, field, value)
        yield checking.row(name, checking.title(field), lines, titles)

    def lines(self, checking: Checking, field: Schema, value: Any) -> tuple[str, ...]:
        """An answer in words, one line or more."""
        if not isinstance(value, list) or "items" not in field:
            return tuple(_said(self, checking, field, value).split("\n"))
        items = resolved(field["items"], checking.root)
        return tuple(_said(kind_of(items, checking.root), checking, items, each) for each in value)

    def say(self, checking: Checking, field: Schema, value: Any) -> str:
        """An answer that is none of those proposed, in words."""
        return written(field, value)

    def tell(self, error: FieldError, field: Schema) -> str:
        """The sentence about an error: the form's own, or one that speaks of what is on the screen."""
        if (known := self.words.get(error.code)) is not None:
            return known
        if error.code == "pattern" and field.get("examples"):
            return Sentence(WITH_EXAMPLE, example=written(field, field["examples"][0]))
        return error.message

    def hints(self, field: Schema, say: Translate, *, required: bool) -> Iterator[str]:
        """The sentences under the question, in the reader's language: how to answer, why it is worth it."""
        yield self.description(field, say)
        if (why := field.get("x-recommended")) and not required:
            yield say(ADVISED_BECAUSE).format(why=say(why if isinstance(why, str) else ADVISED))
        yield self.hint(field, say)
        if example := self.example(field):
            yield say(EXAMPLE).format(example=example)

    def description(self, field: Schema, say: Translate) -> str:
        """What the form says of it."""
        text = field.get("description")
        return say(text) if isinstance(text, str) and text else ""

    def hint(self, field: Schema, say: Translate) -> str:
        """How this kind is answered; empty when that is plain."""
        return ""

    def example(self, field: Schema) -> str:
        """An answer, as people would write it; empty when none helps."""
        return ""


def _said(kind: Kind, checking: Checking, field: Schema, value: Any) -> str:
    """An answer in words: the title of the one that was chosen, or as its kind says it."""
    chosen = next((each for each in choices_of(field) if each.among([value])), None)
    return checking.say(chosen.title) if chosen is not None else kind.say(checking, field, value)


KINDS: list[Kind] = []


def kind_of(field: Schema, root: Schema) -> Kind:
    """The kind of a question whose `$ref` is read."""
    return next(kind for kind in KINDS if kind.asks(field, root))
