"""A mandate as its two sides see it."""

import unicodedata
from datetime import datetime
from typing import Literal
from uuid import UUID

from api.http.inputs import Out
from domain.calendar import Instant
from domain.mandate import Mandate
from storage.accounts.mandates import Behind, Given

State = Literal["proposed", "active", "expired", "revoked"]


class MandateOut(Out):
    """A mandate: for which procedures, until when, and how consent was given.

    `proposed`: the consent is not recorded yet, and it has no effect. `told`: how the person was told that it has.
    """

    id: UUID
    resident_name: str
    organisation: UUID
    organisation_name: str
    procedures: tuple[str, ...]
    duration: str
    starts: datetime
    ends: datetime
    consent: str | None
    consented_at: datetime | None
    state: State
    revoked_at: datetime | None
    revoked_by: str | None
    told: Literal["email", "hand", "refused"] | None

    @classmethod
    def of(cls, given: Given, at: Instant) -> "MandateOut":
        """The mandate as it stands at `at`."""
        mandate = given.mandate
        return cls.showing(
            mandate,
            resident_name=given.resident_name,
            organisation_name=given.organisation_name,
            duration=given.duration,
            state=state(mandate, at),
            revoked_by=given.revoked_by,
            told=given.told,
        )


class MandateBehindOut(MandateOut):
    """A mandate, and what its account says of the person.

    `reached`: an e-mail reaches them; `other_name`: the address is that of an account under another name.
    """

    reached: bool
    other_name: bool

    @classmethod
    def beside(cls, given: Given, at: Instant, behind: Behind) -> "MandateBehindOut":
        """The mandate as it stands at `at`, with the account behind it."""
        told = MandateOut.of(given, at).model_dump()
        other = any(other_name(name, given.resident_name) for name in behind.names)
        return cls(**told, reached=behind.reached, other_name=other)


def other_name(account: str, given: str) -> bool:
    """Whether an account bears the name of somebody else: a couple's one address, not a name written shorter."""
    known, said = set(plain(account).split()), set(plain(given).split())
    return bool(known and said) and not (known <= said or said <= known)


def plain(name: str) -> str:
    """A name without accents nor capitals, as it is typed in haste."""
    letters = unicodedata.normalize("NFKD", name)
    return "".join(letter for letter in letters if not unicodedata.combining(letter)).casefold()


def state(mandate: Mandate, at: Instant) -> State:
    """Whether it lives at `at`, and if not why."""
    if mandate.revoked_at is not None:
        return "revoked"
    if mandate.consented_at is None:
        return "proposed"
    return "active" if mandate.live(at) else "expired"
