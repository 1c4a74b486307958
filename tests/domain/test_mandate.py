"""A mandate covers these procedures, until this instant, unless it is revoked: at once."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest

from domain.mandate import Mandate, ends, refuse_unless_covered
from domain.refusals import Refused
from tests.domain.telling import when

STARTS = when("2026-11-23")
MANDATE = Mandate(
    id=UUID(int=1),
    organisation=UUID(int=2),
    resident=UUID(int=3),
    procedures=("apa-domicile",),
    starts=STARTS,
    ends=ends(STARTS, "month"),
    consent="signed_on_site",
    consented_at=STARTS,
)
A_MILLISECOND = timedelta(milliseconds=1)


def test_a_month_is_thirty_one_days() -> None:
    """Aidants Connect (docs/law/mandats.md)."""
    assert MANDATE.ends - MANDATE.starts == timedelta(days=31)


def test_it_ends_at_its_instant() -> None:
    """One millisecond before, it covers."""
    refuse_unless_covered(MANDATE, "apa-domicile", MANDATE.ends - A_MILLISECOND)
    with pytest.raises(Refused, match="expiré"):
        refuse_unless_covered(MANDATE, "apa-domicile", MANDATE.ends)


def test_revocation_is_at_once() -> None:
    """Acts before it stand."""
    revoked = replace(MANDATE, revoked_at=when("2026-12-01"))
    refuse_unless_covered(revoked, "apa-domicile", when("2026-12-01") - A_MILLISECOND)
    with pytest.raises(Refused, match="révoqué"):
        refuse_unless_covered(revoked, "apa-domicile", when("2026-12-01"))
    assert not revoked.live(when("2026-12-01"))


@pytest.mark.parametrize(
    ("procedure", "at", "code"),
    [
        ("acces-documents", STARTS, "mandate_out_of_scope"),
        ("apa-domicile", STARTS - A_MILLISECOND, "mandate_not_begun"),
    ],
)
def test_each_refusal_has_its_code(procedure: str, at: object, code: str) -> None:
    """Out of scope, not begun."""
    with pytest.raises(Refused) as refusal:
        refuse_unless_covered(MANDATE, procedure, at)  # type: ignore[arg-type]
    assert refusal.value.code == code
