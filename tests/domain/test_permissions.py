"""Roles in a group and scopes of a token: what each gives, and what it never gives."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.commands import WHO
from domain.permissions import (
    RANKS,
    SIGNED,
    VERBS,
    Scope,
    Verb,
    may,
    refuse_unless_role,
    refuse_unless_scoped,
)
from domain.refusals import Refused

ACTS = [*sorted(WHO), "read"]
SCOPES = st.builds(Scope, st.sampled_from(["*", "apa-domicile", "acces-documents"]), st.sampled_from(VERBS))


@pytest.mark.parametrize("act", sorted(SIGNED))
def test_what_binds_the_authority_needs_a_signatory(act: str) -> None:
    """CRPA L212-1."""
    assert may("signatory", act)
    with pytest.raises(Refused, match="L212-1"):
        refuse_unless_role("instructor", act)


def test_acts_that_need_a_signature_exist() -> None:
    assert WHO.keys() >= SIGNED


def test_a_reader_only_reads() -> None:
    assert [act for act in ACTS if may("reader", act)] == ["read"]


@given(st.sampled_from(ACTS), st.sampled_from(sorted(RANKS)), st.sampled_from(sorted(RANKS)))
def test_a_higher_role_may_do_all_that_a_lower_one_may(act: str, one: str, other: str) -> None:
    lower, higher = sorted((one, other), key=RANKS.__getitem__)

    assert may(higher, act) >= may(lower, act)


@pytest.mark.parametrize("role", [None, "", "admin"])
def test_outside_the_group_nothing_is_allowed(role: str | None) -> None:
    assert not any(may(role, act) for act in ACTS)


@given(SCOPES)
def test_a_scope_is_read_as_it_is_written(scope: Scope) -> None:
    assert Scope.parse(str(scope)) == scope


@pytest.mark.parametrize(
    "text", ["", "apa", ":read", "apa:", "apa:delete", "APA:read", "a b:read", "a--b:read", "**:read"]
)
def test_an_unclear_scope_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="«"):
        Scope.parse(text)


@given(st.lists(SCOPES, max_size=4), st.sampled_from(["apa-domicile", "acces-documents"]), st.sampled_from(VERBS))
def test_a_token_gives_exactly_what_one_of_its_scopes_says(scopes: list[Scope], procedure: str, verb: Verb) -> None:
    given_by_one = any(scope.verb == verb and scope.procedure in {procedure, "*"} for scope in scopes)
    try:
        refuse_unless_scoped(scopes, procedure, verb)
    except Refused as refusal:
        refused = refusal.code
    else:
        refused = ""

    assert refused == ("" if given_by_one else "token_out_of_scope")
