"""Answers read back: page by page, each question with its answer in the reader's words."""

from collections.abc import Callable, Iterable
from datetime import date
from itertools import groupby
from typing import TypedDict

from domain.sentence import Translate
from web.forms.rows import Row
from web.site.page import Here


class RowWords(TypedDict):
    """How `checked` says things."""

    translate: Translate
    day: Callable[[date], str]
    euros: Callable[[str], str]


def shown_rows(here: Here) -> RowWords:
    """In the words of this page."""
    return RowWords(translate=here.words.say, day=here.words.date, euros=here.words.euros)


def by_page(rows: Iterable[Row]) -> list[tuple[str, str, list[Row]]]:
    """Each page with its title and its rows, in order."""
    return [(name, title, list(found)) for (name, title), found in groupby(rows, key=_page)]


def _page(row: Row) -> tuple[str, str]:
    return row.page, row.page_title
