"""A page of a form as templates draw it: no schema and no rule left, every word already in the reader's language."""

from collections.abc import Mapping
from dataclasses import dataclass, field


def id_of(name: str) -> str:
    """The id of the element that bears a name."""
    return f"f-{name}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """A box, a round button or a line of a list."""

    id: str
    value: str
    label: str
    chosen: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One of the three fields of a date."""

    id: str
    name: str
    label: str
    value: str
    width: int
    attributes: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A question, a group of questions, or blocks that repeat; `kind` is the macro of `template` that draws it."""

    kind: str
    template: str = "forms/fields.html"
    name: str
    label: str
    optional: bool = False
    hints: tuple[str, ...] = ()
    error: str = ""
    value: str = ""
    unit: str = ""
    width: int = 0
    attributes: Mapping[str, str] = field(default_factory=dict)
    options: tuple[Option, ...] = ()
    parts: tuple[Part, ...] = ()
    fields: tuple["Question", ...] = ()
    add: bool = False
    remove: bool = False
    focus: bool = False
    confirm: Option | None = None

    @property
    def id(self) -> str:
        """The id of its input, or of what holds its inputs."""
        return id_of(self.name)

    @property
    def described_by(self) -> str:
        """The ids of what explains it, for `aria-describedby`."""
        said = {"hint": bool(self.hints), "error": bool(self.error)}
        return " ".join(f"{self.id}-{what}" for what, there in said.items() if there)

    @property
    def first(self) -> str:
        """The id of the first thing to fill in: where a link to its error leads."""
        options = [each.id for each in self.options if self.kind in {"radios", "checkboxes"}]
        return next(iter([*(each.id for each in self.parts), *options]), self.id)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wrong:
    """A line of the summary of errors: where it leads, which question, what to do."""

    href: str
    question: str
    message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionPage:
    """A page: its title, its questions, what is wrong with them, and the words that its template needs."""

    title: str
    description: str
    fields: tuple[Question, ...]
    summary: tuple[Wrong, ...]
    opened: tuple[str, ...]
    notice: str
    words: Mapping[str, str]

    @property
    def computes(self) -> bool:
        """Whether it shows something that it computes: then a button computes it anew."""
        return any(each.kind == "computed" for each in every(self.fields))

    @property
    def repeats(self) -> bool:
        """Whether some button adds or takes away a block: then it must not be the one that Enter presses."""
        return any(each.kind == "blocks" for each in every(self.fields))


def every(fields: tuple[Question, ...]) -> list[Question]:
    """The questions and groups, and those inside them, in their order."""
    return [found for each in fields for found in (each, *every(each.fields))]
