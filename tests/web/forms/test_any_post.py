"""Whatever is posted, by whoever forged it, is read without failing, and shown again."""

from __future__ import annotations

import json

import pytest
from hypothesis import HealthCheck, given
from hypothesis import strategies as st

from tests.long import draws
from tests.web.forms.browsing import Sent
from tests.web.forms.every_form import FormPage, page_of
from web.forms.checking import checked
from web.forms.reading import wrong

PAGES = [
    page_of(*each)
    for each in (
        ("every_format", "personne"),
        ("every_format", "ressources"),
        ("every_format", None),
        ("apa-domicile/v2", "foyer"),
        ("apa-domicile/plan.v2", None),
    )
]
EACH = draws(30, suppress_health_check=[HealthCheck.too_slow])
ODD = [
    "",
    " ",
    "-",
    ".",
    "٣",
    "\x00",
    "\ud800",
    "<script>",
    "{x}",
    "%(x)s",
    "1" * 400,
    "1e9",
    "²",
    "29",
    "2A",
    "oui",
    "É́",
]
TEXTS = st.sampled_from(ODD) | st.text(max_size=40)
SUFFIXES = ["", ".day", ".month", ".year", ".choice", ".0", ".1.montant", ".9999", ".x", ".."]


@pytest.mark.parametrize("page", PAGES, ids=repr)
@EACH
@given(data=st.data())
def test_it_is_read_and_shown_again(page: FormPage, data: st.DataObject) -> None:
    """What is kept is JSON that can be stored; what is refused is said; nothing escapes into the page's markup."""
    known = sorted({name for name, _ in page.drawn().posted().pairs} | {each.name for each in page.shown().fields})
    name = st.builds(str.__add__, st.sampled_from([*known, "_add", "_remove", "_refresh"]), st.sampled_from(SUFFIXES))
    sent = Sent(
        data.draw(st.lists(st.tuples(name | st.text(max_size=10), st.sampled_from(known) | TEXTS), max_size=12))
    )

    read = page.read(sent, page.answers)
    told = wrong(page.form, page.page, read)
    html = page.drawn(read=read, errors=told)

    stored = json.dumps(read.answers, ensure_ascii=False).encode()
    assert b"\\u0000" not in stored
    assert html.of("script") == []
    whole = read.answers if page.page is None else {page.page: read.answers}
    assert checked(page.form, whole, translate=str)
