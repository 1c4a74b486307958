"""A page of a form, as it is shown: its questions with their answers, what is wrong with them, in one language."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from catalogue.forms import FieldError, Form
from catalogue.schemas import resolved
from domain.sentence import N_, Translate
from web.forms.communes import Communes, today
from web.forms.drawing import Drawing
from web.forms.kinds.group import drawn_of
from web.forms.page import Question, QuestionPage, Wrong, every, id_of
from web.forms.reading import Read

WORDS = {
    "error": N_("Erreur :"),
    "optional": N_("(facultatif)"),
    "add": N_("Ajouter"),
    "remove": N_("Supprimer"),
    "refresh": N_("Calculer à nouveau"),
    "summary": N_("Il y a un problème"),
    "choose": N_("Choisissez"),
    "several": N_("Plusieurs communes correspondent :"),
}
OPENED = N_("Votre réponse ouvre d'autres questions : répondez-y, puis continuez.")


def shown_page(
    form: Form,
    page: str | None,
    answers: Mapping[str, Any],
    *,
    translate: Translate,
    errors: Iterable[FieldError] = (),
    read: Read | None = None,
    communes: Communes | None = None,
    documents: Mapping[str, str] | None = None,
    own: bool = True,
) -> QuestionPage:
    """A page of a form; the whole form when `page` is None. Raises KeyError for a page that it does not have.

    `answers` are those of the whole form. `read` is what was just posted: shown in place of the page's answers, with
    what could not be read as it was typed. `errors` are those to say. `documents` names the files of the draft.
    `own`: who types speaks of themselves; a mediator or an agent does not.
    """
    whole = _completed(form, page, answers, read)
    schema = resolved(form.schema if page is None else form.schema["properties"][page], form.schema)
    told, typed = {_name(error.pointer): error for error in errors}, {} if read is None else read.typed
    drawing = Drawing(
        root=form.schema,
        say=translate,
        communes=communes or today(),
        errors=told,
        typed=typed,
        documents=documents or {},
        own=own,
    )
    fields = drawn_of(drawing, schema, whole if page is None else whole.get(page), page or "")
    return _shown(drawing, schema, fields, read)


def _shown(
    drawing: Drawing, schema: Mapping[str, Any], fields: tuple[Question, ...], read: Read | None
) -> QuestionPage:
    translate = drawing.say
    summary = tuple(_summary(fields, drawing.errors, translate))
    opened = read.opened if read is not None and not summary else ()
    return QuestionPage(
        title=_said(schema.get("title"), translate),
        description=_said(schema.get("description"), translate),
        fields=fields if summary else _focused(fields, _focus(read)),
        summary=summary,
        opened=tuple(drawing.opened),
        notice=translate(OPENED) if opened else "",
        words={key: translate(text) for key, text in WORDS.items()},
    )


def _completed(form: Form, page: str | None, answers: Mapping[str, Any], read: Read | None) -> dict[str, Any]:
    if read is None:
        return form.completed(dict(answers))
    return form.completed(read.answers if page is None else {**answers, page: read.answers})


def _said(text: Any, translate: Translate) -> str:
    return translate(text) if isinstance(text, str) and text else ""


def _name(pointer: str) -> str:
    return pointer.removeprefix("/").replace("/", ".")


def _summary(fields: tuple[Question, ...], told: Mapping[str, FieldError], translate: Translate) -> Iterator[Wrong]:
    """The errors in the order of the page; those of nothing that it shows lead to what is nearest."""
    placed = {shown.name: (shown, question) for shown, question in _questions(fields)}
    for name, (shown, question) in placed.items():
        if name in told:
            yield Wrong(href=f"#{shown.first}", question=question, message=shown.error)
    for name, error in told.items():
        if name not in placed:
            near = next((each for each in _holders(name) if each in placed), fields[0].name if fields else "")
            yield Wrong(href=f"#{id_of(near)}", question="", message=translate(error.message))


def _holders(name: str) -> Iterator[str]:
    while name := name.rpartition(".")[0]:
        yield name


def _questions(fields: tuple[Question, ...], holder: str = "") -> Iterator[tuple[Question, str]]:
    for each in fields:
        question = f"{holder}, {each.label}" if holder else each.label
        yield each, question
        yield from _questions(each.fields, holder if each.kind == "blocks" else question)


def _focus(read: Read | None) -> str:
    """The name of what the person has just asked for, or opened."""
    if read is None:
        return ""
    if read.button is None:
        return next(iter(read.opened), "")
    match read.button.what:
        case "add":
            return f"{read.button.name}.{_last(read.answers, read.button.name)}"
        case "remove":
            return read.button.name.rpartition(".")[0]
        case "refresh":
            return ""


def _last(answers: Any, name: str) -> int:
    """The number of the last block of that name."""
    for part in name.split("."):
        if isinstance(answers, Mapping):
            answers = answers.get(part, answers)
        elif isinstance(answers, list) and part.isdigit() and int(part) < len(answers):
            answers = answers[int(part)]
    return len(answers) - 1 if isinstance(answers, list) else 0


def _focused(fields: tuple[Question, ...], name: str) -> tuple[Question, ...]:
    """The questions, with the one of that name to be reached first; the first one inside it when it is a group."""
    named = [each for each in every(fields) if each.name == name or each.name.startswith(f"{name}.")] if name else []
    target = next((each for each in named if each.kind not in {"group", "computed"}), None)
    return _marked(fields, target.name) if target is not None else fields


def _marked(fields: tuple[Question, ...], name: str) -> tuple[Question, ...]:
    return tuple(replace(each, focus=each.name == name, fields=_marked(each.fields, name)) for each in fields)
