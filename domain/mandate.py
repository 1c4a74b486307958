"""A mandate lets a mediator's organisation act for a resident: for these procedures, for this long, revocable at once.

Sources: code civil art. 1984 s.; durations and exclusions of Aidants Connect (docs/law/mandats.md).
"""

from dataclasses import dataclass
from datetime import timedelta
from typing import Literal
from uuid import UUID

from domain.actors import RESIDENT
from domain.calendar import Instant
from domain.command import Command
from domain.dossier import Dossier
from domain.event import Events
from domain.refusals import Refused, not_now
from domain.request_events import TakenOver
from domain.sentence import N_

DAYS = {"short": 1, "month": 31, "semester": 182, "year": 365}
Duration = Literal["short", "month", "semester", "year"]
Consent = Literal["signed_on_site", "signed_paper", "sms"]
Capacity = Literal["adult", "minor", "protected"]
WARNING = timedelta(days=30)


@dataclass(frozen=True, slots=True, kw_only=True)
class Mandate:
    """Given by `resident` to `organisation`, for `procedures`, from `starts` until `ends` (UTC) unless revoked.

    Until the consent is recorded it is only proposed, and `starts` and `ends` are those that it would have.
    """

    id: UUID
    organisation: UUID
    resident: UUID
    procedures: tuple[str, ...]
    starts: Instant
    ends: Instant
    consent: Consent | None
    consented_at: Instant | None
    revoked_at: Instant | None = None

    def live(self, at: Instant) -> bool:
        """Whether it covers the instant `at`."""
        lasts = self.starts <= at < self.ends
        return self.consented_at is not None and lasts and (self.revoked_at is None or at < self.revoked_at)


def refuse_unless_able(capacity: Capacity) -> None:
    """Raises Refused for who cannot give a mandate by themselves (Aidants Connect excludes them)."""
    if capacity == "minor":
        raise Refused(
            "mandate_of_a_minor",
            "Une personne mineure ne peut pas donner mandat.",
            article="code civil art. 388-1-1",
            what_to_do="Un parent ou le tuteur fait la demande pour l'enfant, ou vous donne mandat en son propre nom.",
        )
    if capacity == "protected":
        raise Refused(
            "mandate_of_a_protected_adult",
            "Une personne sous tutelle, sous curatelle ou sous habilitation familiale ne peut pas donner ce mandat.",
            article="code civil art. 467, 473 et 494-6",
            what_to_do="La demande est faite par la personne chargée de la mesure, avec le jugement qui la nomme, ou "
            "avec son assistance : adressez-vous à elle.",
        )


def ends(starts: Instant, duration: Duration) -> Instant:
    """The instant at which a mandate of that duration ends."""
    return starts + timedelta(days=DAYS[duration])


def refuse_unless_covered(mandate: Mandate, procedure: str, at: Instant) -> None:
    """Raises Refused unless the mandate is consented to, lasts and names the procedure, at the instant of the act."""
    if mandate.consented_at is None:
        raise Refused(
            "mandate_not_consented",
            "L'accord de la personne n'est pas encore enregistré : le mandat n'a pas d'effet.",
            article="code civil art. 1984",
            what_to_do="Faites signer le papier à la personne, puis enregistrez son accord sur la page du mandat.",
        )
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


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeOver(Command):
    """Take the dossier over from the mediator, who no longer sees it."""

    by = RESIDENT
    label = N_("Reprendre le dossier")
    done = N_("Vous suivez maintenant cette demande seul. Votre médiateur ne la voit plus.")
    when_closed = True

    kind: Literal["take_over"] = "take_over"

    def happens(self, dossier: Dossier, at: Instant) -> Events:
        """Once, when a mediator has it."""
        if dossier.came_by not in {None, "assisted"}:
            raise not_now("Aucun médiateur ne tient ce dossier : il est déjà à votre nom.")
        if dossier.taken_over is not None:
            raise not_now("Vous avez déjà repris ce dossier.")
        return (TakenOver(effective=at),)
