"""A fault in JSON names its line: that of the key, of the element, or of what is nearest around."""

from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st

from catalogue.json_lines import line_of

TEXT = """{
  "nom": "a{b\\"c",
  "pages": [
    {"titre": 1},
    {
      "titre": [2]
    }
  ]
}"""
VALUES = st.recursive(
    st.integers() | st.text(max_size=4),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text("abc", min_size=1, max_size=2), inner, max_size=3)
    ),
    max_leaves=12,
)


def test_a_pointer_leads_to_its_line() -> None:
    """Braces and quotes inside texts open nothing; what is not there is looked for where it should be."""
    wanted = {"/nom": 2, "/pages": 3, "/pages/0/titre": 4, "/pages/1": 5, "/pages/1/titre/0": 6, "/pages/1/x": 5, "": 1}
    assert {pointer: line_of(TEXT, pointer) for pointer in wanted} == wanted


@given(VALUES)
def test_every_element_is_found_where_json_wrote_it(value: object) -> None:
    """One element a line: the last of a list is on the last line but one."""
    text = json.dumps([value, "fin"], indent=1)
    lines = text.splitlines()
    assert lines[line_of(text, "/1") - 1].strip() == '"fin"'
    assert line_of(text, "/0") == 2
