"""A mandate as its two sides see it."""

from __future__ import annotations

from datetime import datetime
from typing import Literal
from uuid import UUID

from api.inputs import Out
from domain.calendar import Instant
from domain.mandate import Mandate
from storage.mandates import Given


class MandateOut(Out):
    """A mandate: for which procedures, until when, and how consent was given."""

    id: UUID
    resident_name: str
    organisation: UUID
    organisation_name: str
    procedures: tuple[str, ...]
    duration: str
    starts: datetime
    ends: datetime
    consent: str
    consented_at: datetime
    state: Literal["active", "expired", "revoked"]
    revoked_at: datetime | None
    revoked_by: str | None

    @classmethod
    def of(cls, given: Given, at: Instant) -> MandateOut:
        """The mandate as it stands at `at`."""
        mandate = given.mandate
        return cls(
            id=mandate.id,
            resident_name=given.resident_name,
            organisation=mandate.organisation,
            organisation_name=given.organisation_name,
            procedures=mandate.procedures,
            duration=given.duration,
            starts=mandate.starts,
            ends=mandate.ends,
            consent=mandate.consent,
            consented_at=mandate.consented_at,
            state=state(mandate, at),
            revoked_at=mandate.revoked_at,
            revoked_by=given.revoked_by,
        )


def state(mandate: Mandate, at: Instant) -> Literal["active", "expired", "revoked"]:
    """Whether it lives at `at`, and if not why."""
    if mandate.revoked_at is not None:
        return "revoked"
    return "active" if mandate.live(at) else "expired"
