"""A mandate lets a mediator's organisation act for a resident: for these procedures, for this long, revocable at once.

Sources: code civil art. 1984 s.; durations and exclusions of Aidants Connect (facts §6).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Literal
from uuid import UUID

from domain.calendar import Instant
from domain.refusals import Refused

DAYS = {"short": 1, "month": 31, "semester": 182, "year": 365}
Duration = Literal["short", "month", "semester", "year"]
Consent = Literal["signed_on_site", "signed_paper", "sms"]
WARNING = timedelta(days=30)


@dataclass(frozen=True, slots=True, kw_only=True)
class Mandate:
    """Given by `resident` to `organisation`, for `procedures`, from `starts` until `ends` (UTC) unless revoked."""

    id: UUID
    organisation: UUID
    resident: UUID
    procedures: tuple[str, ...]
    starts: Instant
    ends: Instant
    consent: Consent
    consented_at: Instant
    revoked_at: Instant | None = None

    def live(self, at: Instant) -> bool:
        """Whether it covers the instant `at`."""
        return self.starts <= at < self.ends and (self.revoked_at is None or at < self.revoked_at)


def ends(starts: Instant, duration: Duration) -> Instant:
    """The instant at which a mandate of that duration ends."""
    return starts + timedelta(days=DAYS[duration])


def refuse_unless_covered(mandate: Mandate, procedure: str, at: Instant) -> None:
    """Raises Refused when the mandate is expired, revoked or does not name the procedure, at the instant of the act."""
    if mandate.revoked_at is not None and at >= mandate.revoked_at:
        raise Refused(
            "mandate_revoked",
            "Le mandat a été révoqué.",
            article="code civil art. 2003",
            what_to_do="Demandez un nouveau mandat.",
        )
    if at >= mandate.ends:
        raise Refused(
            "mandate_expired", "Le mandat est expiré.", what_to_do="Demandez un nouveau mandat à la personne."
        )
    if at < mandate.starts:
        raise Refused("mandate_not_begun", "Le mandat n'a pas encore commencé.")
    if procedure not in mandate.procedures:
        raise Refused(
            "mandate_out_of_scope",
            "Le mandat ne couvre pas cette démarche.",
            what_to_do="Demandez à la personne d'étendre le mandat.",
        )
