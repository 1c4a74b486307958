"""JSON pointers into a form (RFC 6901)."""

from __future__ import annotations

from domain.pointers import at_pointer


def test_a_pointer_reads_the_form_and_nothing_beside_it() -> None:
    form = {"a": {"b/c": 1, "d~e": 2}}
    assert (
        at_pointer(form, "/a/b~1c"),
        at_pointer(form, "/a/d~0e"),
        at_pointer(form, "/a/x"),
        at_pointer(form, "/a/b~1c/y"),
    ) == (1, 2, None, None)
