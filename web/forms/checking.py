"""Check your answers: each question that was asked, its answer in words, where to change it."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from catalogue.formats.money import NBSP, amount
from catalogue.forms import Form
from domain.days_in_words import day_in_words
from domain.sentence import Translate
from web.forms.communes import Communes, today
from web.forms.kinds.group import rows_of
from web.forms.rows import Checking, Row


def checked(
    form: Form,
    answers: Mapping[str, Any],
    *,
    translate: Translate,
    day: Callable[[date], str] = day_in_words,
    euros: Callable[[str], str] = lambda text: f"{amount(text)}{NBSP}€",
    communes: Communes | None = None,
    documents: Mapping[str, str] | None = None,
) -> tuple[Row, ...]:
    """Every question that these answers make the form ask, in order; `day` and `euros` say dates and amounts."""
    checking = Checking(form.schema, translate, day, euros, communes or today(), documents or {})
    return tuple(rows_of(checking, form.schema, form.completed(dict(answers)), "", ()))
