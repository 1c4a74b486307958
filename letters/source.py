"""A letter's source filled with its context: Jinja, where what people wrote can never become Markdown."""

import re
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from typing import Any

from jinja2 import StrictUndefined, Template, TemplateError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from catalogue.choices import Choice
from domain.amounts import in_euros
from domain.calendar import civil
from domain.days_in_words import day_in_words
from letters.blocks import Unrenderable
from letters.unanswered import or_blank

MEANS_SOMETHING = re.compile(r"([\\`*_{}\[\]<>()#+\-.!|~&=])")


class Ready(str):
    """Markdown made here, not to be escaped a second time."""

    __slots__ = ()


def in_french(day: date | datetime | str) -> str:
    """A civil day in words: « 1er mars 2027 ». An instant is read as its day in Paris, a string as ISO 8601."""
    if isinstance(day, str):
        day = datetime.fromisoformat(day) if "T" in day else date.fromisoformat(day)
    if isinstance(day, datetime):
        day = civil(day)
    return day_in_words(day)


def euros(amount: Decimal | str | int) -> Ready:
    """An amount in French: « 1 682,30 € » (with no-break spaces)."""
    return Ready(in_euros(amount))


def paragraphs(text: str) -> Ready:
    """What a person wrote over several lines: each line a paragraph, every character as it is."""
    lines = (line.strip() for line in text.splitlines())
    return Ready("\n\n".join(_escaped(line) for line in lines if line))


def _escaped(text: str) -> str:
    return MEANS_SOMETHING.sub(r"\\\1", " ".join(text.split()))


def _plain(value: Any) -> Any:
    """What an expression gives, escaped so that Markdown reads it as the text that it is, on one line."""
    if isinstance(value, Ready):
        return value
    if isinstance(value, Choice):
        value = value.words
    if isinstance(value, bool) or value is None:
        raise Unrenderable(f"A letter would print {value!r}: give it a text, or guard it with « if ».")
    if isinstance(value, date | datetime):
        value = in_french(value)
    return _escaped(str(value))


class _Missing(StrictUndefined):
    """A name that the context does not have: « if » may ask for it, nothing may print it."""

    def __bool__(self) -> bool:  # type: ignore[override]
        return False


_ENVIRONMENT = ImmutableSandboxedEnvironment(
    undefined=_Missing, finalize=_plain, autoescape=False, trim_blocks=True, lstrip_blocks=True
)
_ENVIRONMENT.filters.update(jour=or_blank(in_french), euros=or_blank(euros), paragraphes=or_blank(paragraphs))


@lru_cache(maxsize=256)
def _template(source: str) -> Template:
    return _ENVIRONMENT.from_string(source)


def fill(source: str, context: Mapping[str, Any]) -> str:
    """The Markdown of one letter. Raises Unrenderable when the source names what the context does not have."""
    try:
        return _template(source).render(context)
    except TemplateError as error:
        raise Unrenderable(f"The letter's source asks for something that is not there: {error.message}") from error
