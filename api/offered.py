"""The procedures on offer, and what is wrong with what people write on their forms."""

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime
from typing import Any

from api.http import refusal_types as types
from api.http.inputs import Out
from api.http.problems import FieldError, Problem, nothing_recorded
from api.services import ANONYMOUS, Services
from catalogue import forms
from catalogue.loader import catalogue
from domain.calendar import civil
from domain.plan import Audience, Plan
from domain.worded import Sentence, Verbatim
from storage.accounts import groups

REQUIRED = forms.UNANSWERED


class ErrorOut(Out):
    """What is wrong with one field, not answered yet, or advised."""

    pointer: str
    code: str
    message: str


def in_force(procedure: str, on: date | None = None) -> Plan:
    """The published version that a filing of that civil day (of today, on the real clock) pins.

    Raises UnknownProcedure, NotInForce.
    """
    return catalogue().at(procedure, on or civil(datetime.now(UTC)))


def offered(procedure: str, audience: Audience, on: date | None = None) -> Plan:
    """The version in force, for what this audience may file. Raises UnknownProcedure, NotInForce, Problem."""
    plan = in_force(procedure, on)
    if audience not in plan.who:
        raise Problem(
            types.NOT_OFFERED,
            Sentence("« {title} » ne se dépose pas par cette voie. Adressez-vous au service.", title=plan.title),
        )
    return plan


async def served(services: Services) -> frozenset[str]:
    """The procedures that a group of agents serves; one that none serves is not offered, whoever asks."""
    async with services.database.transaction(ANONYMOUS) as connection:
        return await groups.served(connection)


async def refuse_unserved(services: Services, plan: Plan) -> None:
    """Raises Problem when what would be filed would wait in nobody's queue. What is begun may be filed all the same."""
    if plan.procedure not in await served(services):
        raise Problem(
            types.NOT_OFFERED,
            Sentence(
                "Aucun service ne reçoit encore « {title} » en ligne. Faites-la sur papier, ou appelez le département.",
                title=plan.title,
            ),
        )


def form_of(plan: Plan, version: int | None = None) -> forms.Form:
    """The form that is filled in to file; of the version that a draft follows when it is given."""
    return forms.form(plan.procedure, f"v{version or plan.form}")


def carried_over(plan: Plan, content: dict[str, Any], version: int) -> dict[str, Any]:
    """The answers of a draft of form `version`, with the computed fields of today's form in place of its own."""
    return form_of(plan).completed(form_of(plan, version).uncomputed(content))


def form_named(plan: Plan, name: str) -> forms.Form:
    """The form of a step or of an outcome."""
    return forms.form_named(plan, name)


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
