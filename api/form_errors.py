"""What is wrong with what people write on forms, as the API tells it."""

from collections.abc import Iterable, Mapping
from typing import Any

from api.http import refusal_types as types
from api.http.inputs import Out
from api.http.problems import FieldError, Problem, nothing_recorded
from catalogue import forms
from domain.sentence import Sentence, Verbatim

REQUIRED = forms.UNANSWERED


class ErrorOut(Out):
    """What is wrong with one field, not answered yet, or advised."""

    pointer: str
    code: str
    message: str


def refuse_invalid(form: forms.Form, data: Any, where: str = "") -> None:
    """Raises Problem with every error, when there is one; `where` is the pointer of `data` in the body."""
    errors = form.errors(data)
    if errors:
        raise invalid(errors, where)


def invalid(errors: Iterable[forms.FieldError], where: str = "") -> Problem:
    """The problem of a form that may not be accepted as it is."""
    shown = told(errors, where)
    return Problem(types.FORM_INVALID, nothing_recorded(len(shown)), shown)


def told(errors: Iterable[forms.FieldError], where: str = "") -> tuple[FieldError, ...]:
    """The errors of a form as the API tells them."""
    return tuple(FieldError(where + error.pointer, error.code, error.message) for error in errors)


def shown(errors: Iterable[forms.FieldError]) -> list[ErrorOut]:
    """The errors or the warnings of a form in the body of an answer that is no problem."""
    return [ErrorOut.model_validate(error) for error in told(errors)]


def refuse_page(form: forms.Form, page: str, content: Mapping[str, Any]) -> None:
    """Raises Problem for a page that the form does not have, or that comes before an earlier one is right."""
    if page not in form.pages:
        known = ", ".join(form.pages)
        raise Problem(types.PAGE_UNKNOWN, f"La page « {page[:80]} » n'existe pas. Pages, dans l'ordre : {known}.")
    for earlier in form.pages[: form.pages.index(page)]:
        errors = unanswered(form, earlier, content)
        if errors:
            raise Problem(
                types.PAGE_OUT_OF_ORDER,
                Sentence(
                    "Remplissez d'abord la page « {page} ». Réponses qui y manquent : {count}. Rien n'est gardé.",
                    page=Verbatim(earlier),
                    count=len(errors),
                ),
                told(errors),
            )


def unanswered(form: forms.Form, page: str, content: Mapping[str, Any]) -> tuple[forms.FieldError, ...]:
    """What is wrong with a page as it is saved; a page that the form does not require may be left out."""
    if page in content:
        return form.page_errors(page, content[page])
    if page not in form.schema.get("required", ()):
        return ()
    return (forms.FieldError(pointer=f"/{page}", code="required", message="Cette page n'est pas remplie."),)


def merged(target: Any, patch: Any) -> Any:
    """JSON Merge Patch (RFC 7396)."""
    if not isinstance(patch, Mapping):
        return patch
    after = dict(target) if isinstance(target, Mapping) else {}
    for name, value in patch.items():
        if value is None:
            after.pop(name, None)
        else:
            after[name] = merged(after.get(name), value)
    return after
