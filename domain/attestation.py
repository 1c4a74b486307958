"""The attestation of what silence granted: issued by itself where a text says so, else asked for (CRPA L232-3)."""

from dataclasses import dataclass, replace
from typing import ClassVar, Literal

from domain.actors import AGENTS, PERSONS
from domain.calendar import Instant
from domain.command import Command
from domain.dossier import Dossier
from domain.effect import Effect, email, letter
from domain.event import THE_PERSON, Event, Events
from domain.plan import Plan
from domain.refusals import not_now
from domain.sentence import N_, Sentence
from domain.states import AttestationState

ARTICLE = "CRPA L232-3"


def attested_by(dossier: Dossier) -> int | None:
    """The entry that asked for the attestation of the acceptance that stands now; None while nobody did."""
    asked, silence = dossier.attestation, dossier.silence
    return asked.seq if asked is not None and silence is not None and asked.silence == silence.seq else None


def follows_silence(dossier: Dossier, seq: int) -> bool:
    """Whether entry `seq` is that of the silence that stands now, or asked for its attestation."""
    return dossier.silence is not None and seq in {dossier.silence.seq, attested_by(dossier)}


LETTER = letter("attestation", N_("Attestation d'acceptation"), "decision", binding=True).while_(follows_silence)


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestAttestation(Command):
    """Ask that the acceptance acquired by silence be attested (CRPA L232-3): the letter is issued by that, once."""

    by = PERSONS | AGENTS
    label = N_("Demander l'attestation de l'acceptation")
    done = N_("Votre attestation est délivrée : elle sera dans un instant parmi vos lettres.")
    may_be_late = True
    the_persons = True

    kind: Literal["request_attestation"] = "request_attestation"

    def happens(self, dossier: Dossier, at: Instant) -> Events:
        """Issued by that."""
        return request_attestation(dossier, self, at)


@dataclass(frozen=True, slots=True, kw_only=True)
class AttestationRequested(Event):
    """The person asked for the attestation: it is issued by that."""

    who: ClassVar[str] = THE_PERSON
    follows: ClassVar[tuple[Effect, ...]] = (
        LETTER,
        email(
            "attestation",
            N_("Votre attestation"),
            N_("L'attestation que vous avez demandée est délivrée : elle est parmi les lettres de votre dossier."),
            "decision",
        ).while_(follows_silence),
    )
    silence: int
    kind: Literal["attestation_requested"] = "attestation_requested"

    def upon(self, dossier: Dossier) -> Dossier:
        """Asked for, once."""
        return replace(dossier, attestation=AttestationState(seq=dossier.seq, silence=self.silence))

    def in_french(self, plan: Plan) -> Sentence:
        """From the person."""
        del plan
        return Sentence("L'attestation de l'acceptation est demandée ; elle est délivrée.")


def request_attestation(dossier: Dossier, command: RequestAttestation, at: Instant) -> Events:
    """The request, once for each acceptance. Raises Refused when there is nothing to attest, or no more."""
    silence, when = dossier.silence, command.effective or at
    if silence is None or silence.effect != "acceptance" or when < silence.since:
        raise not_now(
            "Aucune acceptation n'est née du silence : il n'y a rien à attester.",
            article=ARTICLE,
            what_to_do="Attendez la réponse, ou la fin du délai.",
        )
    if dossier.plan.attestation == "automatic" or attested_by(dossier) is not None:
        raise not_now(
            "L'attestation est déjà délivrée.", article=ARTICLE, what_to_do="Ouvrez-la parmi les lettres du dossier."
        )
    return (
        AttestationRequested(
            effective=when,
            article=ARTICLE,
            channel=command.channel,
            evidence=command.evidence,
            silence=silence.seq,
        ),
    )
