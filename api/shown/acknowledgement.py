"""The acknowledgement of receipt as it is answered: every mention of CRPA R112-11-1 and R112-11-4."""

from dataclasses import asdict
from datetime import date, datetime
from functools import reduce

from api.http.inputs import Out, SentenceOut
from domain.acknowledgement import acknowledge
from domain.dossier import Dossier
from domain.evolve import evolve
from storage.register.reading import Seen


class OfficeOut(Out):
    """Whom to call."""

    key: str
    name: str
    address: str
    email: str
    phone: str


class MissingOut(Out):
    """A piece still owed, and the text that requires it."""

    key: str
    title: str
    reference: tuple[str, ...]
    indispensable: bool


class AcknowledgementOut(Out):
    """What the person is told the instant they file.

    `implied_on` is the date of the implied decision, born at the end of that day, null while the delay does not run;
    `provide_by` the last day given to provide what is missing (CRPA R112-11-4).
    """

    reference: str
    received_at: datetime
    received_on: date
    authority: str
    office: OfficeOut
    complete: bool
    silence: str
    implied_on: date | None
    effect: SentenceOut
    attestation: SentenceOut
    appeals: tuple[SentenceOut, ...]
    missing: tuple[MissingOut, ...]
    provide_by: date | None
    articles: tuple[str, ...]


def as_filed(seen: Seen) -> AcknowledgementOut:
    """The acknowledgement as it was given the instant the dossier was filed. Raises ValueError before filing.

    `seen` holds its journal: what was written with the filing is what the person was told.
    """
    first = seen.entries[0].recorded_at
    filing = (entry.event for entry in seen.entries if entry.recorded_at == first)
    dossier = reduce(evolve, filing, Dossier(plan=seen.dossier.plan))
    return AcknowledgementOut.model_validate(asdict(acknowledge(dossier, seen.header.reference)))
