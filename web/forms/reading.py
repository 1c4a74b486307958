"""A posted page read as answers: what the form asks and nothing else, as JSON Schema wants it."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from catalogue.forms import FieldError, Form
from web.forms.answers import UNLIKELY, Place, Posting
from web.forms.communes import Communes, today
from web.forms.inputs import Button, Inputs, Posted
from web.forms.kinds.group import read_of
from web.forms.questions import asks


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """A page as it was posted.

    `answers` is the page's content (the whole form's without pages), empty fields absent, blocks numbered anew;
    `errors` what could not be read and `typed` what was typed there; `opened` the questions that these answers open
    and that the page had not shown; `confirmed` the days that the person maintains; `button` the button that was
    pressed, when it is not the one that goes on.
    """

    answers: dict[str, Any]
    errors: tuple[FieldError, ...] = ()
    typed: Mapping[str, str] = field(default_factory=dict)
    opened: tuple[str, ...] = ()
    confirmed: tuple[str, ...] = ()
    button: Button | None = None


def read_page(
    form: Form, page: str | None, posted: Posted, before: Mapping[str, Any], *, communes: Communes | None = None
) -> Read:
    """The answers of a page; `before` is what the whole form held. Raises KeyError for a page it does not have."""
    inputs = Inputs(posted)
    posting = Posting(inputs, form.schema, communes or today())
    schema = form.schema if page is None else form.schema["properties"][page]
    content = before if page is None else before.get(page)
    found = read_of(posting, schema, Place(page or "", page or ""), content, required=True)
    answers = found.value if isinstance(found.value, dict) else {}
    return Read(
        answers=answers,
        errors=found.errors,
        typed=found.typed,
        opened=found.opened,
        confirmed=found.confirmed,
        button=inputs.button,
    )


def wrong(form: Form, page: str | None, read: Read) -> tuple[FieldError, ...]:
    """What to mend before going on: what could not be read, what the form refuses, a day so odd that it is asked again.

    What is only missing from a question that has just been opened is no error: it is asked now.
    """
    refused = form.errors(read.answers) if page is None else form.page_errors(page, read.answers)
    unread = {error.pointer for error in read.errors}
    new = tuple("/" + name.replace(".", "/") for name in read.opened)
    whole = read.answers if page is None else {page: read.answers}
    told = tuple(
        error
        for error in refused
        if error.pointer not in unread
        and not _under(error.pointer, new)
        # Not answered, because it comes after another that is not answered either.
        and (error.code != "required" or asks(form.schema, whole, form.schema, error.pointer.split("/")[1:]))
    )
    doubtful = _doubtful(form, whole, read, {error.pointer for error in refused})
    return (*read.errors, *told, *doubtful)


def _doubtful(form: Form, whole: Mapping[str, Any], read: Read, refused: set[str]) -> Iterator[FieldError]:
    """The days that seldom are, unless the person maintains them, or they cannot be at all."""
    maintained = {"/" + name.replace(".", "/") for name in read.confirmed}
    for each in form.warnings(whole):
        if each.code == UNLIKELY and each.pointer not in maintained | refused:
            yield each


def _under(pointer: str, holders: Iterable[str]) -> bool:
    return any(pointer == holder or pointer.startswith(f"{holder}/") for holder in holders)
