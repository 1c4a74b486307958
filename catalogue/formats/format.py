"""What a format is: everything that the product knows of one sort of text, in one value."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from domain.sentence import Sentence


class Unreadable(Exception):
    """What is typed cannot be an answer: a stable code, and the French sentence that says what to write."""

    def __init__(self, code: str, sentence: str) -> None:
        super().__init__(sentence)
        self.code = code
        self.sentence = sentence


def _nothing_more(_text: str) -> Sentence | None:
    return None


def _as_it_is(text: str) -> str:
    return text


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """A sort of text that a form's field may be; `name` is its `format` in the schema.

    `help` is said of a text that is not one; `because` may say better which rule it breaks, never the text itself,
    which is personal. `example` is shown where a form gives none of its own. `read` gives what is kept of what a person
    typed, or raises Unreadable; without it, a text is kept as typed. `write` gives what people read of what is kept.
    `input` are the attributes of its line, `width` how many signs wide that line is (0: as the longest answer), `unit`
    what stands after it. A format that one line does not suit has its own input in `web/forms/kinds/`.
    """

    name: str
    valid: Callable[[str], bool]
    help: str
    because: Callable[[str], Sentence | None] = _nothing_more
    example: str = ""
    read: Callable[[str], str] | None = None
    write: Callable[[str], str] = _as_it_is
    input: Mapping[str, str] = field(default_factory=dict)
    width: int = 0
    unit: str = ""

    def refusal(self, given: object) -> Sentence:
        """The French sentence about a value that is not one."""
        said = self.because(given) if isinstance(given, str) else None
        return said or Sentence(self.help)
