"""What is written in a request, in words: the form, and what agents wrote on the forms of its steps."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from api.form_errors import REQUIRED
from api.offer import form_of
from catalogue.amount_names import amount_names
from catalogue.formats.money import is_money
from catalogue.forms import Form, form_named
from catalogue.rules import provisional_amounts
from domain.calendar import civil
from domain.dossier import Dossier
from web.forms.checking import checked
from web.forms.rows import Row
from web.site.languages import Words

Rows = tuple[Row, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """Each content of a request, question by question; none where nothing is written."""

    form: Rows
    findings: Rows = ()
    proposal: Rows = ()
    decision: Rows = ()
    provisional: Rows = ()


def answers(dossier: Dossier, words: Words) -> Answers:
    """What this request holds."""
    plan = dossier.plan
    decision = dossier.decision
    outcome = plan.outcome(decision.outcome) if decision else None
    return Answers(
        form=in_words(form_of(plan), dossier.form, words),
        findings=_of_step(dossier, "assessment", dossier.findings, words),
        proposal=_of_step(dossier, "proposal", dossier.proposal.content if dossier.proposal else {}, words),
        provisional=_written(dossier, "", _provisional(dossier), words),
        decision=_written(dossier, outcome.form if outcome else "", decision.content if decision else {}, words),
    )


def _provisional(dossier: Dossier) -> Mapping[str, Any]:
    """The amounts of the aid that silence gave, while nothing was decided."""
    silence = dossier.silence
    if silence is None or dossier.decision is not None:
        return {}
    return provisional_amounts(dossier.plan.procedure, silence.effect, civil(silence.since))


def left_blank(dossier: Dossier) -> int:
    """How many questions that the form requires are without an answer: a paper may leave some."""
    return sum(each.code in REQUIRED for each in form_of(dossier.plan).errors(dossier.form))


def in_words(form: Form, content: Mapping[str, Any], words: Words) -> Rows:
    """A content as its form asks it, and what the rules added to it."""
    return checked(form, content, translate=words.say, day=words.date, euros=words.euros)


def _of_step(dossier: Dossier, kind: str, content: Mapping[str, Any], words: Words) -> Rows:
    step = dossier.plan.step_of(kind)
    return _written(dossier, step.form if step is not None else "", content, words)


def _written(dossier: Dossier, name: str, content: Mapping[str, Any], words: Words) -> Rows:
    """What an agent wrote on a form, then the amounts that the rules added."""
    form = form_named(dossier.plan, name) if name else None
    asked = form.pages if form is not None else ()
    rows = in_words(form, content, words) if form is not None and content else ()
    names = amount_names(dossier.plan.procedure)
    added = ((key, str(value)) for key, value in content.items() if key not in asked)
    return (*rows, *(_amount(key, names.get(key, key), value, words) for key, value in added))


def _amount(key: str, name: str, value: str, words: Words) -> Row:
    return Row(
        page="",
        page_title="",
        group="",
        question=words.gettext(name),
        lines=(words.euros(value) if is_money(value) else value,),
        pointer=f"/{key}",
        anchor="",
    )
