"""The electronic acknowledgement of receipt, with every mention of CRPA R112-11-1 and R112-11-4."""

from dataclasses import dataclass
from datetime import date

from domain.appeals import lines_told
from domain.calendar import Instant, civil
from domain.citations import cited_each
from domain.days_in_words import day_in_words
from domain.dossier import Dossier
from domain.effects_of_silence import SILENCES
from domain.plan import Office
from domain.sentence import Sentence
from domain.steps.completeness import Completeness


@dataclass(frozen=True, slots=True, kw_only=True)
class MissingPiece:
    """A piece still owed, and the texts that require it (those that are not sure say so)."""

    key: str
    title: str
    reference: tuple[str, ...]
    indispensable: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Acknowledgement:
    """What the person is told the instant they file.

    `implied_on` is the date of the implied decision, born at the end of that day, None while the delay does not run;
    `provide_by` the last day given to provide the missing pieces, None when none is missing.
    """

    reference: str
    received_at: Instant
    received_on: date
    authority: str
    office: Office
    complete: bool
    silence: str
    implied_on: date | None
    effect: str
    attestation: str
    appeals: tuple[str, ...]
    missing: tuple[MissingPiece, ...]
    provide_by: date | None
    articles: tuple[str, ...]


def acknowledge(dossier: Dossier, reference: str) -> Acknowledgement:
    """The acknowledgement of a filed dossier. Raises ValueError before filing."""
    plan, clock = dossier.plan, dossier.plan.clock
    if dossier.filed is None:
        raise ValueError("the dossier is not filed")
    born = dossier.reckoning().born
    return Acknowledgement(
        reference=reference,
        received_at=dossier.filed,
        received_on=civil(dossier.filed),
        authority=plan.authority,
        office=plan.office,
        complete=dossier.complete is not None,
        silence=clock.silence,
        implied_on=born,
        effect=_effect(dossier, born),
        attestation=_attestation(dossier),
        appeals=_appeals(dossier),
        missing=_missing(dossier),
        provide_by=provide_by(dossier, dossier.filed),
        articles=("CRPA R112-11-1", *(("CRPA R112-11-4",) if dossier.missing() else ()), *clock.reference),
    )


def _effect(dossier: Dossier, born: date | None) -> Sentence:
    clock = dossier.plan.clock
    text = SILENCES[clock.silence].promised
    if clock.silence == "none":
        return Sentence("{effect}.", effect=text)
    if born is None and clock.start == "acknowledged":
        return Sentence(
            "{effect}. Le délai de {delay} courra de l'accusé de réception du dossier complet.",
            effect=text,
            delay=clock.delay.in_words(),
        )
    if born is None:
        return Sentence(
            "{effect}. Le délai de {delay} courra du jour où votre dossier sera complet.",
            effect=text,
            delay=clock.delay.in_words(),
        )
    return Sentence(
        "{effect} le {day}, sous réserve que la demande soit complète.", effect=text, day=day_in_words(born)
    )


def _attestation(dossier: Dossier) -> str:
    if dossier.plan.clock.silence != "acceptance":
        return ""
    if dossier.plan.attestation == "automatic":
        return Sentence("En cas d'acceptation par le silence, l'attestation vous est délivrée d'office, sans délai.")
    return Sentence(
        "En cas d'acceptation par le silence, une attestation vous est délivrée à votre demande (CRPA L232-3)."
    )


def _appeals(dossier: Dossier) -> tuple[str, ...]:
    return tuple(lines_told(dossier, dossier.civil_filed())) if dossier.plan.clock.silence == "rejection" else ()


def provide_by(dossier: Dossier, told: Instant) -> date | None:
    """CRPA R112-11-4: the acknowledgement of an incomplete request says by when to provide what is missing.

    The time runs from `told`, when the person is: a paper entered late takes nothing from them.
    """
    step = dossier.plan.step_of("completeness")
    if not isinstance(step, Completeness) or not dossier.missing():
        return None
    return max((r.until for r in dossier.awaiting()), default=step.give.for_a_resident(civil(told)))


def _missing(dossier: Dossier) -> tuple[MissingPiece, ...]:
    return tuple(
        MissingPiece(
            key=key,
            title=piece.title,
            reference=cited_each(piece.reference, piece.confidence),
            indispensable=piece.indispensable,
        )
        for key in dossier.missing()
        if (piece := dossier.plan.piece(key)) is not None
    )
